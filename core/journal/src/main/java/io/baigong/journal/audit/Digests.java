package io.baigong.journal.audit;

import org.jspecify.annotations.Nullable;

/**
 * SHA-256 digests, in lower-case hex, of what is kept elsewhere under retention.
 *
 * @param input of what a run was given
 * @param output of what it answered, or a person decided
 * @param evidence of the evidence for it
 * @param record of the whole stored record
 */
public record Digests(
        @Nullable String input,
        @Nullable String output,
        @Nullable String evidence,
        @Nullable String record) {
    /** Nothing is kept elsewhere. */
    public static final Digests NONE = new Digests(null, null, null, null);
}
