package io.baigong.tuning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.spi.LabelledText;
import io.baigong.spi.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies say the same in other letters, and what is labelled is labelled still. */
class AugmentationTest {
    private static final Synonyms SYNONYMS = new Synonyms(List.of(
            List.of("heart attack", "myocardial infarction"), List.of("fever", "pyrexia"), List.of("发热", "发烧")));

    @TempDir
    Path folder;

    private static LabelledText text(String text, LabelledText.Span... spans) {
        return new LabelledText("a", "g", text, List.of(spans));
    }

    private static LabelledText edited(Edit edit, LabelledText text) {
        return new Augmentation(EnumSet.of(edit), 1, SYNONYMS, 1)
                .copy(text, 1)
                .orElseThrow()
                .text();
    }

    @Test
    void eachEditDoesWhatItsNameSays() {
        assertThat(edited(Edit.SYNONYM, text("Heart attack, no fever; 发热三天")).text())
                .isEqualTo("Myocardial infarction, no pyrexia; 发烧三天");
        assertThat(edited(Edit.CASE, text("No FEVER today")).text()).isEqualTo("NO fever TODAY");
        assertThat(edited(Edit.PUNCTUATION, text("a, b")).text()).isEqualTo("a， b");
        assertThat(edited(Edit.SPACING, text("a b")).text()).isIn("a  b", "a\nb");
        assertThat(edited(Edit.OCR, text("rn 5 未")).text()).isEqualTo("m S 末");
        assertThat(new Augmentation(EnumSet.of(Edit.SYNONYM), 1, SYNONYMS, 1).copy(text("feverish"), 1))
                .as("a part of a word is no word")
                .isEmpty();
    }

    /** A span's words are edited as if they stood alone, and nothing crosses its edges. */
    @Test
    void spansKeepToTheirWords() {
        var random = new Random(5);
        String letters = "mrn, cl\"0 1-fever attack heart 发热d ";
        for (int round = 0; round < 500; round++) {
            var text = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            int start = 3 + random.nextInt(15);
            int end = start + 1 + random.nextInt(15);
            // What can't be in the text otherwise marks both edges.
            String whole = text.substring(0, start) + "<" + text.substring(start, end) + ">" + text.substring(end);
            var span = new LabelledText.Span("L", start, end + 2);
            LabelledText copy = new Augmentation(EnumSet.allOf(Edit.class), 0.5, SYNONYMS, round)
                    .copy(text(whole, span), 1)
                    .orElseThrow()
                    .text();
            LabelledText.Span moved = copy.spans().getFirst();
            assertThat(copy.text().substring(moved.start(), moved.end()))
                    .startsWith("<")
                    .endsWith(">");
            assertThat(moved.label()).isEqualTo("L");
        }
        LabelledText crossed = text("a heart attack", new LabelledText.Span("organ", 2, 7));
        assertThat(new Augmentation(EnumSet.of(Edit.SYNONYM), 1, SYNONYMS, 1).copy(crossed, 1))
                .as("a phrase that a span cuts is left")
                .isEmpty();
    }

    @Test
    void theSeedDecides() {
        LabelledText text = text("the supplier shall deliver 100 boxes, on time, to the buyer");
        var all = EnumSet.allOf(Edit.class);
        var copies = new ArrayList<String>();
        for (int copy = 1; copy <= 3; copy++) {
            String once = new Augmentation(all, 0.2, SYNONYMS, 1)
                    .copy(text, copy)
                    .orElseThrow()
                    .text()
                    .text();
            assertThat(new Augmentation(all, 0.2, SYNONYMS, 1)
                            .copy(text, copy)
                            .orElseThrow()
                            .text()
                            .text())
                    .isEqualTo(once);
            copies.add(once);
        }
        copies.add(new Augmentation(all, 0.2, SYNONYMS, 2)
                .copy(text, 1)
                .orElseThrow()
                .text()
                .text());
        assertThat(copies).doesNotHaveDuplicates();
    }

    private Augmenting.Report run(String lines, Path out) throws IOException {
        Path in = Files.writeString(folder.resolve("in.jsonl"), lines);
        return new Augmenting(
                        in,
                        out,
                        Reading.JSON_LINES,
                        new Augmentation(EnumSet.of(Edit.SYNONYM, Edit.OCR), 1, SYNONYMS, 1),
                        2)
                .run(Progress.SILENT);
    }

    @Test
    void filesAreWrittenWithTheirSpansAndGroups() throws IOException {
        Path out = folder.resolve("out.jsonl");
        Augmenting.Report report = run("""
                {"id": "a", "text": "no fever at 5", "label": "x", "more": 1.50, "spans": [{"label": "F", "start": 3, "end": 8, "by": "ann"}]}

                {"text": "xyz"}
                """, out);
        assertThat(report.documents()).isEqualTo(2);
        assertThat(report.copies()).isEqualTo(2);
        assertThat(report.unedited()).isEqualTo(2);
        assertThat(report.edits()).containsEntry(Edit.SYNONYM, 2L);
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(4);
        assertThat(new ObjectMapper().readTree(lines.getFirst()).path("group").asText())
                .as("a later split keeps copies on the side of what they were made from")
                .isEqualTo("a");
        JsonNode copy = new ObjectMapper().readTree(lines.get(1));
        assertThat(copy.path("id").asText()).isEqualTo("a#1");
        assertThat(copy.path("group").asText()).isEqualTo("a");
        assertThat(copy.path("label").asText()).isEqualTo("x");
        JsonNode span = copy.path("spans").get(0);
        assertThat(span.path("by").asText()).isEqualTo("ann");
        String words = copy.path("text")
                .asText()
                .substring(span.path("start").asInt(), span.path("end").asInt());
        assertThat(words).hasSizeBetween(7, 12).endsWith("a");
        byte[] first = Files.readAllBytes(out);
        run(Files.readString(folder.resolve("in.jsonl")), out);
        assertThat(Files.readAllBytes(out)).isEqualTo(first);
    }

    @Test
    void whatIsWrongIsNamedAndNothingIsWritten() {
        Path out = folder.resolve("out.jsonl");
        for (String bad : List.of(
                "",
                "[1]",
                "{\"text\": \"a\"",
                "{\"text\": \"abc\", \"spans\": 5, \"id\": 1}".replace("5", "{\"start\": 0, \"end\": 1}"),
                "{\"text\": \"abc\", \"spans\": [{\"start\": 2, \"end\": 9}]}",
                "{\"text\": \"abc\", \"spans\": [{\"start\": -1, \"end\": 2}]}",
                "{\"text\": \"abc\", \"spans\": [{\"start\": 99999999999, \"end\": 2}]}",
                "{\"text\": \"abc\", \"spans\": [7]}")) {
            assertThatThrownBy(() -> run(bad, out))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in.jsonl");
            assertThat(out).doesNotExist();
        }
        assertThatThrownBy(() -> new Augmentation(EnumSet.noneOf(Edit.class), 0.1, SYNONYMS, 1))
                .hasMessageContaining("at least one edit");
        assertThatThrownBy(() -> new Augmentation(EnumSet.of(Edit.OCR), Double.NaN, SYNONYMS, 1))
                .hasMessageContaining("above 0 and at most 1");
    }

    @Test
    void listsOfSynonymsAreRead() throws IOException {
        Path list = Files.writeString(folder.resolve("list.tsv"), "# ours\nfever\tpyrexia\t high temperature\n\n");
        LabelledText text = text("fever");
        assertThat(new Augmentation(EnumSet.of(Edit.SYNONYM), 1, Synonyms.read(list), 1)
                        .copy(text, 1)
                        .orElseThrow()
                        .text()
                        .text())
                .isIn("pyrexia", "high temperature");
        Files.writeString(list, "fever\tpyrexia\nalone\n");
        assertThatThrownBy(() -> Synonyms.read(list)).hasMessageContaining("list.tsv:2 has one term");
        Files.writeString(list, "x".repeat(100_000));
        assertThatThrownBy(() -> Synonyms.read(list)).hasMessageContaining("longer than");
    }
}
