package io.baigong.tuning;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.baigong.compute.EmbeddingArtifact;
import io.baigong.compute.Tensor;
import io.baigong.compute.TextNgrams;
import io.baigong.spi.EmbeddingSpec;
import io.baigong.spi.Progress;
import io.baigong.spi.TextPair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Tunes text embeddings by contrast: of all texts on the other side of a batch, a text's own is to be the nearest, both ways
 * (InfoNCE, arXiv 1807.03748; symmetric as in CLIP, arXiv 2103.00020, section 2.3).
 *
 * <p>The vectors begin at random, so that a text begins as its n-grams, hashed. Pairs that stand beside each other are dealt to a batch together.
 */
public final class EmbeddingTuning {
    /** Pairs that stay together in each epoch. */
    private static final int RUN = 4;

    private static final double WARM_UP = 0.05;

    /** Steps between two figures of the loss that are told. */
    private static final int MEASURE_EVERY = 10;

    /** Added to the logit of a text that means the same, and so is no negative; no logit is above 1,000. */
    private static final float SAME = -1e4f;

    private final EmbeddingSpec spec;

    public EmbeddingTuning(EmbeddingSpec spec) {
        this.spec = spec;
    }

    /** A pair as n-grams, and the number of its meaning. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Pair(int[] text, int[] same, int meaning) {}

    /**
     * Learns from the pairs and writes the artifact to the folder.
     *
     * <p>Throws {@link IllegalArgumentException} when a text has no letters or digits, or there are less than two meanings, between
     * which there is no contrast; {@link IOException} when the vectors grow without bound.
     */
    public void tune(List<TextPair> texts, Path out, Progress progress) throws IOException {
        List<Pair> pairs = pairs(texts);
        Engine engine = Engine.getEngine("PyTorch");
        var random = new Random(spec.seed());
        var vectors = new NgramVectors(spec.buckets(), spec.width(), random);
        int perEpoch = (pairs.size() + spec.batch() - 1) / spec.batch();
        long total = (long) perEpoch * spec.epochs();
        long step = 0;
        double loss = Double.NaN;
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            for (int epoch = 0; epoch < spec.epochs(); epoch++) {
                List<Pair> order = dealt(pairs, random);
                for (int from = 0; from < order.size(); from += spec.batch()) {
                    List<Pair> batch = order.subList(from, Math.min(order.size(), from + spec.batch()));
                    double now = learn(batch, vectors, rate(step, total), engine, manager);
                    if (!Double.isFinite(now)) {
                        throw diverged(step);
                    }
                    loss = Double.isNaN(loss) ? now : 0.98 * loss + 0.02 * now;
                    step++;
                    progress.at(
                            (double) step / total,
                            String.format(Locale.ROOT, "epoch %d of %d, loss %.4f", epoch + 1, spec.epochs(), loss));
                    if (step % MEASURE_EVERY == 0 || step == total) {
                        progress.measured("training loss", (double) step / perEpoch, loss);
                    }
                }
            }
        }
        if (!EmbeddingArtifact.keeps(vectors.values())) {
            throw diverged(step);
        }
        new EmbeddingArtifact(EmbeddingArtifact.FORMAT, spec.name(), spec.version(), spec.width())
                .write(out, new Tensor(new long[] {spec.buckets(), spec.width()}, vectors.values()));
    }

    private IOException diverged(long step) {
        return new IOException("the tuning of %s diverged at step %d; a smaller learning rate may hold it"
                .formatted(spec.name(), step));
    }

    private List<Pair> pairs(List<TextPair> texts) {
        var ngrams = new TextNgrams(spec.buckets());
        var meanings = new HashMap<String, Integer>();
        var pairs = new ArrayList<Pair>();
        for (TextPair each : texts) {
            int[] text = ngrams.of(each.text());
            int[] same = ngrams.of(each.same());
            if (text.length == 0 || same.length == 0) {
                throw new IllegalArgumentException(
                        "pair %d of %d has a text without letters or digits, which has no n-grams: leave it out"
                                .formatted(pairs.size() + 1, texts.size()));
            }
            pairs.add(new Pair(text, same, meanings.computeIfAbsent(each.meaning(), m -> meanings.size())));
        }
        if (meanings.size() < 2) {
            throw new IllegalArgumentException(
                    "embeddings are tuned on pairs of at least two meanings, not " + meanings.size());
        }
        return pairs;
    }

    /** The pairs in runs of neighbours, shuffled. */
    private static List<Pair> dealt(List<Pair> pairs, Random random) {
        var runs = new ArrayList<List<Pair>>();
        for (int from = 0; from < pairs.size(); from += RUN) {
            runs.add(pairs.subList(from, Math.min(pairs.size(), from + RUN)));
        }
        Collections.shuffle(runs, random);
        return runs.stream().flatMap(List::stream).toList();
    }

    private double rate(long step, long total) {
        double warmUp = Math.max(1, WARM_UP * total);
        return spec.learningRate()
                * Math.min((step + 1) / warmUp, 0.5 * (1 + Math.cos(Math.PI * Math.min(1, (double) step / total))));
    }

    /** One step; the loss before it. */
    private double learn(List<Pair> batch, NgramVectors vectors, double rate, Engine engine, NDManager manager) {
        List<int[]> texts = batch.stream().map(Pair::text).toList();
        List<int[]> sames = batch.stream().map(Pair::same).toList();
        var shape = new Shape(batch.size(), spec.width());
        double loss;
        try (NDManager scope = manager.newSubManager();
                GradientCollector gradients = engine.newGradientCollector()) {
            NDArray textSums = scope.create(vectors.sums(texts), shape);
            NDArray sameSums = scope.create(vectors.sums(sames), shape);
            textSums.setRequiresGradient(true);
            sameSums.setRequiresGradient(true);
            NDArray logits = unit(textSums, scope)
                    .matMul(unit(sameSums, scope).transpose())
                    .div(scope.create((float) spec.temperature())) // an array, not a number: see NetLoss
                    .add(scope.create(sameMeaning(batch), new Shape(batch.size(), batch.size())));
            NDArray error = logits.logSoftmax(1)
                    .add(logits.logSoftmax(0))
                    .mul(scope.eye(batch.size()))
                    .sum()
                    .div(scope.create(-2f * batch.size()));
            gradients.backward(error);
            loss = error.getFloat();
            vectors.add(textSums.getGradient().toFloatArray(), texts);
            vectors.add(sameSums.getGradient().toFloatArray(), sames);
        }
        vectors.update(rate);
        return loss;
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
}
