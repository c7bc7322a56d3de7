package io.baigong.medical.coding;

import io.baigong.medical.code.CodeEditions;
import io.baigong.medical.code.IcdTable;
import io.baigong.spi.Edition;
import io.baigong.spi.References;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What the codes of a record are checked against.
 *
 * @param date of the encounter or discharge; null when it is not known
 * @param edition in force on that date; null for the one that the model learned
 * @param rules codes and notes of that edition
 * @param weights what codes weigh in payment; null when no list says
 */
record Checking(
        @Nullable LocalDate date,
        @Nullable Edition edition,
        @Nullable IcdTable rules,
        @Nullable IcdTable weights) {
    /** Nothing is known of the record's date, nor what codes weigh. */
    static final Checking NONE = new Checking(null, null, null, null);

    /**
     * For a record. {@link IOException} if the edition can't be read.
     *
     * @param today by which weights are chosen when the record's date is not known
     */
    static Checking of(CodeEditions editions, References references, @Nullable LocalDate date, LocalDate today)
            throws IOException {
        Optional<CodeEditions.Opened> opened = date == null
                ? Optional.empty()
                : editions.open(references, () -> CodeEditions.inForce(references, CodeEditions.ICD_10_CM, date));
        return new Checking(
                date,
                opened.map(CodeEditions.Opened::edition).orElse(null),
                opened.map(CodeEditions.Opened::table).orElse(null),
                editions.weights(references, date == null ? today : date).orElse(null));
    }

    /** Whether a date is known on which no edition is in force. */
    boolean isUnchecked() {
        return date != null && edition == null;
    }

    /** The codes and notes that count, given those that the model learned. */
    IcdTable rules(IcdTable learned) {
        return rules == null ? learned : rules;
    }

    /** The edition that counts, given the codes that the model learned. */
    EditionLine line(IcdTable learned) {
        return edition == null
                ? new EditionLine(CodeEditions.ICD_10_CM, learned.version(), learned.name(), null, null)
                : EditionLine.of(edition);
    }

    /** What these codes weigh together; null when no list says. */
    @Nullable
    Double stake(List<CodedNote.ProposedCode> codes) {
        if (weights == null) {
            return null;
        }
        return codes.stream()
                .map(code -> weights.weight(code.code()))
                .flatMapToDouble(OptionalDouble::stream)
                .sum();
    }
}
