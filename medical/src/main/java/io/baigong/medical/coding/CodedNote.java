package io.baigong.medical.coding;

import io.baigong.medical.code.CodingRules;
import io.baigong.medical.note.Assertion;
import io.baigong.medical.note.Language;
import io.baigong.medical.note.Section;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Codes proposed for a note. Whether a condition was present on admission is left to the person.
 *
 * @param text the note
 * @param codes the surest first
 * @param setAside codes whose words say that the patient does not have it, or that a relative does
 * @param warnings rules of the classification that bear on the codes
 * @param principal the code proposed as principal diagnosis
 * @param recorded when, ISO 8601
 * @param models which models were used, {@code name version}
 * @param notes what a reader should know of how the note was read
 * @param date of the encounter or discharge, ISO 8601, as it was given
 * @param edition that the codes were checked against; null in runs of before there were editions
 * @param stake what the proposed codes weigh together in payment; null when no list of weights was imported
 * @param advice what a chat model says of the candidates, in its order; empty where none was asked. It changes neither codes nor
 *     confidence
 */
public record CodedNote(
        String text,
        Language language,
        List<ProposedCode> codes,
        List<ProposedCode> setAside,
        List<CodingWarning> warnings,
        @Nullable String principal,
        String recorded,
        List<String> models,
        List<String> notes,
        @Nullable String date,
        @Nullable EditionLine edition,
        @Nullable Double stake,
        List<Advice> advice) {
    public CodedNote {
        codes = List.copyOf(codes);
        setAside = List.copyOf(setAside);
        warnings = List.copyOf(warnings);
        models = List.copyOf(models);
        // Runs that were kept before there were notes have none.
        notes = List.copyOf(Objects.requireNonNullElse(notes, List.of()));
        advice = List.copyOf(Objects.requireNonNullElse(advice, List.of()));
    }

    /**
     * A code with the words that justify it.
     *
     * @param confidence in [0, 1]
     * @param start first UTF-16 unit of the words in the text, {@code [start, end)}
     */
    public record ProposedCode(
            String code,
            String title,
            double confidence,
            String quote,
            int start,
            int end,
            Section section,
            Assertion assertion) {}

    /**
     * What a chat model says of a candidate.
     *
     * @param supported whether it says that the note supports the code
     * @param quotes words of the note that it shows, each found there
     */
    public record Advice(String code, String title, boolean supported, String text, List<Words> quotes) {
        public Advice {
            quotes = List.copyOf(quotes);
        }
    }

    /**
     * Words of the note.
     *
     * @param start first UTF-16 unit in the text, {@code [start, end)}
     */
    public record Words(String quote, int start, int end) {}

    /**
     * A rule that bears on codes.
     *
     * @param citation where it is written, in the classification's own words
     */
    public record CodingWarning(
            CodingRules.Severity severity, CodingRules.Kind kind, String codes, String message, String citation) {}
}
