package io.baigong.host.audit;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CSV (RFC 4180). The column {@code row} tells what a line is: {@code about} the report, with a name and a value, or one of its rows.
 *
 * <p>A cell that a spreadsheet would take for a formula begins with an apostrophe; exact values are in JSON Lines.
 */
final class CsvReport implements ReportWriter {
    private static final String FORMULA = "=+-@\t\r＝＋－＠";

    private final Writer out;
    private List<String> columns = List.of();

    CsvReport(Writer out) {
        this.out = out;
    }

    @Override
    public void begin(Map<String, String> about, List<String> columns) throws IOException {
        this.columns = columns;
        out.write("row,name,value");
        for (String column : columns) {
            out.write("," + column);
        }
        out.write("\r\n");
        for (var fact : about.entrySet()) {
            about(fact.getKey(), fact.getValue());
        }
    }

    private void about(String name, String value) throws IOException {
        out.write("about," + cell(name) + "," + cell(value) + ",".repeat(columns.size()) + "\r\n");
    }

    @Override
    public void row(Map<String, String> values, @Nullable String leaf) throws IOException {
        out.write("row,,");
        for (String column : columns) {
            out.write("," + cell(values.getOrDefault(column, "")));
        }
        out.write("\r\n");
    }

    @Override
    public void end(long rows) throws IOException {
        about("rows", String.valueOf(rows));
        out.flush();
    }

    static String cell(String text) {
        String safe = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
