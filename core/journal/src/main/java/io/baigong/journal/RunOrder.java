package io.baigong.journal;

import java.util.Locale;

/**
 * In which order runs are listed; among equals the newest comes first.
 *
 * @param descending the greatest first
 */
public record RunOrder(By by, boolean descending) {
    /** The newest first. */
    public static final RunOrder NEWEST = new RunOrder(By.STARTED, true);

    /** What is compared. Runs without it come last. */
    public enum By {
        STARTED("r.id"),
        NAME("lower(r.name)"),
        DURATION("r.durationMillis"),
        CONFIDENCE("r.confidence"),
        /** What is at stake, by how likely the answer is wrong: a queue's order by risk. What is not known to be at stake, by doubt alone. */
        RISK("r.stake * (1 - r.confidence)");

        private final String expression;

        By(String expression) {
            this.expression = expression;
        }

        /** As it stands in an address. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String clause() {
        String direction = descending ? " desc" : " asc";
        String ties = switch (by) {
            case STARTED -> "";
            case RISK -> ", r.confidence" + (descending ? " asc" : " desc") + " nulls last, r.id desc";
            default -> ", r.id desc";
        };
        return by.expression + direction + " nulls last" + ties;
    }
}
