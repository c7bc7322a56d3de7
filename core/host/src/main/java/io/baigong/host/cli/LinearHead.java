package io.baigong.host.cli;

import io.baigong.compute.ModelFiles;
import io.baigong.compute.Net;
import io.baigong.compute.Tensor;
import io.baigong.host.cli.LabelledSpans.Span;
import io.baigong.spi.NetSpec;
import io.baigong.spi.TensorExamples;
import io.baigong.tuning.Checkpoints;
import io.baigong.tuning.NetTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/** Multinomial logistic regression on embeddings. */
record LinearHead(Path folder, int labels) {
    private static final int EPOCHS = 20;
    private static final int BATCH = 32;

    /**
     * Learns from embeddings {@code [spans, width]} and a label of each, in [0, labels), and writes the head to a folder.
     */
    static LinearHead learn(float[][] embeddings, int[] labels, int count, long seed, Path folder) throws IOException {
        var spec = new NetSpec(
                "span-labels",
                "1",
                List.of(embeddings[0].length),
                List.of(new NetSpec.Layer.Standardise(), new NetSpec.Layer.Dense(count)),
                new NetSpec.Objective.Classes(),
                EPOCHS,
                BATCH,
                2e-3,
                0.01,
                seed);
        new NetTraining(spec)
                .train(
                        new TensorExamples() {
                            @Override
                            public int size() {
                                return embeddings.length;
                            }

                            @Override
                            public Example example(int index, RandomGenerator random) {
                                float[] target = new float[count];
                                target[labels[index]] = 1;
                                return new Example(embeddings[index], target);
                            }
                        },
                        folder,
                        Checkpoints.NONE,
                        (_, _) -> {});
        return new LinearHead(folder, count);
    }

    /** Whether each span's likeliest label is its own. */
    boolean[] right(float[][] embeddings, List<Span> spans) throws IOException {
        int width = embeddings[0].length;
        float[] values = new float[embeddings.length * width];
        for (int i = 0; i < embeddings.length; i++) {
            System.arraycopy(embeddings[i], 0, values, i * width, width);
        }
        boolean[] right = new boolean[embeddings.length];
        try (var net = Net.open(ModelFiles.folder(folder))) {
            float[] answered = net.predict(new Tensor(new long[] {embeddings.length, width}, values))
                    .values();
            for (int i = 0; i < right.length; i++) {
                int likeliest = 0;
                for (int label = 1; label < labels; label++) {
                    if (answered[i * labels + label] > answered[i * labels + likeliest]) {
                        likeliest = label;
                    }
                }
                right[i] = likeliest == spans.get(i).label();
            }
        }
        return right;
    }
}
