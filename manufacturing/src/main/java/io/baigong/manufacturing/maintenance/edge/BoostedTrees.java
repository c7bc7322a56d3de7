package io.baigong.manufacturing.maintenance.edge;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * XGBoost's trees in plain Java, for one output: a probability or a number (Chen and Guestrin 2016, arXiv 1603.02754).
 *
 * <p>The sums are XGBoost's own, in single precision and in the order of the trees. Immutable and thread-safe.
 */
public final class BoostedTrees {
    /** Most nodes of all trees together. */
    private static final int MOST_NODES = 50_000_000;

    private final int features;
    private final float base;
    private final boolean logistic;

    /** First node of each tree. */
    private final int[] roots;

    /** Feature of an inner node; -1 for a leaf. */
    private final int[] feature;

    /** Threshold of an inner node, to the left of which a smaller value goes; value of a leaf. */
    private final float[] value;

    /** Where smaller values go, and where all others do. */
    private final int[] left;

    private final int[] right;
    private final boolean[] missingLeft;

    private BoostedTrees(Map<?, ?> learner) throws IOException {
        Map<?, ?> parameters = map(learner, "learner_model_param");
        features = (int) number(parameters, "num_feature");
        String objective = text(map(learner, "objective"), "name");
        logistic = objective.equals("binary:logistic");
        if (!logistic && !objective.equals("reg:squarederror")) {
            throw new IOException("trees for " + objective + " are not among those that can be asked here");
        }
        float given = (float) number(parameters, "base_score");
        base = logistic ? (float) -Math.log(1 / given - 1) : given;
        List<?> trees = list(map(map(learner, "gradient_booster"), "model"), "trees");
        int nodes = 0;
        for (Object tree : trees) {
            nodes += numbers(tree, "left_children").length;
            if (nodes > MOST_NODES) {
                throw new IOException("the trees have more than " + MOST_NODES + " nodes");
            }
        }
        roots = new int[trees.size()];
        feature = new int[nodes];
        value = new float[nodes];
        left = new int[nodes];
        right = new int[nodes];
        missingLeft = new boolean[nodes];
        int at = 0;
        for (int t = 0; t < roots.length; t++) {
            roots[t] = at;
            at += add(trees.get(t), at);
        }
    }

    /** Reads trees as XGBoost writes them in UBJSON. Throws {@link IOException} that says what does not fit. */
    public static BoostedTrees read(byte[] ubjson) throws IOException {
        return new BoostedTrees(map(Ubjson.object(ubjson), "learner"));
    }

    private int add(Object tree, int at) throws IOException {
        double[] lefts = numbers(tree, "left_children");
        double[] rights = numbers(tree, "right_children");
        double[] splits = numbers(tree, "split_indices");
        double[] conditions = numbers(tree, "split_conditions");
        double[] defaults = numbers(tree, "default_left");
        double[] types = numbers(tree, "split_type");
        int n = lefts.length;
        if (n == 0
                || rights.length != n
                || splits.length != n
                || conditions.length != n
                || defaults.length != n
                || types.length != n) {
            throw new IOException("a tree's nodes are not whole");
        }
        if (Arrays.stream(types).anyMatch(type -> type != 0)) {
            throw new IOException("a tree splits by category, and only splits by threshold can be asked here");
        }
        for (int i = 0; i < n; i++) {
            boolean leaf = lefts[i] < 0;
            feature[at + i] = leaf ? -1 : (int) splits[i];
            value[at + i] = (float) conditions[i];
            left[at + i] = at + (int) lefts[i];
            right[at + i] = at + (int) rights[i];
            missingLeft[at + i] = defaults[i] != 0;
            // Children come after their parent, so no walk runs in a circle.
            if (!leaf
                    && (splits[i] < 0
                            || splits[i] >= features
                            || !inside(lefts[i], i, n)
                            || !inside(rights[i], i, n))) {
                throw new IOException("a tree has a node that leads nowhere");
            }
        }
        return n;
    }

    private static boolean inside(double child, int parent, int nodes) {
        return child > parent && child < nodes;
    }

    /** Columns of a row. */
    public int features() {
        return features;
    }

    /** The answer to a row, NaN where a value is missing. */
    public float answer(float[] row) {
        if (row.length != features) {
            throw new IllegalArgumentException("expected %d values, got %d".formatted(features, row.length));
        }
        float sum = base;
        for (int node : roots) {
            while (feature[node] >= 0) {
                float x = row[feature[node]];
                boolean smaller = Float.isNaN(x) ? missingLeft[node] : x < value[node];
                node = smaller ? left[node] : right[node];
            }
            sum += value[node];
        }
        return logistic ? sigmoid(sum) : sum;
    }

    /** In single precision and with the bound of XGBoost's own (src/common/math.h). */
    private static float sigmoid(float x) {
        return 1 / ((float) Math.exp(Math.min(-x, 88.7f)) + 1);
    }

    private static Map<?, ?> map(Map<?, ?> of, String key) throws IOException {
        if (of.get(key) instanceof Map<?, ?> map) {
            return map;
        }
        throw new IOException("the trees have no " + key);
    }

    private static List<?> list(Map<?, ?> of, String key) throws IOException {
        if (of.get(key) instanceof List<?> list) {
            return list;
        }
        throw new IOException("the trees have no " + key);
    }

    private static String text(Map<?, ?> of, String key) throws IOException {
        if (of.get(key) instanceof String text) {
            return text;
        }
        throw new IOException("the trees have no " + key);
    }

    /** A number that is written as text, in brackets or not. */
    private static double number(Map<?, ?> of, String key) throws IOException {
        String text = text(of, key).replaceAll("[\\[\\]]", "");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IOException(key + " is no single number", e);
        }
    }

    private static double[] numbers(Object tree, String key) throws IOException {
        if (tree instanceof Map<?, ?> map && map.get(key) instanceof double[] numbers) {
            return numbers;
        }
        throw new IOException("a tree has no " + key);
    }
}
