package io.baigong.tuning.data;

/**
 * How documents stand in the files.
 *
 * @param text name of the field with the text, in JSON Lines
 * @param id of the field that names a document
 * @param label of the field with its class
 * @param group of the field with what must not be parted, such as the patient
 * @param plain whether each line is a text; else it is a JSON object
 * @param maxLineBytes longer lines are left out, in [1, 16 MiB]
 */
public record Reading(String text, String id, String label, String group, boolean plain, int maxLineBytes) {
    /** Most that a line may be allowed to have. */
    public static final int MOST_LINE_BYTES = 1 << 24;

    /** JSON Lines with the usual names. */
    public static final Reading JSON_LINES = new Reading("text", "id", "label", "group", false, 1 << 23);

    public Reading {
        if (maxLineBytes < 1 || maxLineBytes > MOST_LINE_BYTES) {
            throw new IllegalArgumentException("a line has from 1 to " + MOST_LINE_BYTES + " bytes");
        }
    }
}
