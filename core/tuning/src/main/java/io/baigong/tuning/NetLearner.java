package io.baigong.tuning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.baigong.spi.NetSpec;
import io.baigong.spi.TensorExamples;
import io.baigong.spi.TensorExamples.Example;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** A net while it learns. */
final class NetLearner implements Learner {
    private static final double WARM_UP = 0.05;

    private final NetSpec spec;
    private final TensorExamples examples;
    private final Engine engine;
    private final NDManager manager;
    private final SavedRandom random;
    private final NetArrays net;
    private final AdamW optimizer;
    private final List<Integer> order;
    private final List<Integer> heldOut;

    /** The arrays belong to the manager. */
    NetLearner(NetSpec spec, TensorExamples examples, Engine engine, NDManager manager) {
        this.spec = spec;
        this.examples = examples;
        this.engine = engine;
        this.manager = manager;
        random = new SavedRandom(spec.seed());
        net = new NetArrays(spec, examples, random, manager);
        optimizer = new AdamW(net.learned());
        List<Integer> all = IntStream.range(0, examples.size()).boxed().toList();
        Set<Integer> held = HeldOut.of(spec.stopping(), all, spec.seed());
        heldOut = List.copyOf(held);
        order = new ArrayList<>(
                all.stream().filter(index -> !held.contains(index)).toList());
    }

    NetArrays net() {
        return net;
    }

    private int steps() {
        return (order.size() + spec.batch() - 1) / spec.batch();
    }

    @Override
    public long total() {
        return (long) steps() * spec.epochs();
    }

    @Override
    public int begin(int epoch) {
        Collections.shuffle(order, random);
        return steps();
    }

    private List<Example> batch(List<Integer> of, int index, Random with) {
        int from = index * spec.batch();
        return of.subList(from, Math.min(of.size(), from + spec.batch())).stream()
                .map(example -> examples.example(example, with))
                .toList();
    }

    private NDArray loss(List<Example> batch, boolean training, NDManager scope) {
        return NetLoss.of(spec.objective(), net.forward(net.input(batch, scope), training), batch, scope);
    }

    @Override
    public double learn(int epoch, int index, long step) {
        List<Example> batch = batch(order, index, random);
        StepSeed.set(engine, spec.seed(), step);
        double loss;
        try (NDManager scope = manager.newSubManager();
                GradientCollector gradients = engine.newGradientCollector()) {
            NDArray error = loss(batch, true, scope);
            gradients.backward(error);
            loss = error.getFloat();
        }
        optimizer.update(step + 1, new AdamW.Rates() {
            @Override
            public double rate(String weight) {
                return NetLearner.this.rate(step + 1);
            }

            @Override
            public double decay(String weight) {
                return weight.endsWith("weight") ? spec.weightDecay() : 0;
            }
        });
        return loss;
    }

    private double rate(long step) {
        double warmUp = Math.max(1, WARM_UP * total());
        return spec.learningRate()
                * Math.min((step + 1) / warmUp, 0.5 * (1 + Math.cos(Math.PI * Math.min(1, (double) step / total()))));
    }

    @Override
    public double heldOut() {
        var same = new Random(spec.seed()); // the same views after each epoch
        double sum = 0;
        for (int index = 0; index * spec.batch() < heldOut.size(); index++) {
            List<Example> batch = batch(heldOut, index, same);
            try (NDManager scope = manager.newSubManager()) {
                sum += batch.size() * (double) loss(batch, false, scope).getFloat();
            }
        }
        return heldOut.isEmpty() ? Double.NaN : sum / heldOut.size();
    }

    @Override
    public Map<String, float[]> weights() {
        return Numbers.copy(net.learned());
    }

    @Override
    public void setWeights(Map<String, float[]> weights) {
        net.learned().forEach((name, array) -> Numbers.set(array, Objects.requireNonNull(weights.get(name))));
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        random.save(out);
        for (int index : order) {
            out.writeInt(index);
        }
        optimizer.save(out);
    }

    @Override
    public void restore(DataInputStream in) throws IOException {
        random.restore(in);
        for (int i = 0; i < order.size(); i++) {
            order.set(i, in.readInt());
        }
        optimizer.restore(in);
    }
}
