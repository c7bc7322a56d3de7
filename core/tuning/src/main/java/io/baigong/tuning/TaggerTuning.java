package io.baigong.tuning;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.baigong.compute.BaseEncoder;
import io.baigong.compute.TaggerArtifact;
import io.baigong.compute.Tensor;
import io.baigong.spi.LabelledText;
import io.baigong.spi.Progress;
import io.baigong.spi.TokenTaggerSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Tunes a token classifier: a base encoder's upper blocks and one sigmoid per label on each token.
 *
 * <p>Binary cross-entropy; a labelled token counts more the shorter its span is, so that a date is not drowned by a page.
 * AdamW (Loshchilov and Hutter 2019, arXiv 1711.05101) with linear warm-up over a tenth of the steps and linear decay.
 */
public final class TaggerTuning {
    /** Class and separator tokens of BERT's vocabulary, uncased. */
    private static final long CLS = 101;

    private static final long SEP = 102;

    private static final float WARM_UP = 0.1f;

    /** Steps between two figures of the loss that are told. */
    private static final int MEASURE_EVERY = 10;

    private static final float WEIGHT_DECAY = 0.01f;
    private static final float PADDING = -1e9f;
    private static final float DROPOUT = 0.1f;

    /** A span of this many tokens counts twice; a shorter one more, a longer one less. */
    private static final float SPAN_TOKENS = 12f;

    private static final String HEAD = "classifier";

    private final TokenTaggerSpec spec;
    private final BaseEncoder base;

    /** Throws {@link IllegalArgumentException} when the base is not known. */
    public TaggerTuning(TokenTaggerSpec spec) {
        this.spec = spec;
        this.base = BaseEncoder.of(spec.base());
        if (spec.maxTokens() + 2 > base.maxTokens()) {
            throw new IllegalArgumentException("a window of %d tokens and two markers is longer than the %d of %s"
                    .formatted(spec.maxTokens(), base.maxTokens(), base.name()));
        }
    }

    /** Learns from the examples and writes the artifact to the folder. */
    public void tune(List<LabelledText> examples, Path out, Progress progress) throws IOException {
        Engine engine = Engine.getEngine("PyTorch");
        engine.setRandomSeed((int) spec.seed());
        WindowedExamples windows;
        try (var tokenizer = base.tokenizer()) {
            windows = new WindowedExamples(spec, examples, tokenizer);
        }
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            var bert = new BertTraining(base, base.weights(), spec.layers(), spec.frozenLayers(), manager);
            NDArray head = manager.randomNormal(
                    0, 0.02f, new Shape(spec.labels().size(), base.width()), ai.djl.ndarray.types.DataType.FLOAT32);
            NDArray bias = manager.zeros(new Shape(spec.labels().size())).sub(4f);
            head.setRequiresGradient(true);
            bias.setRequiresGradient(true);
            List<List<WindowedExamples.Window>> epochs = IntStream.range(0, spec.epochs())
                    .mapToObj(epoch -> windows.epoch(new Random(spec.seed() + epoch)))
                    .toList();
            int total = epochs.stream().mapToInt(order -> steps(order.size())).sum();
            Optimizer bodyOptimizer = optimizer(spec.learningRate(), total);
            Optimizer headOptimizer = optimizer(spec.headLearningRate(), total);
            int step = 0;
            double loss = Double.NaN;
            for (int epoch = 0; epoch < spec.epochs(); epoch++) {
                List<WindowedExamples.Window> order = epochs.get(epoch);
                for (int from = 0; from < order.size(); from += spec.batchWindows()) {
                    var batch = order.subList(from, Math.min(order.size(), from + spec.batchWindows()));
                    double now;
                    try (NDManager scope = manager.newSubManager();
                            GradientCollector gradients = engine.newGradientCollector()) {
                        now = learn(bert, head, bias, batch, scope, gradients);
                    }
                    update(bert.tuned(), bodyOptimizer);
                    update(Map.of(HEAD + ".weight", head, HEAD + ".bias", bias), headOptimizer);
                    loss = Double.isNaN(loss) ? now : 0.98 * loss + 0.02 * now;
                    step++;
                    progress.at(
                            (double) step / total,
                            String.format(Locale.ROOT, "epoch %d of %d, loss %.4f", epoch + 1, spec.epochs(), loss));
                    if (step % MEASURE_EVERY == 0 || step == total) {
                        progress.measured("training loss", (double) step * spec.epochs() / total, loss);
                    }
                }
                save(bert, head, bias, out);
            }
        }
    }

    /** Writes what has been learned so far; the last epoch's is the artifact. */
    private void save(BertTraining bert, NDArray head, NDArray bias, Path out) throws IOException {
        var tensors = new LinkedHashMap<String, Tensor>(bert.tunedTensors());
        tensors.put(HEAD + ".weight", tensor(head).transposed());
        tensors.put(HEAD + ".bias", tensor(bias));
        new TaggerArtifact(spec.name(), spec.version(), spec.base(), spec.labels(), spec.layers(), spec.maxTokens())
                .write(out, tensors);
    }

    private static Tensor tensor(NDArray array) {
        return new Tensor(array.getShape().getShape(), array.toFloatArray());
    }

    private int steps(int windows) {
        return (windows + spec.batchWindows() - 1) / spec.batchWindows();
    }

    private static Optimizer optimizer(double peak, int steps) {
        float warmUp = Math.max(1, WARM_UP * steps);
        Tracker rate = step -> (float) (peak * Math.min(step / warmUp, Math.max(0, (steps - step) / (steps - warmUp))));
        return Optimizer.adamW()
                .optLearningRateTracker(rate)
                .optWeightDecays(WEIGHT_DECAY)
                .build();
    }

    private static void update(Map<String, NDArray> arrays, Optimizer optimizer) {
        arrays.forEach((name, array) -> {
            try (NDArray gradient = array.getGradient()) {
                optimizer.update(name, array, gradient);
                gradient.muli(0);
            }
        });
    }

    private double learn(
            BertTraining bert,
            NDArray head,
            NDArray bias,
            List<WindowedExamples.Window> batch,
            NDManager scope,
            GradientCollector gradients) {
        int tokens = 2;
        for (var window : batch) {
            tokens = Math.max(tokens, window.end() - window.start() + 2);
        }
        int labels = spec.labels().size();
        long[] ids = new long[batch.size() * tokens];
        float[] mask = new float[batch.size() * tokens];
        float[] real = new float[batch.size() * tokens];
        float[] wanted = new float[batch.size() * tokens * labels];
        float[] weight = new float[batch.size() * tokens * labels];
        java.util.Arrays.fill(mask, PADDING);
        java.util.Arrays.fill(weight, 1f);
        float counted = 0;
        for (int row = 0; row < batch.size(); row++) {
            var window = batch.get(row);
            int length = window.end() - window.start();
            int at = row * tokens;
            ids[at] = CLS;
            System.arraycopy(window.example().text().ids(), window.start(), ids, at + 1, length);
            ids[at + length + 1] = SEP;
            java.util.Arrays.fill(mask, at, at + length + 2, 0f);
            java.util.Arrays.fill(real, at + 1, at + 1 + length, 1f);
            counted += length;
            for (var span : window.example().spans()) {
                float each = 1 + SPAN_TOKENS / (span.end() - span.start());
                for (int t = Math.max(span.start(), window.start()); t < Math.min(span.end(), window.end()); t++) {
                    int cell = (at + 1 + t - window.start()) * labels + span.label();
                    wanted[cell] = 1f;
                    weight[cell] = Math.max(weight[cell], each);
                }
            }
        }
        NDArray x = bert.forward(
                scope.create(ids, new Shape(batch.size(), tokens)),
                scope.create(mask, new Shape(batch.size(), 1, 1, tokens)));
        NDArray logits = BertTraining.linear(Dropout.dropout(x, DROPOUT, true).singletonOrThrow(), head, bias);
        Shape shape = new Shape(batch.size(), tokens, labels);
        NDArray z = scope.create(wanted, shape);
        NDArray loss = Activation.relu(logits)
                .sub(logits.mul(z))
                .add(logits.abs().neg().exp().add(1).log())
                .mul(scope.create(weight, shape))
                .mul(scope.create(real, new Shape(batch.size(), tokens, 1)))
                .sum()
                .div(scope.create(counted)); // an array, not a number: see NetLoss
        gradients.backward(loss);
        return loss.getFloat();
    }
}
