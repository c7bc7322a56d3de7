package io.baigong.manufacturing.maintenance.training;

import io.baigong.manufacturing.TemporaryFolder;
import io.baigong.spi.LabelledRows;
import io.baigong.spi.LabelledRows.Row;
import io.baigong.spi.Models;
import io.baigong.spi.Progress;
import io.baigong.spi.Tensor;
import io.baigong.spi.TrainingContext;
import io.baigong.spi.TreeSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Answers of trees for rows of groups that they have not seen: each fold's by trees grown on the others.
 *
 * @param role a role of the task, which the trees of a fold fill for a while
 * @param fold of a group, in {@code [0, folds)}
 */
public record CrossFit(TrainingContext context, String role, TreeSpec spec, int folds, ToIntFunction<String> fold) {
    /**
     * Grows and asks.
     *
     * @param examples to learn from
     * @param asked to answer; a row is answered by trees that saw none of its group
     * @return {@code [asked, outputs]}
     */
    public float[][] predict(List<Row> examples, List<Row> asked, Progress progress) throws IOException {
        float[][] answers = new float[asked.size()][];
        for (int f = 0; f < folds; f++) {
            int held = f;
            List<Row> learned = examples.stream()
                    .filter(row -> fold.applyAsInt(row.group()) != held)
                    .toList();
            List<Integer> rows = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                if (fold.applyAsInt(asked.get(i).group()) == held) {
                    rows.add(i);
                }
            }
            if (rows.isEmpty()) {
                continue;
            }
            try (var folder = new TemporaryFolder()) {
                context.growTrees(
                        spec, new LabelledRows(learned), new LabelledRows(List.of()), folder.path(), part(progress, f));
                Models models = context.modelsWith(role, folder.path());
                float[][] features =
                        rows.stream().map(i -> asked.get(i).features()).toArray(float[][]::new);
                Tensor answer = models.predict(
                        role, Tensor.ofRows(features, spec.features().size()));
                int outputs = answer.shape()[1];
                for (int i = 0; i < rows.size(); i++) {
                    float[] row = new float[outputs];
                    for (int o = 0; o < outputs; o++) {
                        row[o] = answer.at(i, o);
                    }
                    answers[rows.get(i)] = row;
                }
            }
        }
        return answers;
    }

    private Progress part(Progress whole, int f) {
        Progress part = whole.part((double) f / folds, (f + 1.0) / folds);
        return new Progress() {
            @Override
            public void at(double share, String what) {
                part.at(share, "fold " + (f + 1) + " of " + folds + ": " + what);
            }

            @Override
            public void measured(String metric, double step, double value) {
                part.measured(metric, step, value);
            }
        };
    }
}
