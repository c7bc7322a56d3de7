package io.baigong.medical.term;

import java.util.List;

/**
 * A standard name that a term may mean.
 *
 * @param name its number in the memory
 * @param part the part of the term that it fits best
 * @param features as {@link #FEATURES} names them
 */
@SuppressWarnings("ArrayRecordComponent")
record TermCandidate(int name, int part, float[] features) {
    static final List<String> FEATURES = List.of(
            "title_cosine_whole",
            "title_cosine_part",
            "translation_whole",
            "translation_part",
            "explained_whole",
            "explained_part",
            "explained_least",
            "back_explained_whole",
            "back_explained_part",
            "mention_cosine_whole",
            "mention_cosine_part",
            "mention_cosine_second",
            "vote_whole",
            "vote_part",
            "category_vote",
            "given",
            "given_beside_others",
            "title_covered_whole",
            "title_covered_part",
            "part_covered",
            "title_length",
            "term_length",
            "part_length",
            "parts",
            "title_rank",
            "translation_rank",
            "mention_rank",
            "title_gap",
            "explained_gap",
            "mention_gap",
            "vote_gap",
            "hint",
            "code_length",
            "sides",
            "approaches_added",
            "approaches_missing",
            "numbers_added",
            "same",
            "mention_within",
            "title_within",
            "common_substring",
            "residual",
            "part_is_whole",
            "first",
            "first_rank",
            "first_top",
            "first_sum",
            "first_of_part",
            "nearest_better",
            "first_of_nearest_better",
            "gain",
            "given_top",
            "top_given",
            "own_only",
            "own_only_explained",
            "rival_only",
            "rival_only_explained",
            "term_own_only",
            "term_rival_only",
            "rival_title_cosine",
            "first_rival");

    /** The features from this one on are known only after a first look at all candidates. */
    static final int FIRST = FEATURES.indexOf("first");
}
