package io.baigong.journal.audit;

import java.util.Locale;

/**
 * In which order entries are listed; among equals the newest comes first.
 *
 * @param descending the greatest first
 */
public record AuditOrder(By by, boolean descending) {
    /** The newest first. */
    public static final AuditOrder NEWEST = new AuditOrder(By.TIME, true);

    /** What is compared. Each has an index. */
    public enum By {
        TIME("seq"),
        KIND("kind"),
        ACTOR("actor");

        private final String column;

        By(String column) {
            this.column = column;
        }

        /** As it stands in an address. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String clause() {
        String direction = descending ? " desc" : " asc";
        return by.column + direction + (by == By.TIME ? "" : ", seq desc");
    }
}
