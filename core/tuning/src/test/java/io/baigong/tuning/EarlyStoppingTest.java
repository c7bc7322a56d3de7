package io.baigong.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.baigong.spi.Adaptation;
import io.baigong.spi.EarlyStopping;
import io.baigong.spi.EmbeddingSpec;
import io.baigong.spi.LabelledText;
import io.baigong.spi.NetSpec;
import io.baigong.spi.NetSpec.Layer;
import io.baigong.spi.Progress;
import io.baigong.spi.TensorExamples;
import io.baigong.spi.TextPair;
import io.baigong.spi.TokenTaggerSpec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What there is nothing to learn from is soon learned no more. */
class EarlyStoppingTest {
    private static final EarlyStopping SOON = new EarlyStopping(0.25, 2);
    private static final int EPOCHS = 60;

    @TempDir
    Path folder;

    /** Losses on what is held out, an epoch each. */
    private final List<Double> losses = new ArrayList<>();

    private final Progress progress = new Progress() {
        @Override
        public void at(double share, String what) {}

        @Override
        public void measured(String metric, double step, double value) {
            if (metric.equals("validation loss")) {
                losses.add(value);
            }
        }
    };

    private void stoppedTwoAfterTheBest() {
        assertThat(losses).hasSizeBetween(3, EPOCHS - 1);
        double best = losses.get(losses.size() - 3);
        assertThat(losses).allSatisfy(loss -> assertThat(loss).isGreaterThanOrEqualTo(best));
    }

    @Test
    void netsStop() throws IOException {
        var spec = new NetSpec(
                "n",
                "1",
                List.of(20),
                List.of(new Layer.Dense(64), new Layer.Relu(), new Layer.Dense(2)),
                new NetSpec.Objective.Classes(),
                EPOCHS,
                8,
                0.01,
                0,
                SOON,
                1);
        new NetTraining(spec)
                .train(
                        new TensorExamples() {
                            @Override
                            public int size() {
                                return 64;
                            }

                            @Override
                            public Example example(int index, RandomGenerator random) {
                                var noise = new Random(index);
                                float[] input = new float[20];
                                for (int i = 0; i < input.length; i++) {
                                    input[i] = (float) noise.nextGaussian();
                                }
                                return new Example(
                                        input, noise.nextBoolean() ? new float[] {1, 0} : new float[] {0, 1});
                            }
                        },
                        folder,
                        Checkpoints.NONE,
                        progress);
        stoppedTwoAfterTheBest();
    }

    @Test
    void embeddingsStop() throws IOException {
        var random = new Random(2);
        var pairs = new ArrayList<TextPair>();
        for (int i = 0; i < 120; i++) {
            pairs.add(new TextPair(word(random), word(random), "m" + i));
        }
        new EmbeddingTuning(new EmbeddingSpec("e", "1", 16, 512, EPOCHS, 16, 0.1, 0.05, SOON, 1))
                .tune(pairs, folder, Checkpoints.NONE, progress);
        stoppedTwoAfterTheBest();
    }

    @Test
    void taggersStop() throws IOException {
        var random = new Random(3);
        var texts = new ArrayList<LabelledText>();
        for (int i = 0; i < 24; i++) {
            String first = word(random);
            texts.add(new LabelledText(
                    "e" + i,
                    "g" + i,
                    first + " " + word(random),
                    random.nextBoolean() ? List.of(new LabelledText.Span("Chance", 0, first.length())) : List.of()));
        }
        var spec = new TokenTaggerSpec(
                "t",
                "1",
                "all-minilm-l6-v2",
                List.of("Chance"),
                1,
                0,
                20,
                1,
                EPOCHS,
                6,
                1e-3,
                1e-2,
                new Adaptation.Full(),
                SOON,
                1);
        new TaggerTuning(spec).tune(texts, folder, Checkpoints.NONE, progress);
        stoppedTwoAfterTheBest();
    }

    private static String word(Random random) {
        var word = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    /** A learner whose loss on what is held out is written down, and whose only weight is the number of its epochs. */
    private static final class Scripted implements Learner {
        private final double[] losses;
        private float weight;

        Scripted(double... losses) {
            this.losses = losses;
        }

        @Override
        public long total() {
            return losses.length;
        }

        @Override
        public int begin(int epoch) {
            return 1;
        }

        @Override
        public double learn(int epoch, int index, long step) {
            weight++;
            return 1;
        }

        @Override
        public double heldOut() {
            return losses[(int) weight - 1];
        }

        @Override
        public Map<String, float[]> weights() {
            return Map.of("w", new float[] {weight});
        }

        @Override
        public void setWeights(Map<String, float[]> weights) {
            weight = weights.getOrDefault("w", new float[1])[0];
        }

        @Override
        public void save(DataOutputStream out) {}

        @Override
        public void restore(DataInputStream in) {}
    }

    @Test
    void keepsTheBestAndWaitsAsLongAsSaid() throws IOException {
        var learner = new Scripted(5, 4, 4.5, 3, 3.5, 3.2, 1);
        assertThat(new Epochs("s", learner, 7, SOON, Checkpoints.NONE, progress).run())
                .isEqualTo(OptionalInt.of(3));
        assertThat(learner.weight).isEqualTo(4);
        assertThat(losses).containsExactly(5.0, 4.0, 4.5, 3.0, 3.5, 3.2);
    }

    @Test
    void saysWhatCannotBeHeldOut() {
        assertThatThrownBy(() -> new EarlyStopping(0.6, 1)).hasMessageContaining("a share of 0 to 0.5");
        assertThatThrownBy(() -> new EarlyStopping(0.1, 0)).hasMessageContaining("at least 1 epoch");
        assertThatThrownBy(() -> HeldOut.of(SOON, List.of("one", "one"), 1)).hasMessageContaining("there is only 1");
        assertThat(HeldOut.of(SOON, List.of("a", "b", "c", "d", "a"), 1)).hasSize(1);
    }

    /** The reference is DJL's own optimiser. */
    @Test
    void adamWIsDjls() {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            NDArray ours = manager.create(new float[] {1, -2, 3});
            NDArray theirs = manager.create(new float[] {1, -2, 3});
            ours.setRequiresGradient(true);
            var optimizer = new AdamW(Map.of("w", ours));
            var reference = Optimizer.adamW()
                    .optLearningRateTracker(Tracker.fixed(0.1f))
                    .optWeightDecays(0.01f)
                    .build();
            for (int step = 1; step <= 20; step++) {
                NDArray gradient;
                try (var gradients = ai.djl.engine.Engine.getEngine("PyTorch").newGradientCollector()) {
                    gradients.backward(ours.square().mul(ours).sum());
                }
                gradient = ours.getGradient().duplicate();
                reference.update("w", theirs, gradient);
                optimizer.update(step, new AdamW.Rates() {
                    @Override
                    public double rate(String weight) {
                        return 0.1f;
                    }

                    @Override
                    public double decay(String weight) {
                        return 0.01f;
                    }
                });
                assertThat(ours.toFloatArray()).isEqualTo(theirs.toFloatArray());
            }
        }
    }
}
