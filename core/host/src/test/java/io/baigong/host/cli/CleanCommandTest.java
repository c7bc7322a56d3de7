package io.baigong.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.run.PlatformJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanCommandTest {
    private static final String NOTE = "The patient was admitted with chest pain, call 13800138000 for the results.";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private Path in;

    @BeforeEach
    void write() throws IOException {
        in = Files.writeString(
                folder.resolve("notes.jsonl"),
                "{\"id\":\"a\",\"text\":\"" + NOTE + "\",\"label\":\"x\"}\n{\"id\":\"b\",\"text\":\"" + NOTE
                        + "\",\"label\":\"x\"}\n{\"id\":\"c\\u001b[2J\",\"text\":\"too short\"}\nno json\n");
    }

    private int data(String... more) {
        var line = new ArrayList<>(List.of("data", "clean", in.toString(), "--out", file("out.jsonl")));
        line.addAll(List.of(more));
        return Baigong.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line.toArray(String[]::new));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void reportsAsATableAndAsJson() throws IOException {
        assertThat(data("--mask", "--json", file("report.json"), "--dropped", file("dropped.jsonl")))
                .isZero();

        assertThat(out.toString())
                .contains(
                        "exact-duplicate",
                        "such as b (of notes.jsonl:1)",
                        "too-short",
                        "unreadable",
                        "such as notes.jsonl:4")
                .contains("with phone", "label x", "wrote " + file("out.jsonl"))
                .doesNotContain("\u001b");
        JsonNode report =
                PlatformJson.mapper().readTree(folder.resolve("report.json").toFile());
        assertThat(report.at("/documents").asInt()).isEqualTo(4);
        assertThat(report.at("/dropped/exact-duplicate/share").asDouble()).isEqualTo(0.25);
        assertThat(report.at("/languages/en").asInt()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("out.jsonl")))
                .contains("call [PHONE] for")
                .doesNotContain("\"b\"");
        assertThat(Files.readString(folder.resolve("dropped.jsonl"))).contains("\"of\":\"notes.jsonl:1\"");
        assertThat(folder.resolve("out.jsonl.snapshot.json")).exists();
    }

    @Test
    void boundsCanBeOff() {
        assertThat(data(
                        "--min-words",
                        "off",
                        "--min-word-length",
                        "off",
                        "--keep-duplicates",
                        "--keep-near-duplicates"))
                .isZero();
        assertThat(out.toString()).containsPattern("kept +3");
    }

    @Test
    void aSplitHasAFileASide() {
        assertThat(data("--min-words", "off", "--split", "train=0.5,test=0.5")).isZero();
        assertThat(folder.resolve("out.train.jsonl")).exists();
        assertThat(folder.resolve("out.test.jsonl")).exists();
        assertThat(folder.resolve("out.jsonl")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--threshold 0",
                "--threshold x",
                "--permutations 0",
                "--miss-weight 2",
                "--shingle-words 0",
                "--min-words -1",
                "--min-words none",
                "--languages fr",
                "--split train=0.8",
                "--balance sometimes",
                "--balance cap --ratio 0",
                "--ratio 2",
                "--perplexity-quantile 0",
                "--perplexity-reference notes.jsonl",
                "--max-line-bytes 0",
                "/not/there"
            })
    void wrongUsageExitsWithTwoAndSaysWhy(String more) {
        assertThat(data(more.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void nothingThatIsReadIsWrittenOver() throws IOException {
        String before = Files.readString(in);
        assertThat(data("--out", in.toString())).isEqualTo(2);
        assertThat(data("--dropped", in.toString())).isEqualTo(2);
        assertThat(data("--json", file("out.jsonl"))).isEqualTo(2);
        assertThat(data(in.toString())).as("the same file twice").isEqualTo(2);
        assertThat(Files.readString(in)).isEqualTo(before);
    }

    @Test
    void dataThatIsNotFitFailsInWords() throws IOException {
        assertThat(data("--text-field", "body")).isEqualTo(1);
        assertThat(err.toString()).contains("no document stays", "unreadable").doesNotContain("\tat ");
        Files.write(in, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1});
        assertThat(data()).isEqualTo(1);
        assertThat(err.toString()).contains("notes.jsonl is damaged or cut off after line 0");
    }

    @Test
    void theBenchMeasuresBothSides() throws IOException {
        int code = Baigong.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "bench",
                        "dedup",
                        "--documents",
                        "1000",
                        "--plain-documents",
                        "500",
                        "--json",
                        file("bench.json"));
        assertThat(code).isZero();
        JsonNode result =
                PlatformJson.mapper().readTree(folder.resolve("bench.json").toFile());
        assertThat(result.at("/baigong/recall").asDouble()).isGreaterThan(0.9);
        assertThat(result.at("/baigong/precision").asDouble()).isEqualTo(1);
        assertThat(result.at("/plainJava/planted").asInt()).isEqualTo(100);
        assertThat(result.at("/ratio").asDouble()).isPositive();
        assertThat(out.toString()).contains("datasketch");
    }
}
