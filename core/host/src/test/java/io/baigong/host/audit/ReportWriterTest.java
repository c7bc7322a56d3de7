package io.baigong.host.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.run.PlatformJson;
import io.baigong.journal.audit.AuditReader;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportWriterTest {
    private static void write(ReportWriter writer) throws IOException {
        writer.begin(Map.of("log size", "7"), List.of("seq", "detail"));
        writer.row(Map.of("seq", "3", "detail", "a, \"b\"\nc"), "{\"seq\":3}");
        writer.row(Map.of("seq", "4"), null);
        writer.end(2);
    }

    @Test
    void csvHasAsManyFieldsInEachLine() throws IOException {
        var text = new StringWriter();
        write(new CsvReport(text));

        assertThat(text.toString().replace("\r\n", "|"))
                .isEqualTo(
                        "row,name,value,seq,detail|about,log size,7,,|row,,,3,\"a, \"\"b\"\"\nc\"|row,,,4,|about,rows,2,,|");
    }

    /** OWASP, CSV injection; with the full-width forms that spreadsheets take too. */
    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠x", "=\"a\",b"})
    void noCellIsAFormula(String text) {
        assertThat(CsvReport.cell(text).replaceFirst("^\"", "")).startsWith("'" + text.charAt(0));
    }

    @Test
    void jsonLinesHoldTheLeafAsItWasHashed() throws IOException {
        var text = new StringWriter();
        write(new JsonLinesReport(text));

        List<JsonNode> lines =
                text.toString().lines().map(ReportWriterTest::json).toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst().at("/about/log size").asText()).isEqualTo("7");
        assertThat(lines.get(1).path("leaf").asText()).isEqualTo("{\"seq\":3}");
        assertThat(lines.get(1).path("detail").asText()).isEqualTo("a, \"b\"\nc");
        assertThat(lines.getLast().path("rows").asLong()).isEqualTo(2);
    }

    private static JsonNode json(String line) {
        try {
            return PlatformJson.mapper().readTree(line);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anEntryThatWasMadeUnreadableStaysInTheReport() {
        assertThat(EntryRow.of(new AuditReader.Entry(7, "{\"entry\":", "ab")).values())
                .containsEntry("seq", "7")
                .containsEntry("hash", "ab")
                .containsEntry("detail", "unreadable: this entry was changed");
    }
}
