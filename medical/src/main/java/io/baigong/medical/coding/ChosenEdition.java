package io.baigong.medical.coding;

import io.baigong.medical.code.CodeEditions;
import io.baigong.medical.code.IcdTable;
import io.baigong.spi.Edition;
import io.baigong.spi.References;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The edition that a question is about, opened. */
record ChosenEdition(Edition edition, IcdTable table) {
    /**
     * Opens it.
     *
     * @param system ICD-10-CM when null
     * @param name of the edition
     * @param date ISO 8601, on which the edition is in force, when no name is given
     */
    static Optional<ChosenEdition> of(
            CodeEditions editions,
            References references,
            @Nullable String system,
            @Nullable String name,
            @Nullable String date) {
        LocalDate day;
        try {
            day = date == null || date.isBlank() ? null : LocalDate.parse(date.strip());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        try {
            return editions.open(references, () -> CodeEditions.chosen(references, system, name, day))
                    .map(opened -> new ChosenEdition(opened.edition(), opened.table()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    EditionLine line() {
        return EditionLine.of(edition);
    }

    boolean isDiagnoses() {
        return edition.system().equals(CodeEditions.ICD_10_CM);
    }
}
