package io.baigong.spi;

import java.util.List;

/** A part of a workbench page that shows an output; pointers are RFC 6901 JSON Pointers into it. */
public sealed interface Panel {
    LocalText title();

    /** A text, with the run's text spans marked in it. */
    record Text(LocalText title, String pointer) implements Panel {}

    /** A list of records as rows. */
    record Table(LocalText title, String pointer, List<Column> columns) implements Panel {}

    /** A single value. */
    record Value(LocalText title, String pointer) implements Panel {}

    /** A picture that was given as that component of the input, with the run's image regions marked in it. */
    record Picture(LocalText title, String component) implements Panel {}

    /** One column of a table; {@code pointer} starts at the row. */
    record Column(LocalText title, String pointer) {}
}
