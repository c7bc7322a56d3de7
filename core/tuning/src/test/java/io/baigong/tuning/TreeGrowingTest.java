package io.baigong.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.baigong.compute.ModelFiles;
import io.baigong.compute.Predictor;
import io.baigong.compute.Tensor;
import io.baigong.compute.TreeEnsemble;
import io.baigong.spi.LabelledRows;
import io.baigong.spi.Progress;
import io.baigong.spi.TreeSpec;
import io.baigong.spi.TreeSpec.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees are opened as they will be served, and asked about rows of a law that they have not seen. */
class TreeGrowingTest {
    private static final LabelledRows NONE = new LabelledRows(List.of());

    @TempDir
    Path folder;

    @Test
    void learnsAnExclusiveOrThatNoLineCouldTell() throws Exception {
        ToDoubleFunction<float[]> law = row -> row[0] > 0 ^ row[1] > 0 ? 1 : 0;
        try (Predictor trees = grown(spec(new Objective.Probability(), Map.of()), rows(law, 600, 1), NONE)) {
            LabelledRows unseen = rows(law, 200, 2);
            Tensor answers = trees.predict(tensor(unseen));
            assertThat(answers.shape()).containsExactly(200, 1);
            int right = 0;
            for (int i = 0; i < 200; i++) {
                right += (answers.values()[i] > 0.5) == (unseen.rows().get(i).label() == 1) ? 1 : 0;
            }
            assertThat(right).isGreaterThan(180);
            assertThat(trees.parameters()).isPositive();
        }
    }

    /** Local accuracy, the defining property of Shapley values: Lundberg and Lee 2017, arXiv 1705.07874, property 1. */
    @Test
    void contributionsAddUpToTheRawScore() throws Exception {
        ToDoubleFunction<float[]> law = row -> row[0] + row[1] > 0 ? 1 : 0;
        try (var trees = (TreeEnsemble) grown(spec(new Objective.Probability(), Map.of()), rows(law, 400, 1), NONE)) {
            Tensor unseen = tensor(rows(law, 50, 3));
            Tensor answers = trees.predict(unseen);
            Tensor parts = trees.contributions(unseen);
            assertThat(parts.shape()).containsExactly(50, 1, 4);
            double[] weight = new double[3];
            for (int row = 0; row < 50; row++) {
                double sum = 0;
                for (int feature = 0; feature < 4; feature++) {
                    sum += parts.values()[row * 4 + feature];
                }
                double p = answers.values()[row];
                assertThat(sum).isCloseTo(Math.log(p / (1 - p)), within(1e-3));
                for (int feature = 0; feature < 3; feature++) {
                    weight[feature] += Math.abs(parts.values()[row * 4 + feature]);
                }
            }
            assertThat(weight[2]).as("a feature that means nothing").isLessThan(Math.min(weight[0], weight[1]) / 4);
        }
    }

    @Test
    void quantilesHoldTheirShareOfUnseenRowsAndNeverCross() throws Exception {
        var spec = spec(new Objective.Quantiles(List.of(0.1, 0.5, 0.9)), Map.of());
        var noise = new Random(5);
        ToDoubleFunction<float[]> law = row -> row[0] + noise.nextGaussian();
        try (Predictor trees = grown(spec, rows(law, 3000, 1), rows(law, 500, 7))) {
            LabelledRows unseen = rows(law, 1000, 2);
            Tensor answers = trees.predict(tensor(unseen));
            int inside = 0;
            for (int i = 0; i < 1000; i++) {
                float low = answers.values()[i * 3];
                float high = answers.values()[i * 3 + 2];
                assertThat(low).isLessThanOrEqualTo(answers.values()[i * 3 + 1]);
                assertThat(answers.values()[i * 3 + 1]).isLessThanOrEqualTo(high);
                float label = unseen.rows().get(i).label();
                inside += low <= label && label <= high ? 1 : 0;
            }
            assertThat(inside).isBetween(700, 880);
        }
    }

    @Test
    void aMonotoneFeatureOnlyRaises() throws Exception {
        var noise = new Random(5);
        ToDoubleFunction<float[]> law = row -> Math.sin(3 * row[0]) + row[0] + 0.3 * noise.nextGaussian();
        try (Predictor trees = grown(spec(new Objective.Mean(), Map.of("a", 1)), rows(law, 800, 1), NONE)) {
            float[] values = new float[3 * 100];
            for (int i = 0; i < 100; i++) {
                values[i * 3] = -2 + i * 0.04f;
            }
            float[] answers =
                    trees.predict(new Tensor(new long[] {100, 3}, values)).values();
            float[] sorted = answers.clone();
            Arrays.sort(sorted);
            assertThat(answers).isEqualTo(sorted);
            assertThat(answers[99]).isGreaterThan(answers[0]);
        }
    }

    @Test
    void ordersWithinAGroupThoughLevelsDifferBetweenGroups() throws Exception {
        var random = new Random(4);
        var examples = new ArrayList<LabelledRows.Row>();
        for (int i = 0; i < 1200; i++) {
            int group = i % 100;
            float wanted = random.nextInt(3);
            examples.add(new LabelledRows.Row(
                    new float[] {wanted + 0.2f * (float) random.nextGaussian(), 0, 0}, wanted, 1, "query " + group));
        }
        try (Predictor trees = grown(spec(new Objective.Order(), Map.of()), new LabelledRows(examples), NONE)) {
            float[] scores = trees.predict(new Tensor(new long[] {3, 3}, new float[] {0, 0, 0, 1, 0, 0, 2, 0, 0}))
                    .values();
            assertThat(scores[0]).isLessThan(scores[1]);
            assertThat(scores[1]).isLessThan(scores[2]);
        }
    }

    @Test
    void classesShareOneProbabilityAndMissingValuesAreAnswered() throws Exception {
        ToDoubleFunction<float[]> law = row -> row[0] < -0.4 ? 0 : row[0] < 0.4 ? 1 : 2;
        try (Predictor trees = grown(spec(new Objective.Classes(3), Map.of()), rows(law, 600, 1), NONE)) {
            float[] answers = trees.predict(new Tensor(
                            new long[] {3, 3}, new float[] {-1, 0, 0, 1, 0, 0, Float.NaN, Float.NaN, Float.NaN}))
                    .values();
            assertThat(answers[0]).isGreaterThan(0.8f);
            assertThat(answers[5]).isGreaterThan(0.8f);
            for (int row = 0; row < 3; row++) {
                assertThat(answers[row * 3] + answers[row * 3 + 1] + answers[row * 3 + 2])
                        .isCloseTo(1f, within(1e-4f));
            }
        }
    }

    @Test
    void stopsEarlyAndIsTheSameTwice() throws Exception {
        var noise = new Random(6);
        ToDoubleFunction<float[]> law = row -> noise.nextBoolean() ? 1 : 0;
        LabelledRows examples = rows(law, 300, 1);
        LabelledRows stopping = rows(law, 200, 2);
        var spec = spec(new Objective.Probability(), Map.of());
        long kept;
        try (Predictor trees = grown(spec, examples, stopping)) {
            kept = trees.parameters();
        }
        byte[] first = Files.readAllBytes(folder.resolve("trees.ubj"));
        try (Predictor all = grown(spec, examples, NONE)) {
            assertThat(kept).as("there is nothing to learn").isLessThan(all.parameters() / 2);
        }
        grown(spec, examples, stopping).close();
        assertThat(Files.readAllBytes(folder.resolve("trees.ubj"))).isEqualTo(first);
    }

    @Test
    void saysWhatDoesNotFit() throws Exception {
        var growing = new TreeGrowing(spec(new Objective.Probability(), Map.of()));
        assertThatThrownBy(() -> growing.grow(NONE, NONE, folder, Checkpoints.NONE, Progress.SILENT))
                .hasMessageContaining("no examples");
        assertThatThrownBy(() -> growing.grow(rows(row -> 2, 5, 1), NONE, folder, Checkpoints.NONE, Progress.SILENT))
                .hasMessageContaining("label 2.0");
        assertThatThrownBy(() -> new TreeGrowing(spec(new Objective.Mean(), Map.of("z", 1))))
                .hasMessageContaining("feature z");
        try (Predictor trees =
                grown(spec(new Objective.Probability(), Map.of()), rows(row -> row[0] > 0 ? 1 : 0, 50, 1), NONE)) {
            assertThatThrownBy(() -> trees.predict(new Tensor(new long[] {1, 2}, new float[2])))
                    .hasMessageContaining("wants shape [rows, 3], got [1, 2]");
        }
    }

    @Test
    void aDamagedArtifactIsRefused() throws Exception {
        grown(spec(new Objective.Mean(), Map.of()), rows(row -> row[0], 50, 1), NONE)
                .close();
        byte[] trees = Files.readAllBytes(folder.resolve("trees.ubj"));
        for (byte[] damaged : List.of(new byte[0], Arrays.copyOf(trees, trees.length / 2), new byte[1000])) {
            Files.write(folder.resolve("trees.ubj"), damaged);
            assertThatThrownBy(() -> Predictor.open(ModelFiles.folder(folder)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("SHA-256");
        }
        Files.writeString(folder.resolve("model.json"), "{\"format\": \"pickle\"}");
        assertThatThrownBy(() -> Predictor.open(ModelFiles.folder(folder))).hasMessageContaining("pickle");
    }

    private Predictor grown(TreeSpec spec, LabelledRows examples, LabelledRows stopping) throws IOException {
        new TreeGrowing(spec).grow(examples, stopping, folder, Checkpoints.NONE, Progress.SILENT);
        return Predictor.open(ModelFiles.folder(folder));
    }

    private static TreeSpec spec(Objective objective, Map<String, Integer> monotone) {
        return new TreeSpec(
                "trial", "1", List.of("a", "b", "c"), objective, monotone, 60, 10, 4, 0.2, 0.9, 1, 1, 1, 42);
    }

    private static LabelledRows rows(ToDoubleFunction<float[]> law, int count, long seed) {
        var random = new Random(seed);
        var rows = new ArrayList<LabelledRows.Row>();
        for (int i = 0; i < count; i++) {
            float[] features = {
                (float) random.nextGaussian(), (float) random.nextGaussian(), (float) random.nextGaussian()
            };
            rows.add(new LabelledRows.Row(features, (float) law.applyAsDouble(features), 1, "all"));
        }
        return new LabelledRows(rows);
    }

    private static Tensor tensor(LabelledRows rows) {
        float[] values = new float[rows.rows().size() * 3];
        for (int i = 0; i < rows.rows().size(); i++) {
            System.arraycopy(rows.rows().get(i).features(), 0, values, i * 3, 3);
        }
        return new Tensor(new long[] {rows.rows().size(), 3}, values);
    }
}
