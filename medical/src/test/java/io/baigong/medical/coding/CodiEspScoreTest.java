package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.baigong.medical.note.Assertion;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Progress;
import io.baigong.testkit.FakeContext;
import io.baigong.testkit.FakeModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected values worked out by hand from the definitions of the CodiEsp task. */
class CodiEspScoreTest {
    private static final CodiEspCase CASE = new CodiEspCase(
            "a",
            "asma y tos",
            "",
            List.of("J45.909", "R05", "I10"),
            List.of(new CodiEspCase.Quote("J45.909", "asma", List.of(new CodiEspCase.Span(0, 4)))));

    private static Ranked ranked(String code, double probability, boolean proposed, int start, int end) {
        return new Ranked(
                new CodeCandidate(code, new float[0], new CodeCandidate.Found("es", start, end, Assertion.PRESENT)),
                probability,
                proposed);
    }

    @Test
    void countsCodesCategoriesAndWords() {
        var score = CodiEspScore.of(
                CASE,
                List.of(
                        ranked("J45.909", 0.9, true, 0, 4),
                        ranked("J45.20", 0.8, true, 7, 10),
                        ranked("R05", 0.3, false, 7, 10)),
                Set.of("J45.909", "I10"));
        double[] figures = CodiEspScore.figures(List.of(score));
        // precision 1 at the first, 2/3 at the third, 0 for I10 which is not ranked; three codes
        assertThat(figures[0]).isCloseTo((1 + 2.0 / 3) / 3, within(1e-9));
        assertThat(figures[1]).isEqualTo(0.5);
        assertThat(figures[2]).isCloseTo(1.0 / 3, within(1e-9));
        // J45 is right, R05 and I10 are missing
        assertThat(figures[5]).isCloseTo(0.5, within(1e-9));
        // of J45.909 and I10, learned from, one is proposed; of R05 none
        assertThat(figures[7]).isEqualTo(0.5);
        assertThat(figures[8]).isZero();
        assertThat(figures[9]).isCloseTo(2.0 / 3, within(1e-9));
        // the words of J45.909 overlap the annotators', those of J45.20 do not
        assertThat(figures[11]).isEqualTo(0.5);
        // of two proposals with words one is right, and it is the only one that the annotators justify
        assertThat(figures[13]).isCloseTo(2.0 / 3, within(1e-9));
        // 0.9 and right, 0.8 and wrong
        assertThat(figures[14]).isCloseTo((0.1 + 0.8) / 2, within(1e-9));
    }

    @Test
    void theBenchmarkRunsWithoutAModel(@TempDir Path folder) throws IOException {
        String line =
                "{\"id\":\"%s\",\"text_es\":\"Mujer de 70 años. Paciente con pediculosis.\",\"text_en\":\"Patient with whooping cough.\","
                        + "\"diagnosis_codes\":[\"B85.2\"],\"evidence_es\":[{\"type\":\"DIAGNOSTICO\",\"code\":\"B85.2\",\"quote\":\"pediculosis\",\"spans\":[[31,42]]}]}\n";
        Path data = Files.writeString(folder.resolve("codiesp-dev.jsonl"), line.formatted("a") + line.formatted("b"));
        var benchmark = new CodiEspBenchmark(new CodingModels("r"));
        Evaluation evaluation = benchmark.evaluate(data, FakeContext.of(FakeModels.none()), Progress.SILENT);
        assertThat(evaluation.cases()).isEqualTo(2);
        assertThat(evaluation.metrics().get("candidate_recall").value()).isEqualTo(1);
        assertThat(evaluation.metrics().get("evidence_overlap").value()).isGreaterThan(0);
        assertThat(evaluation.subgroups())
                .extracting(Evaluation.Subgroup::dimension, Evaluation.Subgroup::name, Evaluation.Subgroup::cases)
                .containsExactly(tuple("sex", "female", 2), tuple("age", "65 and over", 2));
        assertThat(evaluation.subgroups().getFirst().metrics().get("map").value())
                .isEqualTo(evaluation.metrics().get("map").value());
        assertThat(benchmark.evaluate(folder, FakeContext.of(FakeModels.none()), Progress.SILENT))
                .isEqualTo(evaluation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{\"id\":1}",
                "{\"id\":\"a\",\"text_es\":\"x\",\"diagnosis_codes\":[],\"evidence_es\":[{\"type\":\"DIAGNOSTICO\",\"code\":\"A\",\"spans\":[[0,99]]}]}"
            })
    void namesTheLineThatIsNoCase(String line, @TempDir Path folder) throws IOException {
        Path data = Files.writeString(folder.resolve("x.jsonl"), line);
        Assertions.assertThatThrownBy(() -> CodiEspCase.read(data))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 1");
    }
}
