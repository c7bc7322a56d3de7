package io.baigong.host.run;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** A moment as people write it: {@code 2026-11-01T00:00:00Z}, or a day for its beginning in UTC (ISO 8601). */
public final class GivenMoment {
    private GivenMoment() {}

    /** Throws {@link DateTimeParseException} for what is neither. */
    public static Instant parse(String text) {
        return text.indexOf('T') < 0
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Instant.parse(text);
    }
}
