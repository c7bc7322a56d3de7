package io.baigong.finance.clause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.baigong.spi.Benchmark;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Models;
import io.baigong.spi.Progress;
import io.baigong.testkit.FakeContext;
import io.baigong.testkit.FakeModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected values worked out by hand from the definitions in section 4.1 of the CUAD paper. */
class CuadScoreTest {
    private static final String TEXT = "one two three four five six seven eight nine ten";
    private static final CuadContract CONTRACT = new CuadContract(
            "a",
            TEXT,
            List.of(
                    new CuadContract.Span(ClauseType.INSURANCE, 0, 18),
                    new CuadContract.Span(ClauseType.AUDIT_RIGHTS, 24, 33)));

    @Test
    void matchesByHalfOfTheWordsAndOnlyWithinAType() {
        var score = CuadScore.of(
                CONTRACT,
                List.of(
                        // "one two": 2 of 4 words, just a match
                        new Clause(ClauseType.INSURANCE, 0, 7, 0.9, true),
                        // "four five six": 1 of 6 words
                        new Clause(ClauseType.INSURANCE, 14, 27, 0.8, true),
                        // the words of the audit clause, of another type
                        new Clause(ClauseType.NON_COMPETE, 24, 33, 0.7, true)));
        assertThat(score.matched()).containsExactly(0.9);
        assertThat(score.unmatched()).containsExactlyInAnyOrder(0.8, 0.7);
        assertThat(score.marked()).isEqualTo(2);
        assertThat(CuadScore.presentRecall(List.of(score))).isEqualTo(0.5);
        assertThat(CuadScore.presentPrecision(List.of(score))).isEqualTo(0.5);
        // recall 0.5 at precision 1, never more
        assertThat(CuadScore.curve(List.of(score)).areaUnderEnvelope()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void countsThePassagesThatMustBeShown() {
        var score = CuadScore.of(
                CONTRACT,
                List.of(
                        new Clause(ClauseType.INSURANCE, 0, 18, 0.9, true),
                        new Clause(ClauseType.INSURANCE, 34, 39, 0.6, true),
                        new Clause(ClauseType.AUDIT_RIGHTS, 24, 33, 0.5, true),
                        new Clause(ClauseType.INSURANCE, 40, 44, 0.4, true)));
        assertThat(CuadScore.shownRecall(List.of(score))).isEqualTo(1);
        assertThat(CuadScore.passagesShownAt(0.92, List.of(score))).isEqualTo(3);
        assertThat(CuadScore.passagesShownAt(0.5, List.of(score))).isEqualTo(1);
    }

    private static Path data(Path folder, int contracts) throws IOException {
        var lines = new StringBuilder();
        for (int i = 0; i < contracts; i++) {
            lines.append("{\"id\":\"c%d\",\"text\":\"Supplier shall insure itself well. Nothing else is agreed here.\","
                    .formatted(i));
            lines.append("\"clauses\":{\"Insurance\":[[0,34]]}}\n");
        }
        return Files.writeString(folder.resolve("cuad.jsonl"), lines);
    }

    private static Models insurance() {
        var labels =
                Arrays.stream(ClauseType.values()).map(ClauseType::cuadName).toList();
        return FakeModels.script()
                .tag(
                        "t",
                        labels,
                        text -> FakeModels.Span.ofWords(text, "Insurance", "Supplier shall insure itself well.", 0.9))
                .build();
    }

    @Test
    void theBenchmarkGivesAPerfectTaggerFullMarks(@TempDir Path folder) throws IOException {
        Path data = data(folder, 6);
        var models = insurance();
        Evaluation evaluation =
                CuadBenchmark.all("t").getFirst().evaluate(data, FakeContext.of(models), Progress.SILENT);
        assertThat(evaluation.cases()).isEqualTo(6);
        for (String metric : List.of("aupr", "precision_at_80_recall", "clause_present_recall")) {
            assertThat(evaluation.metrics().get(metric).value()).as(metric).isCloseTo(1, within(1e-9));
        }
        assertThat(evaluation.metrics().get("lexical_baseline_aupr").value()).isGreaterThan(0.9);
        assertThat(evaluation.subgroups())
                .extracting(Evaluation.Subgroup::name, Evaluation.Subgroup::cases)
                .containsExactly(tuple("under 20,000 characters", 6), tuple("Insurance", 6));
        assertThat(evaluation
                        .subgroups()
                        .getLast()
                        .metrics()
                        .get("clause_present_recall")
                        .value())
                .isEqualTo(1);
    }

    @Test
    void eachThirdIsMeasuredOnItsOwnContracts(@TempDir Path folder) throws IOException {
        Path data = data(folder, 12);
        int cases = 0;
        for (Benchmark third : CuadBenchmark.all("t").subList(1, 4)) {
            Evaluation evaluation = third.evaluate(data, FakeContext.of(insurance()), Progress.SILENT);
            assertThat(evaluation.cases()).as(third.name()).isBetween(2, 6);
            assertThat(evaluation
                            .metrics()
                            .get("clause_present_recall_at_3_passages")
                            .value())
                    .as(third.name())
                    .isEqualTo(1);
            cases += evaluation.cases();
        }
        assertThat(cases).isEqualTo(12);
        Path one = data(folder, 1);
        assertThatThrownBy(() ->
                        CuadBenchmark.all("t").getLast().evaluate(one, FakeContext.of(insurance()), Progress.SILENT))
                .hasMessageContaining("0 belong to cuad-fold-3");
    }

    @Test
    void thresholdDecidesWhatIsPresent() {
        var score = CuadScore.of(CONTRACT, List.of(new Clause(ClauseType.INSURANCE, 0, 18, 0.3, false)));
        assertThat(CuadScore.presentRecall(List.of(score))).isZero();
        assertThat(CuadScore.presentRecall(List.of(score.withLikely(0.3)))).isPositive();
        assertThat(CuadScore.presentRecall(List.of(score.withLikely(0.31)))).isZero();
    }
}
