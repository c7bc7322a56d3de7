package io.baigong.manufacturing.maintenance.process;

import io.baigong.manufacturing.maintenance.training.CrossFit;
import io.baigong.spi.LabelledRows;
import io.baigong.spi.LabelledRows.Row;
import io.baigong.spi.TrainingContext;
import io.baigong.spi.TrainingRecipe;
import io.baigong.spi.TreeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the model of process failures is made from AI4I 2020; ten folds over products give its threshold and figures. */
public final class ProcessFailureRecipe implements TrainingRecipe {
    private static final int FOLDS = 10;

    @Override
    public String benchmark() {
        return "ai4i2020";
    }

    @Override
    public void train(Path data, Path out, TrainingContext context) throws IOException {
        List<MachiningFile.Product> products = Ai4iBenchmark.read(data);
        var rows = new ArrayList<Row>();
        for (int i = 0; i < products.size(); i++) {
            rows.add(new Row(
                    products.get(i).machining().features(),
                    products.get(i).failed().orElseThrow() ? 1 : 0,
                    1,
                    String.valueOf(i)));
        }
        Path folder = Files.createDirectories(out.resolve(ProcessFailure.ROLE));
        TreeSpec spec = spec(context.seed());
        float[][] answers = new CrossFit(
                        context, ProcessFailure.ROLE, spec, FOLDS, row -> Integer.parseInt(row) % FOLDS)
                .predict(rows, rows, context.progress().part(0, 0.85));
        double threshold = threshold(answers, products);
        double[] figures = Ai4iBenchmark.values(judged(answers, products, threshold));
        context.growTrees(
                spec,
                new LabelledRows(rows),
                new LabelledRows(List.of()),
                folder,
                context.progress().part(0.85, 1));
        new ProcessFailure.Beside(threshold).write(folder);
        Files.writeString(folder.resolve("README.md"), card(spec, products.size(), threshold, figures));
        context.progress().at(1, "done");
    }

    private static TreeSpec spec(long seed) {
        return new TreeSpec(
                "process-failure",
                "1",
                Machining.names(),
                new TreeSpec.Objective.Probability(),
                Map.of("strain_margin", -1, "tool_wear", 1),
                400,
                0,
                5,
                0.05,
                0.7,
                0.7,
                2,
                1,
                seed);
    }

    private static List<Ai4iBenchmark.Judged> judged(
            float[][] answers, List<MachiningFile.Product> products, double threshold) {
        var judged = new ArrayList<Ai4iBenchmark.Judged>();
        for (int i = 0; i < answers.length; i++) {
            judged.add(Ai4iBenchmark.Judged.of(products.get(i), answers[i][0], threshold));
        }
        return judged;
    }

    /** The middle of the thresholds, in steps of 0.01, whose F1 is all but the best. */
    private static double threshold(float[][] answers, List<MachiningFile.Product> products) {
        double[] f1 = new double[100];
        double best = 0;
        for (int i = 1; i < 100; i++) {
            f1[i] = Ai4iBenchmark.counts(judged(answers, products, i / 100.0)).f1();
            best = Math.max(best, f1[i]);
        }
        var good = new ArrayList<Integer>();
        for (int i = 1; i < 100; i++) {
            if (f1[i] >= best - 0.005) {
                good.add(i);
            }
        }
        return good.get(good.size() / 2) / 100.0;
    }

    private static String card(TreeSpec spec, int products, double threshold, double[] figures) {
        return String.format(
                Locale.ROOT,
                """
                # %s %s

                Probability that a milling process fails for a product, from temperatures, speed, torque and tool wear.

                - **Kind**: gradient-boosted trees (XGBoost), %d rounds of depth %d, learning rate %s, on %d features.
                - **Data**: AI4I 2020 Predictive Maintenance Dataset (Matzka, UCI Machine Learning Repository, doi 10.24432/C5HS5C),
                  %d products, CC BY 4.0.
                - **Licence of this model**: CC BY 4.0; name Stephan Matzka.
                - **Made by**: `./baigong train manufacturing.predictive-maintenance --benchmark ai4i2020 --data DATA --out DIR --seed %d`.
                - **Threshold**: %.2f, that of the best F1 on products not seen.
                - **Measured** by %d folds over products: F1 %.3f, average precision %.3f, precision %.3f, recall %.3f.
                - **Limits**: simulated by its authors. The causes (TWF, HDF, PWF, OSF, RNF) are not inputs; random failures (RNF) can't be
                  foreseen, and most failures of tool wear only as likely within a window of wear.
                """,
                spec.name(),
                spec.version(),
                spec.rounds(),
                spec.depth(),
                spec.learningRate(),
                spec.features().size(),
                products,
                spec.seed(),
                threshold,
                FOLDS,
                figures[0],
                figures[1],
                figures[2],
                figures[3]);
    }
}
