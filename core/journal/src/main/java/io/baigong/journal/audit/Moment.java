package io.baigong.journal.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/**
 * When something happened, by the clock and by a count that no clock setting moves.
 *
 * @param utc in microseconds
 * @param process whose count it is; a new one at each start
 * @param micros since that start
 */
public record Moment(Instant utc, UUID process, long micros) {
    private static final UUID PROCESS = UUID.randomUUID();
    private static final long START = System.nanoTime();
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    public Moment {
        utc = utc.truncatedTo(ChronoUnit.MICROS);
    }

    /** Now. */
    public static Moment now() {
        return new Moment(Instant.now(), PROCESS, (System.nanoTime() - START) / 1_000);
    }

    /** As entries write it, always with six digits of a second. */
    static String text(Instant instant) {
        return ISO.format(instant);
    }
}
