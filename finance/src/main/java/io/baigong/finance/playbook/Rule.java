package io.baigong.finance.playbook;

import io.baigong.finance.clause.ClauseType;
import io.baigong.finance.fact.Fact;
import io.baigong.spi.LocalText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a playbook.
 *
 * @param id unique in its playbook
 * @param reason why it matters
 * @param fallback wording to ask for instead
 * @param citation where the rule comes from: a policy, a statute, a standard
 */
public record Rule(
        String id,
        Finding.Severity severity,
        LocalText title,
        LocalText reason,
        @Nullable LocalText fallback,
        @Nullable String citation,
        Condition condition) {

    /** When the rule fires. */
    public sealed interface Condition {}

    /** Fires if no passage fits. */
    public record Required(Passages passages) implements Condition {}

    /** Fires for each passage that fits. */
    public record Forbidden(Passages passages) implements Condition {}

    /** Fires for each fact whose value is none of these. */
    public record Allowed(Fact.Kind fact, List<String> values) implements Condition {}

    /**
     * Fires for each fact beyond a bound. Of several bounds the one that can be compared with the value counts, so that a
     * cap may be limited in more than one currency.
     */
    public record Limit(Fact.Kind fact, boolean atMost, List<Fact.Value> bounds) implements Condition {}

    /** Fires if both are in the contract. */
    public record Together(Passages first, Passages second) implements Condition {}

    /**
     * Fires if the contract gives the fact different values. An expiration date is also compared with the day to which the
     * term runs.
     */
    public record Differing(Fact.Kind fact) implements Condition {}

    /** Whose duty or right it is. */
    public enum Side {
        US,
        THEM
    }

    /**
     * Which passages a rule speaks of.
     *
     * @param clause only clauses of this type; any sentence if null
     * @param by only passages in which this side does something; a passage that does not say who does it fits
     * @param words only passages with at least one of these, where {@code a & b} asks for both; any if empty
     * @param without no passages with one of these
     */
    public record Passages(
            @Nullable ClauseType clause, @Nullable Side by, List<String> words, List<String> without) {}
}
