package io.baigong.tuning;

import io.baigong.compute.ModelFiles;
import io.baigong.compute.TreeArtifact;
import io.baigong.spi.LabelledRows;
import io.baigong.spi.LabelledRows.Row;
import io.baigong.spi.Progress;
import io.baigong.spi.TreeSpec;
import io.baigong.spi.TreeSpec.Objective;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Grows gradient-boosted trees with XGBoost, by histograms, stopping early where it is told what to stop by. */
public final class TreeGrowing {
    private final TreeSpec spec;

    public TreeGrowing(TreeSpec spec) {
        this.spec = spec;
        for (String feature : spec.monotone().keySet()) {
            if (!spec.features().contains(feature)) {
                throw new IllegalArgumentException("feature " + feature + " is to be monotone, but is none of the "
                        + spec.features().size() + " features");
            }
        }
    }

    /**
     * Learns from the examples and writes the artifact to the folder.
     *
     * <p>Throws {@link IllegalArgumentException} when rows or labels do not fit the specification.
     */
    public void grow(LabelledRows examples, LabelledRows stopping, Path out, Checkpoints checkpoints, Progress progress)
            throws IOException {
        if (examples.rows().isEmpty()) {
            throw new IllegalArgumentException("there are no examples to grow trees from");
        }
        try {
            DMatrix learned = matrix(examples);
            try {
                DMatrix watched = stopping.rows().isEmpty() ? null : matrix(stopping);
                try {
                    write(new Boosting(spec, parameters(), metric(), learned, watched).run(checkpoints, progress), out);
                } finally {
                    if (watched != null) {
                        watched.dispose();
                    }
                }
            } finally {
                learned.dispose();
            }
        } catch (XGBoostError e) {
            throw new IOException("XGBoost could not grow " + spec.name() + ": " + e.getMessage(), e);
        }
    }

    private Map<String, Object> parameters() {
        var parameters = new HashMap<String, Object>();
        switch (spec.objective()) {
            case Objective.Probability() -> parameters.put("objective", "binary:logistic");
            case Objective.Classes(int classes) -> {
                parameters.put("objective", "multi:softprob");
                parameters.put("num_class", classes);
            }
            case Objective.Mean() -> parameters.put("objective", "reg:squarederror");
            case Objective.Quantiles(List<Double> levels) -> {
                parameters.put("objective", "reg:quantileerror");
                parameters.put("quantile_alpha", levels.toString());
            }
            case Objective.Order() -> parameters.put("objective", "rank:ndcg");
        }
        parameters.put("eval_metric", metric());
        parameters.put("tree_method", "hist");
        parameters.put("max_depth", spec.depth());
        parameters.put("eta", spec.learningRate());
        parameters.put("subsample", spec.rowShare());
        parameters.put("colsample_bytree", spec.featureShare());
        parameters.put("min_child_weight", spec.minChildWeight());
        parameters.put("lambda", spec.l2());
        parameters.put("verbosity", 0);
        if (!spec.monotone().isEmpty()) {
            parameters.put(
                    "monotone_constraints",
                    spec.features().stream()
                            .map(feature -> String.valueOf(spec.monotone().getOrDefault(feature, 0)))
                            .collect(Collectors.joining(",", "(", ")")));
        }
        return parameters;
    }

    private String metric() {
        return switch (spec.objective()) {
            case Objective.Probability() -> "logloss";
            case Objective.Classes _ -> "mlogloss";
            case Objective.Mean() -> "rmse";
            case Objective.Quantiles _ -> "quantile";
            case Objective.Order() -> "ndcg";
        };
    }

    private int outputs() {
        return switch (spec.objective()) {
            case Objective.Classes(int classes) -> classes;
            case Objective.Quantiles(List<Double> levels) -> levels.size();
            case Objective.Probability _, Objective.Mean _, Objective.Order _ -> 1;
        };
    }

    private DMatrix matrix(LabelledRows examples) throws XGBoostError {
        int features = spec.features().size();
        var groups = new LinkedHashMap<String, List<Row>>();
        boolean order = spec.objective() instanceof Objective.Order;
        for (Row row : examples.rows()) {
            if (row.features().length != features) {
                throw new IllegalArgumentException(
                        "a row has %d values, expected %d".formatted(row.features().length, features));
            }
            check(row.label());
            groups.computeIfAbsent(order ? row.group() : "", group -> new ArrayList<>())
                    .add(row);
        }
        List<Row> rows = groups.values().stream().flatMap(List::stream).toList();
        float[] values = new float[Math.multiplyExact(rows.size(), features)];
        float[] labels = new float[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            System.arraycopy(rows.get(i).features(), 0, values, i * features, features);
            labels[i] = rows.get(i).label();
        }
        var matrix = new DMatrix(values, labels.length, features, Float.NaN);
        try {
            matrix.setLabel(labels);
            if (order) {
                matrix.setGroup(groups.values().stream().mapToInt(List::size).toArray());
                matrix.setWeight(
                        weights(groups.values().stream().map(List::getFirst).toList()));
            } else {
                matrix.setWeight(weights(rows));
            }
        } catch (XGBoostError e) {
            matrix.dispose();
            throw e;
        }
        return matrix;
    }

    private void check(float label) {
        boolean fits = switch (spec.objective()) {
            case Objective.Probability() -> label == 0 || label == 1;
            case Objective.Classes(int classes) -> label >= 0 && label < classes && label == Math.rint(label);
            case Objective.Order() -> label >= 0 && label <= 31 && label == Math.rint(label);
            case Objective.Mean _, Objective.Quantiles _ -> Float.isFinite(label);
        };
        if (!fits) {
            throw new IllegalArgumentException("label " + label + " does not fit " + spec.objective());
        }
    }

    private static float[] weights(List<Row> rows) {
        float[] weights = new float[rows.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = rows.get(i).weight();
        }
        return weights;
    }

    private void write(byte[] trees, Path out) throws IOException, XGBoostError {
        Booster booster = XGBoost.loadModel(trees);
        long nodes = 0;
        try {
            for (String tree : booster.getModelDump("", false)) {
                nodes += tree.lines().count();
            }
        } finally {
            booster.dispose();
        }
        new TreeArtifact(
                        TreeArtifact.FORMAT,
                        spec.name(),
                        spec.version(),
                        spec.features(),
                        outputs(),
                        spec.objective() instanceof Objective.Quantiles,
                        nodes,
                        ModelFiles.sha256(() -> new ByteArrayInputStream(trees)))
                .write(out, trees);
    }
}
