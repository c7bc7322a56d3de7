package io.baigong.medical.coding;

import io.baigong.medical.note.Assertion;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A code that a note may have.
 *
 * @param features as {@link #FEATURES} names them, or the first of these, as {@link #LEXICAL} does; not a number where it is not known
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

    /** What matches of words say. */
    static final List<String> LEXICAL = List.of(
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

    /** And what vectors of words say. */
    static final List<String> FEATURES = Stream.concat(
                    LEXICAL.stream(),
                    Stream.of(
                            "spanish_title_cosine",
                            "spanish_title_lead",
                            "spanish_title_nearer",
                            "spanish_title_words",
                            "english_title_cosine",
                            "english_title_lead",
                            "english_title_nearer",
                            "english_title_words",
                            "spanish_quote_cosine",
                            "spanish_quote_lead",
                            "spanish_quote_nearer",
                            "spanish_quote_words",
                            "english_quote_cosine",
                            "english_quote_lead",
                            "english_quote_nearer",
                            "english_quote_words"))
            .toList();

    /** One of its features. */
    float feature(String name) {
        return features[FEATURES.indexOf(name)];
    }
}
