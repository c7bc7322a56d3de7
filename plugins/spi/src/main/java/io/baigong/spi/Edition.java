package io.baigong.spi;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An edition of reference data, such as a year of a classification. Editions of one system stand side by side.
 *
 * @param system what it is an edition of, such as {@code icd-10-cm}
 * @param name what tells it from others of the system, such as {@code 2021}
 * @param from first day on which it is in force; null when it has always been
 * @param until last day on which it is in force; null when no end is known
 * @param entries how many entries it has, such as codes
 * @param sha256 lower-case hex digest of what is kept of it
 */
public record Edition(
        String system,
        String name,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        int entries,
        String sha256) {
    public Edition {
        if (from != null && until != null && until.isBefore(from)) {
            throw new IllegalArgumentException("an edition can't be in force from " + from + " until " + until);
        }
    }

    public boolean isInForce(LocalDate day) {
        return (from == null || !day.isBefore(from)) && (until == null || !day.isAfter(until));
    }
}
