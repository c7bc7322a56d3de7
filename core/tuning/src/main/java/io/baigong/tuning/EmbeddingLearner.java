package io.baigong.tuning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.baigong.spi.EmbeddingSpec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/** Vectors of n-grams while they are tuned by contrast. */
final class EmbeddingLearner implements Learner {
    /** Pairs that stay together in each epoch. */
    private static final int RUN = 4;

    private static final double WARM_UP = 0.05;

    /** Added to the logit of a text that means the same, and so is no negative; no logit is above 1,000. */
    private static final float SAME = -1e4f;

    private static final String VECTORS = "vectors";

    private final EmbeddingSpec spec;
    private final Engine engine;
    private final NDManager manager;
    private final SavedRandom random;
    private final NgramVectors vectors;
    private final List<Pair> pairs;
    private final List<Pair> heldOut;

    /** Pairs as they are dealt: the numbers of runs, and the pairs of these. */
    private final List<Integer> runs;

    private List<Pair> order = List.of();

    /** A pair as n-grams, and the number of its meaning. */
    @SuppressWarnings("ArrayRecordComponent")
    record Pair(int[] text, int[] same, int meaning) {}

    EmbeddingLearner(EmbeddingSpec spec, List<Pair> all, Engine engine, NDManager manager) {
        this.spec = spec;
        this.engine = engine;
        this.manager = manager;
        random = new SavedRandom(spec.seed());
        vectors = new NgramVectors(spec.buckets(), spec.width(), random);
        Set<Integer> held =
                HeldOut.of(spec.stopping(), all.stream().map(Pair::meaning).toList(), spec.seed());
        heldOut = all.stream().filter(pair -> held.contains(pair.meaning())).toList();
        pairs = all.stream().filter(pair -> !held.contains(pair.meaning())).toList();
        runs = new ArrayList<>(
                IntStream.range(0, (pairs.size() + RUN - 1) / RUN).boxed().toList());
    }

    /** All of them, {@code [buckets, width]}. */
    float[] vectors() {
        return vectors.values();
    }

    private int steps(int count) {
        return (count + spec.batch() - 1) / spec.batch();
    }

    @Override
    public long total() {
        return (long) steps(pairs.size()) * spec.epochs();
    }

    @Override
    public int begin(int epoch) {
        Collections.sort(runs);
        Collections.shuffle(runs, random);
        order = dealt();
        return steps(order.size());
    }

    private List<Pair> dealt() {
        return runs.stream()
                .flatMap(run -> pairs.subList(run * RUN, Math.min(pairs.size(), (run + 1) * RUN)).stream())
                .toList();
    }

    private List<Pair> batch(List<Pair> of, int index) {
        return of.subList(index * spec.batch(), Math.min(of.size(), (index + 1) * spec.batch()));
    }

    @Override
    public double learn(int epoch, int index, long step) {
        List<Pair> batch = batch(order, index);
        List<int[]> texts = batch.stream().map(Pair::text).toList();
        List<int[]> sames = batch.stream().map(Pair::same).toList();
        double loss;
        try (NDManager scope = manager.newSubManager();
                GradientCollector gradients = engine.newGradientCollector()) {
            NDArray textSums = sums(texts, scope);
            NDArray sameSums = sums(sames, scope);
            textSums.setRequiresGradient(true);
            sameSums.setRequiresGradient(true);
            NDArray error = loss(textSums, sameSums, batch, scope);
            gradients.backward(error);
            loss = error.getFloat();
            vectors.add(textSums.getGradient().toFloatArray(), texts);
            vectors.add(sameSums.getGradient().toFloatArray(), sames);
        }
        vectors.update(rate(step));
        return loss;
    }

    private double rate(long step) {
        double warmUp = Math.max(1, WARM_UP * total());
        return spec.learningRate()
                * Math.min((step + 1) / warmUp, 0.5 * (1 + Math.cos(Math.PI * Math.min(1, (double) step / total()))));
    }

    private NDArray sums(List<int[]> texts, NDManager scope) {
        return scope.create(vectors.sums(texts), new Shape(texts.size(), spec.width()));
    }

    private NDArray loss(NDArray textSums, NDArray sameSums, List<Pair> batch, NDManager scope) {
        NDArray logits = unit(textSums, scope)
                .matMul(unit(sameSums, scope).transpose())
                .div(scope.create((float) spec.temperature())) // an array, not a number: see NetLoss
                .add(scope.create(sameMeaning(batch), new Shape(batch.size(), batch.size())));
        return logits.logSoftmax(1)
                .add(logits.logSoftmax(0))
                .mul(scope.eye(batch.size()))
                .sum()
                .div(scope.create(-2f * batch.size()));
    }

    /** 0 for a pair's own and for a negative, {@code [pairs, pairs]}. */
    private static float[] sameMeaning(List<Pair> batch) {
        int size = batch.size();
        float[] same = new float[size * size];
        IntStream.range(0, size * size)
                .filter(cell -> cell / size != cell % size
                        && batch.get(cell / size).meaning()
                                == batch.get(cell % size).meaning())
                .forEach(cell -> same[cell] = SAME);
        return same;
    }

    private static NDArray unit(NDArray sums, NDManager scope) {
        NDArray squares = sums.square().sum(new int[] {1}, true);
        return sums.div(squares.add(scope.create(1e-12f)).sqrt());
    }

    @Override
    public double heldOut() {
        double sum = 0;
        for (int index = 0; index < steps(heldOut.size()); index++) {
            List<Pair> batch = batch(heldOut, index);
            try (NDManager scope = manager.newSubManager()) {
                NDArray texts = sums(batch.stream().map(Pair::text).toList(), scope);
                NDArray sames = sums(batch.stream().map(Pair::same).toList(), scope);
                sum += batch.size() * (double) loss(texts, sames, batch, scope).getFloat();
            }
        }
        return heldOut.isEmpty() ? Double.NaN : sum / heldOut.size();
    }

    @Override
    public Map<String, float[]> weights() {
        return Map.of(VECTORS, vectors.values().clone());
    }

    @Override
    public void setWeights(Map<String, float[]> weights) {
        float[] kept = Objects.requireNonNull(weights.get(VECTORS));
        System.arraycopy(kept, 0, vectors.values(), 0, kept.length);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        random.save(out);
        for (int run : runs) {
            out.writeInt(run);
        }
        vectors.save(out);
    }

    @Override
    public void restore(DataInputStream in) throws IOException {
        random.restore(in);
        for (int i = 0; i < runs.size(); i++) {
            runs.set(i, in.readInt());
        }
        order = dealt();
        vectors.restore(in);
    }
}
