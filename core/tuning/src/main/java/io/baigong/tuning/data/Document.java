package io.baigong.tuning.data;

import org.jspecify.annotations.Nullable;

/** A line of the data, read. */
sealed interface Document {
    /** Number of the line among all lines of all files, from 0. */
    int line();

    /** Its own name, or else its file and line. */
    String id();

    /**
     * A document with a text.
     *
     * @param json the line as JSON, all fields as they came
     */
    record Text(
            int line,
            String id,
            String text,
            @Nullable String label,
            @Nullable String group,
            String json) implements Document {}

    /** A line of which no document could be made. */
    record Refused(int line, String id, DropReason reason, String detail) implements Document {}

    /** Nothing but white space. */
    record Blank(int line, String id) implements Document {}
}
