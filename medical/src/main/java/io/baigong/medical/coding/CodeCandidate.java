package io.baigong.medical.coding;

import io.baigong.medical.note.Assertion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A code that a note may have.
 *
 * @param features as {@link #FEATURES} names them; not a number where it is not known
 * @param evidence the words that speak most for it
 */
@SuppressWarnings("ArrayRecordComponent")
record CodeCandidate(
        String code, float[] features, @Nullable Found evidence) {
    /**
     * Words of a note.
     *
     * @param note which of the texts; {@code [start, end)} in UTF-16 units of it
     */
    record Found(String note, int start, int end, Assertion assertion) {}

    static final List<String> FEATURES = List.of(
            "quoted_share",
            "quoted_any",
            "quoted_times",
            "quoted_notes",
            "quoted_mentions",
            "quoted_words",
            "quoted_slack",
            "quoted_partly",
            "quoted_negated",
            "quoted_family",
            "quoted_uncertain",
            "quoted_history",
            "quoted_place",
            "quoted_inside_longer",
            "quoted_rival",
            "mined_share",
            "mined_any",
            "mined_phrases",
            "mined_notes",
            "mined_words",
            "across_share",
            "across_any",
            "across_words",
            "across_slack",
            "across_partly",
            "across_negated",
            "title_share",
            "title_weight",
            "title_words",
            "title_slack",
            "title_sentences",
            "title_is_title",
            "title_missing",
            "title_negated",
            "cognate_share",
            "cognate_weight",
            "cognate_slack",
            "cognate_missing",
            "cognate_is_title",
            "cognate_negated",
            "title_rank",
            "title_ties",
            "unspecified",
            "category_given",
            "given",
            "code_length",
            "billable",
            "chapter",
            "note_words",
            "category_quoted",
            "category_candidates",
            "languages");

    /** One of its features. */
    float feature(String name) {
        return features[FEATURES.indexOf(name)];
    }
}
