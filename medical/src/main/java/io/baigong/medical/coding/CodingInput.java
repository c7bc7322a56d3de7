package io.baigong.medical.coding;

import io.baigong.spi.Attachment;
import org.jspecify.annotations.Nullable;

/**
 * A note to code: as text, or as a file.
 *
 * @param note the note itself
 * @param document plain text, HTML, FHIR R4 in JSON, or HL7 v2; goes before {@code note}
 * @param language {@code en} or {@code zh}: language of the warnings; English by default
 * @param date of the encounter or discharge, ISO 8601: codes are checked against the edition in force on it
 */
public record CodingInput(
        @Nullable String note,
        @Nullable Attachment document,
        @Nullable String language,
        @Nullable String date) {
    /** Of an unknown date. */
    public CodingInput(@Nullable String note, @Nullable Attachment document, @Nullable String language) {
        this(note, document, language, null);
    }
}
