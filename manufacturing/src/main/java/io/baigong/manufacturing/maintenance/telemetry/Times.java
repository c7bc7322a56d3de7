package io.baigong.manufacturing.maintenance.telemetry;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads times as plants write them: ISO 8601 with {@code T} or a blank, {@code /} for {@code -}, with or without seconds, fraction
 * and offset; or seconds or milliseconds since 1970. A time without an offset is of the zone given.
 */
public final class Times {
    private static final Pattern EPOCH = Pattern.compile("\\d{9,11}(\\.\\d+)?");
    private static final Pattern EPOCH_MILLIS = Pattern.compile("\\d{12,14}");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}");
    private static final Pattern BEFORE_TIME = Pattern.compile("^(\\d{4}-\\d{1,2}-\\d{1,2})[ tT]+");
    private static final Pattern BEFORE_OFFSET = Pattern.compile(" +(?=[+-]\\d|[zZ]$)");
    private static final Pattern SMALL_Z = Pattern.compile("z$");
    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-M-d'T'H:mm[:ss]")
            .optionalStart()
            .appendFraction(java.time.temporal.ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .toFormatter(java.util.Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter OFFSET = new DateTimeFormatterBuilder()
            .append(LOCAL)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(java.util.Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Times() {}

    /** The instant; empty where the text is no time. */
    public static Optional<Instant> read(String text, ZoneId zone) {
        String plain = text.strip();
        if (plain.isEmpty() || plain.length() > 40) {
            return Optional.empty();
        }
        try {
            if (EPOCH.matcher(plain).matches()) {
                return Optional.of(Instant.ofEpochMilli(Math.round(Double.parseDouble(plain) * 1000)));
            }
            if (EPOCH_MILLIS.matcher(plain).matches()) {
                return Optional.of(Instant.ofEpochMilli(Long.parseLong(plain)));
            }
            String iso = BEFORE_TIME.matcher(plain.replace('/', '-')).replaceFirst("$1T");
            if (DATE.matcher(iso).matches()) {
                return Optional.of(
                        LocalDate.parse(iso + "T0:00", LOCAL).atStartOfDay(zone).toInstant());
            }
            iso = SMALL_Z.matcher(BEFORE_OFFSET.matcher(iso).replaceFirst("")).replaceFirst("Z");
            if (hasOffset(iso)) {
                return Optional.of(OffsetDateTime.parse(iso, OFFSET).toInstant());
            }
            return Optional.of(LocalDateTime.parse(iso, LOCAL).atZone(zone).toInstant());
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Whether the time says its offset, as {@code Z}, {@code +08:00} or by counting from 1970. */
    public static boolean hasOffset(String text) {
        String plain = text.strip();
        int time = plain.indexOf(':');
        return EPOCH.matcher(plain).matches()
                || EPOCH_MILLIS.matcher(plain).matches()
                || plain.endsWith("Z")
                || plain.endsWith("z")
                || (time > 0 && (plain.indexOf('+', time) > 0 || plain.indexOf('-', time) > 0));
    }
}
