package io.baigong.tuning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.GradientCollector;
import io.baigong.compute.BaseEncoder;
import io.baigong.compute.Tensor;
import io.baigong.spi.TokenTaggerSpec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** An encoder's upper blocks and a classifier of its tokens while they learn. */
final class TaggerLearner implements Learner {
    private static final float WARM_UP = 0.1f;
    private static final float WEIGHT_DECAY = 0.01f;
    private static final float DROPOUT = 0.1f;
    private static final String HEAD = "classifier.weight";
    private static final String BIAS = "classifier.bias";

    private final TokenTaggerSpec spec;
    private final Engine engine;
    private final NDManager manager;
    private final BertTraining bert;
    private final NDArray head;
    private final NDArray bias;
    private final Map<String, NDArray> learned;
    private final AdamW optimizer;
    private final WindowedExamples.Parts examples;
    private final float teachers;
    private final long total;
    private List<WindowedExamples.Window> order = List.of();

    /**
     * The arrays belong to the manager.
     *
     * @param begin the base's weights, or others of its shapes to begin with
     * @param teachers share of soft labels in what is wanted, where there are some
     */
    TaggerLearner(
            TokenTaggerSpec spec,
            BaseEncoder base,
            Map<String, Tensor> begin,
            WindowedExamples.Parts examples,
            double teachers,
            Engine engine,
            NDManager manager) {
        this.spec = spec;
        this.engine = engine;
        this.manager = manager;
        this.examples = examples;
        this.teachers = (float) teachers;
        bert = new BertTraining(base, begin, spec.layers(), spec.frozenLayers(), spec.adaptation(), manager);
        head = manager.randomNormal(0, 0.02f, new Shape(spec.labels().size(), base.width()), DataType.FLOAT32);
        bias = manager.zeros(new Shape(spec.labels().size())).sub(4f);
        head.setRequiresGradient(true);
        bias.setRequiresGradient(true);
        learned = new LinkedHashMap<>(bert.tuned());
        learned.put(HEAD, head);
        learned.put(BIAS, bias);
        optimizer = new AdamW(learned);
        total = IntStream.range(0, spec.epochs())
                .map(epoch -> steps(windows(epoch).size()))
                .sum();
    }

    BertTraining bert() {
        return bert;
    }

    private List<WindowedExamples.Window> windows(int epoch) {
        return examples.learned().epoch(new Random(spec.seed() + epoch));
    }

    private int steps(int windows) {
        return (windows + spec.batchWindows() - 1) / spec.batchWindows();
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public int begin(int epoch) {
        order = windows(epoch);
        return steps(order.size());
    }

    @Override
    public double learn(int epoch, int index, long step) {
        if (order.isEmpty()) {
            begin(epoch); // taken up within an epoch, whose order comes of its seed alone
        }
        StepSeed.set(engine, spec.seed(), step);
        double loss;
        try (NDManager scope = manager.newSubManager();
                GradientCollector gradients = engine.newGradientCollector()) {
            NDArray error = loss(batch(order, index), true, scope);
            gradients.backward(error);
            loss = error.getFloat();
        }
        optimizer.update(step + 1, new AdamW.Rates() {
            @Override
            public double rate(String weight) {
                double peak =
                        weight.equals(HEAD) || weight.equals(BIAS) ? spec.headLearningRate() : spec.learningRate();
                return TaggerLearner.this.rate(peak, step + 1);
            }

            @Override
            public double decay(String weight) {
                return WEIGHT_DECAY;
            }
        });
        return loss;
    }

    private double rate(double peak, long step) {
        float warmUp = Math.max(1, WARM_UP * total);
        return peak * Math.min(step / warmUp, Math.max(0, (total - step) / (total - warmUp)));
    }

    private TaggerBatch batch(List<WindowedExamples.Window> windows, int index) {
        int from = index * spec.batchWindows();
        return new TaggerBatch(
                windows.subList(from, Math.min(windows.size(), from + spec.batchWindows())),
                spec.labels().size(),
                teachers);
    }

    private NDArray loss(TaggerBatch batch, boolean training, NDManager scope) {
        NDArray x = bert.forward(batch.ids(scope), batch.mask(scope), training);
        NDArray kept = training ? Dropout.dropout(x, DROPOUT, true).singletonOrThrow() : x;
        return batch.loss(BertTraining.linear(kept, head, bias), scope);
    }

    @Override
    public double heldOut() {
        List<WindowedExamples.Window> windows = examples.heldOut().all();
        double sum = 0;
        double counted = 0;
        for (int index = 0; index < steps(windows.size()); index++) {
            TaggerBatch batch = batch(windows, index);
            try (NDManager scope = manager.newSubManager()) {
                sum += batch.counted() * loss(batch, false, scope).getFloat();
            }
            counted += batch.counted();
        }
        return counted == 0 ? Double.NaN : sum / counted;
    }

    @Override
    public Map<String, float[]> weights() {
        return Numbers.copy(learned);
    }

    @Override
    public void setWeights(Map<String, float[]> weights) {
        learned.forEach((name, array) -> Numbers.set(array, java.util.Objects.requireNonNull(weights.get(name))));
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        optimizer.save(out);
    }

    @Override
    public void restore(DataInputStream in) throws IOException {
        optimizer.restore(in);
    }

    /** What has been learned so far, as an artifact has it. */
    Map<String, Tensor> tensors() {
        var tensors = new LinkedHashMap<String, Tensor>(bert.tunedTensors());
        tensors.put(HEAD, tensor(head).transposed());
        tensors.put(BIAS, tensor(bias));
        return tensors;
    }

    private static Tensor tensor(NDArray array) {
        return new Tensor(array.getShape().getShape(), array.toFloatArray());
    }
}
