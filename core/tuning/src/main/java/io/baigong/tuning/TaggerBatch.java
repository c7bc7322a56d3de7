package io.baigong.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Arrays;
import java.util.List;

/** Windows of a step as arrays, and the loss of what is answered to them. */
final class TaggerBatch {
    /** Class and separator tokens of BERT's vocabulary, uncased. */
    private static final long CLS = 101;

    private static final long SEP = 102;
    private static final float PADDING = -1e9f;

    /** A span of this many tokens counts twice; a shorter one more, a longer one less. */
    private static final float SPAN_TOKENS = 12f;

    private final int rows;
    private final int tokens;
    private final int labels;
    private final long[] ids;
    private final float[] mask;
    private final float[] real;
    private final float[] wanted;
    private final float[] weight;
    private final float teachers;
    private float counted;

    /** @param teachers share of soft labels in what is wanted, where there are some */
    TaggerBatch(List<WindowedExamples.Window> windows, int labels, float teachers) {
        this.teachers = teachers;
        this.rows = windows.size();
        this.labels = labels;
        this.tokens = windows.stream()
                        .mapToInt(window -> window.end() - window.start())
                        .max()
                        .orElse(0)
                + 2;
        ids = new long[rows * tokens];
        mask = new float[rows * tokens];
        real = new float[rows * tokens];
        wanted = new float[rows * tokens * labels];
        weight = new float[rows * tokens * labels];
        Arrays.fill(mask, PADDING);
        Arrays.fill(weight, 1f);
        for (int row = 0; row < rows; row++) {
            add(windows.get(row), row * tokens);
        }
    }

    private void add(WindowedExamples.Window window, int at) {
        int length = window.end() - window.start();
        ids[at] = CLS;
        System.arraycopy(window.example().text().ids(), window.start(), ids, at + 1, length);
        ids[at + length + 1] = SEP;
        Arrays.fill(mask, at, at + length + 2, 0f);
        Arrays.fill(real, at + 1, at + 1 + length, 1f);
        counted += length;
        for (var span : window.example().spans()) {
            float each = 1 + SPAN_TOKENS / (span.end() - span.start());
            for (int t = Math.max(span.start(), window.start()); t < Math.min(span.end(), window.end()); t++) {
                int cell = (at + 1 + t - window.start()) * labels + span.label();
                wanted[cell] = 1f;
                weight[cell] = Math.max(weight[cell], each);
            }
        }
        SoftLabels soft = window.example().soft();
        if (soft != null) {
            int from = window.start() * labels;
            int first = (at + 1) * labels;
            for (int cell = first; cell < first + length * labels; cell++) {
                wanted[cell] *= 1 - teachers;
            }
            soft.within(from, window.end() * labels, (cell, sure) -> wanted[first + cell - from] += teachers * sure);
        }
    }

    /** Tokens that are no padding and no markers. */
    float counted() {
        return counted;
    }

    /** {@code [windows, tokens]}. */
    NDArray ids(NDManager scope) {
        return scope.create(ids, new Shape(rows, tokens));
    }

    /** {@code [windows, 1, 1, tokens]}, 0 for a token and a large negative number for padding. */
    NDArray mask(NDManager scope) {
        return scope.create(mask, new Shape(rows, 1, 1, tokens));
    }

    /**
     * Weighted binary cross-entropy, a mean over the tokens.
     *
     * @param logits {@code [windows, tokens, labels]}
     */
    NDArray loss(NDArray logits, NDManager scope) {
        Shape shape = new Shape(rows, tokens, labels);
        return Activation.relu(logits)
                .sub(logits.mul(scope.create(wanted, shape)))
                .add(logits.abs().neg().exp().add(1).log())
                .mul(scope.create(weight, shape))
                .mul(scope.create(real, new Shape(rows, tokens, 1)))
                .sum()
                .div(scope.create(counted)); // an array, not a number: see NetLoss
    }
}
