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

    /**
     * A list of records as points in their order, such as a control chart.
     *
     * @param pointer to the list
     * @param label what a point is called, a text or a number of each record
     * @param value how high it lies, a number of each record
     * @param limits numbers of each record, drawn as dashed lines that follow the points; a record without one leaves a gap
     * @param levels numbers of the whole output, drawn straight across; their pointers start at the output
     * @param remark a text of each record; a point where it is not empty stands out
     */
    record Chart(
            LocalText title,
            String pointer,
            Column label,
            Column value,
            List<Column> limits,
            List<Column> levels,
            Column remark)
            implements Panel {}

    /** One column of a table; {@code pointer} starts at the row. */
    record Column(LocalText title, String pointer) {}
}
