package io.baigong.medical.note;

/** What a note says of a finding that it names. */
public enum Assertion {
    /** The patient has it. */
    PRESENT,
    /** The patient does not have it. */
    NEGATED,
    /** A relative has it. */
    FAMILY,
    /** The patient had it before. */
    HISTORY,
    /** It is suspected, or to be ruled out. */
    UNCERTAIN
}
