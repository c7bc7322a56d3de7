package io.baigong.tuning.data;

import java.util.Locale;

/** Why a document was left out, in the order in which it is looked at. */
public enum DropReason {
    /** Not UTF-8, not a JSON object, or without a text. */
    UNREADABLE("not UTF-8, no JSON object, or no text in it"),
    LINE_TOO_LONG("the line is longer than --max-line-bytes"),
    TOO_SHORT("fewer words than --min-words"),
    TOO_LONG("more words than --max-words"),
    WORD_LENGTH("mean length of words out of bounds"),
    SYMBOLS("too many hash signs and ellipses"),
    LETTERS("too few words with letters"),
    REPEATED_LINES("too many lines that stood there before"),
    REPEATED_WORDS("one run of words makes up too much"),
    LANGUAGE("none of the languages of --languages"),
    EXACT_DUPLICATE("the same text as an earlier document"),
    NEAR_DUPLICATE("nearly the same text as an earlier document"),
    PERPLEXITY("unlike the rest of its language"),
    CAPPED("its label has more than --balance allows");

    private final String meaning;

    DropReason(String meaning) {
        this.meaning = meaning;
    }

    /** For a report's reader. */
    public String meaning() {
        return meaning;
    }

    /** Such as {@code near-duplicate}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
