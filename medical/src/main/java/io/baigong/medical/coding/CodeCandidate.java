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
record CodeCandidate(String code, float[] features, @Nullable Found evidence) {
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
            "title_share",
            "title_weight",
            "title_words",
            "title_slack",
            "title_sentences",
            "title_is_title",
            "title_rank",
            "title_negated",
            "given",
            "code_length",
            "billable",
            "chapter",
            "note_words",
            "category_quoted",
            "category_candidates",
            "languages",
            "first",
            "first_rank",
            "first_sum",
            "first_of_category",
            "first_of_same_words",
            "first_of_parent",
            "first_top");

    /** The features from this one on are known only after a first look at all candidates. */
    static final int FIRST = FEATURES.indexOf("first");
}
