package io.baigong.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.spi.LocalText;
import io.baigong.spi.Panel;
import java.io.PrintWriter;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** An output as tables in a terminal, by the panels of its task. */
final class OutputTables {
    private static final int GAP = 2;
    private static final int NARROWEST = 6;

    private final PrintWriter out;
    private final int columns;

    /** Prints for a terminal that is {@code columns} wide. */
    OutputTables(PrintWriter out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    void print(List<Panel> panels, JsonNode output) {
        for (Panel panel : panels) {
            switch (panel) {
                case Panel.Table table -> table(table, output.at(table.pointer()));
                case Panel.Value value ->
                    out.println(Words.local(value.title()) + ": " + cell(output.at(value.pointer())));
                case Panel.Text _, Panel.Picture _ -> {} // the reader has what was given
                case Panel.Chart _ -> {} // a terminal draws none
            }
        }
    }

    private void table(Panel.Table table, JsonNode rows) {
        out.println();
        out.println(Words.local(table.title()) + " (" + rows.size() + ")");
        List<List<String>> cells = new ArrayList<>();
        cells.add(table.columns().stream()
                .map(column -> Words.local(column.title()))
                .toList());
        for (JsonNode row : rows) {
            cells.add(table.columns().stream()
                    .map(column -> cell(row.at(column.pointer())))
                    .toList());
        }
        int[] widths = widths(cells);
        for (List<String> line : cells.size() == 1 ? List.<List<String>>of() : cells) {
            var text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append("  ").append(Words.fit(line.get(i), widths[i]));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    /** Each column as wide as its widest cell; where they are too wide together, the widest give way. */
    private int[] widths(List<List<String>> cells) {
        int[] widths = new int[cells.getFirst().size()];
        for (List<String> line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Words.width(Words.line(line.get(i))));
            }
        }
        int room = columns - GAP * widths.length;
        for (int total = sum(widths); total > room; total--) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= NARROWEST) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static int sum(int[] widths) {
        int sum = 0;
        for (int width : widths) {
            sum += width;
        }
        return sum;
    }

    private static String cell(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isFloatingPointNumber()) {
            return value.decimalValue().setScale(2, RoundingMode.HALF_UP).toPlainString();
        }
        if (value.path("en").isTextual() && value.path("zh").isTextual()) {
            return Words.local(
                    new LocalText(value.path("en").textValue(), value.path("zh").textValue()));
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
