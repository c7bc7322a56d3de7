package io.baigong.medical.coding;

import io.baigong.medical.code.CodeEditions;
import io.baigong.spi.Edition;
import org.jspecify.annotations.Nullable;

/**
 * An edition of a code system.
 *
 * @param system such as {@code icd-10-cm}
 * @param name such as {@code 2021}
 * @param title what a reader calls it, such as {@code ICD-10-CM 2021}
 * @param from first day in force, ISO 8601; null when it has always been, or is not known
 * @param until last day in force
 */
public record EditionLine(
        String system,
        String name,
        String title,
        @Nullable String from,
        @Nullable String until) {
    static EditionLine of(Edition edition) {
        return new EditionLine(
                edition.system(),
                edition.name(),
                CodeEditions.title(edition),
                edition.from() == null ? null : edition.from().toString(),
                edition.until() == null ? null : edition.until().toString());
    }
}
