package io.baigong.finance.playbook;

import io.baigong.finance.review.ContractReview.Region;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule of the playbook found.
 *
 * @param id unique in a review, such as {@code f3}
 * @param rule id of the rule in the playbook
 * @param kind which sort of rule fired
 * @param title the rule's title in the review's language
 * @param reason why it matters, as the playbook says
 * @param detail what exactly was found here, with values
 * @param fallback wording to ask for instead, if the playbook offers one
 * @param evidence passages that it rests on; empty for a missing clause
 * @param nearest for a missing clause, the passages that came nearest
 * @param explanation a chat model's words, each quote checked; null without a chat model
 */
public record Finding(
        String id,
        String rule,
        Kind kind,
        Severity severity,
        String title,
        String reason,
        String detail,
        @Nullable String fallback,
        List<Passage> evidence,
        List<Passage> nearest,
        @Nullable Explanation explanation) {

    /** Which sort of rule fired. */
    public enum Kind {
        MISSING,
        FORBIDDEN,
        NOT_ALLOWED,
        LIMIT,
        CONFLICT
    }

    /** How much it matters, most first. */
    public enum Severity {
        CRITICAL,
        HIGH,
        MEDIUM,
        LOW
    }

    /**
     * Words of the contract, {@code [start, end)} in UTF-16 units.
     *
     * @param score how near the passage is to what was looked for, in [0, 1]
     */
    public record Passage(int start, int end, String quote, double score, List<Region> regions) {}

    /**
     * What a chat model adds.
     *
     * @param redline suggested wording, if any
     * @param quotes words of the contract that it cites, each found there
     */
    public record Explanation(String text, @Nullable String redline, List<Passage> quotes) {}
}
