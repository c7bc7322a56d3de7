package io.baigong.tuning;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.baigong.compute.EmbeddingArtifact;
import io.baigong.compute.Tensor;
import io.baigong.compute.TextNgrams;
import io.baigong.spi.EmbeddingSpec;
import io.baigong.spi.Progress;
import io.baigong.spi.TextPair;
import io.baigong.tuning.EmbeddingLearner.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Tunes text embeddings by contrast: of all texts on the other side of a batch, a text's own is to be the nearest, both ways
 * (InfoNCE, arXiv 1807.03748; symmetric as in CLIP, arXiv 2103.00020, section 2.3).
 *
 * <p>The vectors begin at random, so that a text begins as its n-grams, hashed. Pairs that stand beside each other are dealt to a batch together.
 */
public final class EmbeddingTuning {
    private final EmbeddingSpec spec;

    public EmbeddingTuning(EmbeddingSpec spec) {
        this.spec = spec;
    }

    /**
     * Learns from the pairs and writes the artifact to the folder.
     *
     * <p>Throws {@link IllegalArgumentException} when a text has no letters or digits, or there are less than two meanings, between
     * which there is no contrast; {@link IOException} when the vectors grow without bound.
     */
    public void tune(List<TextPair> texts, Path out, Checkpoints checkpoints, Progress progress) throws IOException {
        List<Pair> pairs = pairs(texts);
        Engine engine = Engine.getEngine("PyTorch");
        float[] vectors;
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            var learner = new EmbeddingLearner(spec, pairs, engine, manager);
            new Epochs(spec.name(), learner, spec.epochs(), spec.stopping(), checkpoints, progress).run();
            vectors = learner.vectors();
        }
        if (!EmbeddingArtifact.keeps(vectors)) {
            throw new IOException(
                    "the tuning of %s diverged; a smaller learning rate may hold it".formatted(spec.name()));
        }
        new EmbeddingArtifact(EmbeddingArtifact.FORMAT, spec.name(), spec.version(), spec.width())
                .write(out, new Tensor(new long[] {spec.buckets(), spec.width()}, vectors));
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
}
