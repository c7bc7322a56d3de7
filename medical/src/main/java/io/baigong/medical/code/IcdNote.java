package io.baigong.medical.code;

/**
 * An instructional note of the tabular list (ICD-10-CM Official Guidelines for Coding and Reporting, section I.A and I.B).
 *
 * @param at the code, or the range of codes, that it stands at; it holds for all codes below
 * @param text as printed, with the codes that it names in parentheses
 */
public record IcdNote(String at, Kind kind, String text) {
    /** What the note instructs. */
    public enum Kind {
        /** Never both: the two conditions can't occur together (section I.A.12.a). */
        EXCLUDES1,
        /** Not included here; both may be coded where the patient has both (section I.A.12.b). */
        EXCLUDES2,
        /** The underlying condition is sequenced first (section I.A.13). */
        CODE_FIRST,
        /** A further code makes the description complete (section I.B.7). */
        USE_ADDITIONAL,
        /** A seventh character is required (section I.A.5). */
        SEVENTH_CHARACTER
    }
}
