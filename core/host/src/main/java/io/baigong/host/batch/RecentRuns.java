package io.baigong.host.batch;

import io.baigong.host.run.InvalidInput;
import io.baigong.journal.RunStatus;
import io.baigong.journal.Storable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAmount;
import org.jspecify.annotations.Nullable;

/**
 * Earlier runs of a period that ends when a schedule is due.
 *
 * @param period ISO 8601, such as {@code P7D}
 * @param most at most so many, the newest
 */
public record RecentRuns(
        String period,
        @Nullable RunStatus status,
        @Nullable String model,
        @Nullable String version,
        int most) {
    private static final int LONGEST = 30;
    private static final int MOST_YEARS = 10;

    /** Those of the period before that moment; days and months are those of the zone. */
    EarlierRuns before(Instant due, ZoneId zone) throws InvalidInput {
        ZonedDateTime end = due.atZone(zone);
        return new EarlierRuns(status, end.minus(amount()).toInstant(), due, model, version, most);
    }

    /**
     * Checks what people gave.
     *
     * @throws InvalidInput if there can be no such run
     */
    void check() throws InvalidInput {
        before(Instant.now(), ZoneOffset.UTC).check();
    }

    /** With texts that the database can keep. */
    RecentRuns storable() {
        return new RecentRuns(
                period,
                status,
                model == null ? null : Storable.text(model),
                version == null ? null : Storable.text(version),
                most);
    }

    private TemporalAmount amount() throws InvalidInput {
        if (period.length() <= LONGEST) {
            try {
                TemporalAmount amount = period.indexOf('T') < 0 ? Period.parse(period) : Duration.parse(period);
                ZonedDateTime end = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
                ZonedDateTime begin = end.minus(amount);
                if (begin.isBefore(end) && !begin.isBefore(end.minusYears(MOST_YEARS))) {
                    return amount;
                }
            } catch (DateTimeException | ArithmeticException e) {
                // told below
            }
        }
        throw new InvalidInput(
                BatchReader.shortened(period) + " is no period",
                "Send a time back from when it is due, such as P7D, PT12H or P1M (ISO 8601), up to ten years.");
    }
}
