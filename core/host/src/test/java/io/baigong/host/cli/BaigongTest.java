package io.baigong.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.run.PlatformJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaigongTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int baigong(String... args) {
        return Baigong.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private JsonNode json(String name) throws IOException {
        return PlatformJson.mapper().readTree(folder.resolve(name).toFile());
    }

    @Test
    void runPrintsTheOutputAsTables() throws IOException {
        assertThat(baigong("run", "trial.count-words", file("a.txt", "to be or not to be")))
                .isZero();

        assertThat(out.toString()).contains("a.txt  ANSWERED", "Total: 6", "Words (4)", "Word", "Share", "to", "0.33");
    }

    @Test
    void headsThatAreNoneDoNotVouch() throws IOException {
        file("empty.txt", "");
        assertThat(baigong("audit", "verify", folder.toString(), "--head", folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("no signed head in " + folder);
    }

    @Test
    void runWritesJsonOfOneAndOfMany() throws IOException {
        String a = file("a.txt", "a b");
        String b = file("b.txt", "c");

        assertThat(baigong(
                        "run",
                        "trial.count-words",
                        a,
                        "--json",
                        folder.resolve("one.json").toString()))
                .isZero();
        assertThat(baigong(
                        "run",
                        "trial.count-words",
                        a,
                        b,
                        "--json",
                        folder.resolve("two.json").toString()))
                .isZero();

        assertThat(json("one.json").at("/output/total").asInt()).isEqualTo(2);
        assertThat(json("one.json").at("/evidence/0/type").asText()).isEqualTo("text-span");
        assertThat(json("two.json")).hasSize(2);
    }

    @Test
    void runTakesFieldsAndSamples() {
        assertThat(baigong("run", "trial.count-words", "--sample", "greeting")).isZero();
        assertThat(out.toString()).contains("greeting.txt", "good", "0.50");
    }

    @Test
    void aFailedRunExitsWithOne() throws IOException {
        assertThat(baigong("run", "trial.count-words", file("empty.txt", ""))).isEqualTo(1);
        assertThat(out.toString()).contains("empty: the file is empty", "Send one that is not.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dance",
                "run",
                "run trial.nothing x",
                "run trial.count-words /not/there",
                "run trial.count-words",
                "run trial.count-words --sample nothing",
                "evaluate trial.count-words --benchmark nothing --data .",
                "evaluate trial.count-words --benchmark lines --data /not/there",
                "evaluate trial.count-words --benchmark lines",
                "evaluate trial.count-words --benchmark lines --data . --model /not/there",
                "train trial.count-words --benchmark lines --data . --out .",
                "bench",
                "data",
                "data clean"
            })
    void wrongUsageExitsWithTwoAndSaysWhy(String line) {
        assertThat(baigong(line.isEmpty() ? new String[0] : line.split(" ", -1)))
                .isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "help",
                "--version",
                "run --help",
                "evaluate --help",
                "train --help",
                "bench --help",
                "bench dedup --help",
                "data --help",
                "data clean --help",
                "tasks"
            })
    void helpExitsWithZero(String line) {
        assertThat(baigong(line.split(" ", -1))).isZero();
        assertThat(out.toString()).isNotBlank();
    }

    @Test
    void evaluateWritesTheAgreedJson() throws IOException {
        String data = file("data.txt", "one\ntwo\n");
        Path result = folder.resolve("result.json");

        assertThat(baigong(
                        "evaluate",
                        "trial.count-words",
                        "--benchmark",
                        "lines",
                        "--data",
                        data,
                        "--seed",
                        "7",
                        "--json",
                        result.toString()))
                .isZero();

        JsonNode json = json("result.json");
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("task", "benchmark", "model", "data", "metrics", "seconds");
        assertThat(json.get("model").fieldNames())
                .toIterable()
                .containsExactly("name", "version", "sha256", "parameters");
        assertThat(json.at("/data/cases").asInt()).isEqualTo(2);
        // printf 'one\ntwo\n' | sha256sum
        assertThat(json.at("/data/sha256").asText())
                .isEqualTo("c3f9c8c283a2b1f2f1896f27a01cbe3cddc0c9d93f752e4639035a0f5b36f6e8");
        assertThat(json.at("/metrics/draw").fieldNames()).toIterable().containsExactly("value", "low", "high", "unit");
        double first = json.at("/metrics/draw/value").asDouble();
        baigong(
                "evaluate",
                "trial.count-words",
                "--benchmark",
                "lines",
                "--data",
                data,
                "--seed",
                "7",
                "--json",
                result.toString());
        assertThat(json("result.json").at("/metrics/draw/value").asDouble()).isEqualTo(first);
    }

    @Test
    void aFolderWithAFolderNamedForARoleFillsIt() throws IOException {
        String data = file("data.txt", "one\n");
        Path role = Files.createDirectories(folder.resolve("models/trial.counter"));
        String[] line = {
            "evaluate",
            "trial.count-words",
            "--benchmark",
            "lines",
            "--data",
            data,
            "--model",
            folder.resolve("models").toString()
        };

        assertThat(baigong(line)).isEqualTo(2);
        assertThat(err.toString()).contains("role trial.counter holds no model.json");
        Files.writeString(role.resolve("model.json"), "{}");
        assertThat(baigong(line)).isZero();
    }

    @Test
    void evaluateTellsTheDifferenceFromAnotherModel() throws IOException {
        String data = file("data.txt", "one\n");
        Path other =
                Files.createDirectories(folder.resolve("models/trial.counter")).getParent();
        Files.writeString(other.resolve("trial.counter/model.json"), "{}");
        String result = folder.resolve("result.json").toString();

        assertThat(baigong(
                        "evaluate",
                        "trial.count-words",
                        "--benchmark",
                        "lines",
                        "--data",
                        data,
                        "--against",
                        other.toString(),
                        "--json",
                        result))
                .isZero();

        assertThat(out.toString())
                .contains("by the paired bootstrap", "+0.0000  [+0.0000, +0.0000] may be chance", " weights, ");
        JsonNode against = json("result.json").get("against");
        assertThat(against.at("/model").fieldNames())
                .toIterable()
                .containsExactly("name", "version", "sha256", "parameters");
        assertThat(against.at("/differences/draw/high").asDouble()).isZero();
    }

    @Test
    void aTerminalIsNotSteeredByADocument() throws IOException {
        baigong("run", "trial.count-words", file("a.txt", "\u001B[2Jgone \u0007bell"));

        assertThat(out.toString()).doesNotContain("\u001B", "\u0007");
    }

    @Test
    void quantiseWritesAVariantAndSaysWhatItSaved() throws IOException {
        String out = folder.resolve("encoder.onnx").toString();
        String result = folder.resolve("result.json").toString();
        assertThat(baigong("models", "quantise", "all-minilm-l6-v2", "--to", "int8", "--out", out, "--json", result))
                .isZero();
        assertThat(this.out.toString()).contains("all-minilm-l6-v2 in int8: ", " % saved", "24 x MatMul");
        assertThat(json("result.json").get("bytes_after").asLong()).isEqualTo(Files.size(Path.of(out)));
        assertThat(json("result.json").at("/changed/MatMul").asInt()).isEqualTo(24);
    }

    @Test
    void quantiseSaysWhatIsWrong() throws IOException {
        String out = folder.resolve("out.onnx").toString();
        String text = file("text.onnx", "no model");
        assertThat(baigong("models")).isEqualTo(2);
        assertThat(baigong("models", "quantise", text, "--to", "int8", "--out", out))
                .isEqualTo(1);
        assertThat(err.toString()).contains("text.onnx is not an ONNX model");
        assertThat(baigong("models", "quantise", text, "--to", "int3", "--out", out))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no precision 'int3'", "[int8, int8-static, int4, fp16]");
        assertThat(baigong("models", "quantise", text, "--to", "int8-static", "--out", out))
                .isEqualTo(2);
        assertThat(baigong("models", "quantise", text, "--to", "int4", "--calibrate", text, "--out", out))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--calibrate belongs to");
        assertThat(baigong("models", "quantise", "no-such-model", "--to", "int8", "--out", out))
                .isEqualTo(2);
        assertThat(err.toString()).contains("the names are [all-minilm-l6-v2, pp-ocrv4-detector");
        assertThat(Path.of(out)).doesNotExist();
    }

    @Test
    void quantisationIsMeasuredOnSpansOfOtherDocuments() throws IOException {
        var lines = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            String law = "This agreement is governed by the laws of state " + i + ".";
            String end = "Either party may terminate on " + (10 + i) + " days notice.";
            lines.append("""
                    {"id": "contract %d", "text": "%s %s", "clauses": {"Law": [[0, %d]], "End": [[%d, %d]]}}
                    """.formatted(i, law, end, law.length(), law.length() + 1, law.length() + 1 + end.length()));
        }
        String data = file("spans.jsonl", lines.toString());
        String result = folder.resolve("bench.json").toString();
        assertThat(baigong("bench", "quantisation", "--data", data, "--timed", "4", "--rounds", "1", "--json", result))
                .isZero();
        assertThat(out.toString()).contains("2 labels", "fp32", "fp16", "int8", "int8-static", "int4", "as served");
        assertThat(json("bench.json").get("variants")).hasSize(6);
        for (JsonNode variant : json("bench.json").get("variants")) {
            // Law and notice are told apart by any encoder that works.
            assertThat(variant.get("accuracy").asDouble()).isGreaterThan(0.9);
            assertThat(variant.get("texts_per_second").asDouble()).isPositive();
        }
        assertThat(baigong("bench", "quantisation", "--data", file("bad.jsonl", "{")))
                .isEqualTo(1);
        assertThat(baigong("bench", "quantisation", "--data", file("none.jsonl", "{}")))
                .isEqualTo(2);
    }
}
