package io.baigong.medical.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.baigong.spi.ErrorCode;
import io.baigong.spi.Evaluation;
import io.baigong.spi.ModelException;
import io.baigong.spi.Progress;
import io.baigong.testkit.FakeContext;
import io.baigong.testkit.FakeModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected values worked out by hand from the definitions. */
class TermScoreTest {
    @TempDir
    Path folder;

    private static List<StandardTerm> names(String... names) {
        return Arrays.stream(names)
                .map(n -> new StandardTerm(List.of(), n, 0.5))
                .toList();
    }

    @Test
    void countsNamesWhateverTheirWidthAndPunctuation() {
        var right = TermScore.of(
                new TermPair("x", List.of("\"损伤,水平未特指\"")), new Normalised(names("损伤，水平未特指"), names("损伤，水平未特指")));
        var half = TermScore.of(
                new TermPair("y", List.of("头痛", "头晕")), new Normalised(names("头痛", "高血压"), names("头痛", "高血压", "头晕")));
        assertThat(TermScore.accuracy(List.of(right, half))).isEqualTo(0.5);
        // 2 right, 1 wrong, 1 missing
        assertThat(TermScore.micro(List.of(right, half)).f1()).isCloseTo(2.0 / 3, within(1e-9));
        assertThat(TermScore.recalls(List.of(right, half))[0]).isEqualTo(1);
    }

    @Test
    void bothFormatsAreReadFromFilesAndFolders() throws IOException {
        Files.writeString(folder.resolve("dev.tsv"), "原始词\t标准词\n阑尾切除\t阑尾切除术\n切脾+胆囊切除\t脾切除术##胆囊切除术\n");
        Files.writeString(folder.resolve("icd9-codes.tsv"), "47.09\t阑尾切除术\n41.5\t脾切除术\n51.22\t胆囊切除术\n");
        assertThat(TermFiles.measured(folder)).hasSize(2);
        assertThat(TermFiles.measured(folder.resolve("dev.tsv")).getLast().standards())
                .hasSize(2);
        assertThat(TermFiles.codes(folder.resolve("dev.tsv")).orElseThrow()).hasSize(3);
        var benchmark = new TermBenchmark("yidu-n7k", new TermModels("r"));
        Evaluation evaluation = benchmark.evaluate(folder, FakeContext.of(FakeModels.none()), Progress.SILENT);
        assertThat(evaluation.cases()).isEqualTo(2);
        assertThat(evaluation.metrics().get("accuracy").value()).isEqualTo(1);
        Path json = Files.writeString(
                folder.resolve("train.json"), "[{\"text\":\"头晕,头痛\",\"normalized_result\":\"头晕##头痛\"}]");
        assertThat(TermFiles.pairs(json).getFirst().standards()).containsExactly("头晕", "头痛");
        assertThat(TermFiles.training(folder)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "[{\"text\":1}]", "[{\"text\":\"x\"", "only one cell\n", "原始词\t标准词\n"})
    void saysWhatIsNoSetOfTerms(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.tsv"), content);
        assertThatThrownBy(() -> TermFiles.pairs(file)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\tb\\n机密\\t##|line 2",
                "a\\tb\\n机密\\t |line 2",
                "[{\"text\":\"机密\",\"normalized_result\":\"##\"}]|entry 1",
                "[{\"text\":\"x\",\\n 机密|line 2"
            })
    void saysWhereAndNothingOfTheTerms(String content, String where) throws IOException {
        Path file = Files.writeString(
                folder.resolve("bad.tsv"), content.replace("\\t", "\t").replace("\\n", "\n"));
        assertThatThrownBy(() -> TermFiles.pairs(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(where)
                .hasMessageNotContaining("机密")
                .hasNoCause();
    }

    @Test
    void aModelWithMissingFilesIsNoMissingModel() {
        FakeModels models = FakeModels.script()
                .beside("r", TermModels.DECISION, "{\"threshold\":0.5}".getBytes(StandardCharsets.UTF_8))
                .build();
        assertThatThrownBy(() -> new TermModels("r").trained(models))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.Model.BROKEN_ANSWER));
        assertThat(new TermModels("r").trained(FakeModels.none())).isEmpty();
    }

    @Test
    void aListAloneIsReadOnce() throws IOException {
        byte[] list = "47.09\t阑尾切除术\n".getBytes(StandardCharsets.UTF_8);
        var models = new TermModels("r");
        assertThat(models.of(list.clone(), "list")).isSameAs(models.of(list, "other"));
    }

    @Test
    void aListIsAskedForWhereNoneLies() throws IOException {
        Path file = Files.writeString(folder.resolve("dev.tsv"), "a\tb\n");
        var benchmark = new TermBenchmark("yidu-n7k", new TermModels("r"));
        assertThatThrownBy(() -> benchmark.evaluate(file, FakeContext.of(FakeModels.none()), Progress.SILENT))
                .hasMessageContaining("code list");
    }
}
