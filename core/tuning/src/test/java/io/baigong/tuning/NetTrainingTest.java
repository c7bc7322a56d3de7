package io.baigong.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.baigong.compute.ModelFiles;
import io.baigong.compute.Predictor;
import io.baigong.compute.Safetensors;
import io.baigong.compute.Tensor;
import io.baigong.spi.NetSpec;
import io.baigong.spi.NetSpec.Layer;
import io.baigong.spi.NetSpec.Objective;
import io.baigong.spi.Progress;
import io.baigong.spi.TensorExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nets learn what they can, and are served as they were trained. */
class NetTrainingTest {
    private static final int SIDE = 8;

    @TempDir
    Path folder;

    /** Two classes that a line can't part: whether two numbers have the same sign. */
    private static final TensorExamples SIGNS = new TensorExamples() {
        @Override
        public int size() {
            return 64;
        }

        @Override
        public Example example(int index, RandomGenerator random) {
            float x = (float) random.nextGaussian();
            float y = (float) random.nextGaussian();
            return new Example(new float[] {100 + 10 * x, y}, x * y > 0 ? new float[] {1, 0} : new float[] {0, 1});
        }
    };

    /** A bright rectangle on a dark picture; each cell inside knows how far the edges are. */
    private static final TensorExamples RECTANGLES = new TensorExamples() {
        @Override
        public int size() {
            return 64;
        }

        @Override
        public Example example(int index, RandomGenerator random) {
            int left = random.nextInt(4);
            int top = random.nextInt(4);
            return rectangle(left, top, left + 2 + random.nextInt(3), top + 2 + random.nextInt(3));
        }
    };

    private static TensorExamples.Example rectangle(int left, int top, int right, int bottom) {
        float[] input = new float[SIDE * SIDE];
        float[] target = new float[5 * SIDE * SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                boolean inside = x >= left && x < right && y >= top && y < bottom;
                int cell = y * SIDE + x;
                float[] sides = {x + 0.5f - left, y + 0.5f - top, right - x - 0.5f, bottom - y - 0.5f};
                input[cell] = inside ? 1 : 0;
                target[cell] = inside ? 1 : 0;
                for (int side = 0; side < 4; side++) {
                    target[(side + 1) * SIDE * SIDE + cell] = inside ? sides[side] : Float.NaN;
                }
            }
        }
        return new TensorExamples.Example(input, target);
    }

    private static NetSpec signs(long seed) {
        return new NetSpec(
                "signs",
                "1",
                List.of(2),
                List.of(
                        new Layer.Standardise(),
                        new Layer.Dense(32),
                        new Layer.Relu(),
                        new Layer.Dropout(0.1),
                        new Layer.Dense(2)),
                new Objective.Classes(),
                60,
                16,
                0.02,
                1e-4,
                seed);
    }

    @Test
    void learnsWhatNoLineParts() throws IOException {
        new NetTraining(signs(1)).train(SIGNS, folder, Checkpoints.NONE, Progress.SILENT);
        try (Predictor net = Predictor.open(ModelFiles.folder(folder))) {
            var random = new java.util.Random(7);
            float[] inputs = new float[2 * 400];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = (float) (i % 2 == 0 ? 100 + 10 * random.nextGaussian() : random.nextGaussian());
            }
            Tensor answers = net.predict(new Tensor(new long[] {400, 2}, inputs));
            int right = 0;
            for (int i = 0; i < 400; i++) {
                boolean same = (inputs[2 * i] - 100) * inputs[2 * i + 1] > 0;
                right += answers.values()[2 * i] > 0.5 == same ? 1 : 0;
                assertThat(answers.values()[2 * i] + answers.values()[2 * i + 1])
                        .isCloseTo(1, within(1e-4f));
            }
            assertThat(right).isGreaterThan(360);
            assertThat(net.parameters()).isEqualTo(2 + 2 + 2 * 32 + 32 + 32 * 2 + 2);
            assertThatThrownBy(() -> net.predict(new Tensor(new long[] {1, 3}, new float[3])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2")
                    .hasMessageContaining("[1, 3]");
        }
    }

    @Test
    void equalSeedsGiveEqualNets() throws IOException {
        new NetTraining(signs(3)).train(SIGNS, folder.resolve("a"), Checkpoints.NONE, Progress.SILENT);
        new NetTraining(signs(3)).train(SIGNS, folder.resolve("b"), Checkpoints.NONE, Progress.SILENT);
        new NetTraining(signs(4)).train(SIGNS, folder.resolve("c"), Checkpoints.NONE, Progress.SILENT);
        byte[] weights = Files.readAllBytes(folder.resolve("a/weights.safetensors"));
        assertThat(Files.readAllBytes(folder.resolve("b/weights.safetensors"))).isEqualTo(weights);
        assertThat(Files.readAllBytes(folder.resolve("c/weights.safetensors"))).isNotEqualTo(weights);
    }

    /** The reference is a plain convolution, written here, over the weights that were saved. */
    @Test
    void servesConvolutionsAsWritten() throws IOException {
        new NetTraining(new NetSpec(
                        "marks",
                        "1",
                        List.of(1, SIDE, SIDE),
                        List.of(new Layer.Convolution(1, 3)),
                        new Objective.Marks(2),
                        20,
                        8,
                        0.05,
                        0,
                        5))
                .train(
                        new TensorExamples() {
                            @Override
                            public int size() {
                                return 32;
                            }

                            @Override
                            public Example example(int index, RandomGenerator random) {
                                Example whole = RECTANGLES.example(index, random);
                                return new Example(whole.input(), java.util.Arrays.copyOf(whole.target(), SIDE * SIDE));
                            }
                        },
                        folder,
                        Checkpoints.NONE,
                        Progress.SILENT);
        Map<String, Tensor> weights;
        try (var in = Files.newInputStream(folder.resolve("weights.safetensors"))) {
            weights = Safetensors.read(in);
        }
        float[] kernel = weights.get("0.weight").values();
        float bias = weights.get("0.bias").values()[0];
        float[] picture = rectangle(1, 2, 5, 6).input();
        try (Predictor net = Predictor.open(ModelFiles.folder(folder))) {
            float[] served = net.predict(new Tensor(new long[] {1, 1, SIDE, SIDE}, picture))
                    .values();
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    double sum = bias;
                    for (int k = 0; k < 9; k++) {
                        int row = y + k / 3 - 1;
                        int column = x + k % 3 - 1;
                        if (row >= 0 && row < SIDE && column >= 0 && column < SIDE) {
                            sum += kernel[k] * picture[row * SIDE + column];
                        }
                    }
                    assertThat((double) served[y * SIDE + x]).isCloseTo(1 / (1 + Math.exp(-sum)), within(1e-4));
                }
            }
            assertThat(served[3 * SIDE + 3]).isGreaterThan(0.5f);
            assertThat(served[0]).isLessThan(0.5f);
        }
    }

    private static NetSpec boxes(int epochs) {
        return new NetSpec(
                "boxes",
                "1",
                List.of(1, SIDE, SIDE),
                List.of(
                        new Layer.Convolution(16, 5),
                        new Layer.Relu(),
                        new Layer.Convolution(20, 5),
                        new Layer.Relu(),
                        new Layer.Convolution(5, 3)),
                new Objective.Boxes(1),
                epochs,
                8,
                0.01,
                1e-4,
                5);
    }

    /** What PyTorch reads going backward must not lie in memory that Java collects or that nobody wrote. */
    @Test
    void collectedGarbageChangesNothing() throws Exception {
        new NetTraining(boxes(5)).train(RECTANGLES, folder.resolve("quiet"), Checkpoints.NONE, Progress.SILENT);
        var done = new AtomicBoolean();
        Thread collector = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                System.gc();
            }
        });
        try {
            new NetTraining(boxes(5)).train(RECTANGLES, folder.resolve("collected"), Checkpoints.NONE, Progress.SILENT);
        } finally {
            done.set(true);
            collector.join();
        }
        assertThat(Files.readAllBytes(folder.resolve("collected/weights.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("quiet/weights.safetensors")));
    }

    @Test
    void learnsWhereBoxesEnd() throws IOException {
        new NetTraining(boxes(80)).train(RECTANGLES, folder, Checkpoints.NONE, Progress.SILENT);
        try (Predictor net = Predictor.open(ModelFiles.folder(folder))) {
            float[] answer = net.predict(new Tensor(
                            new long[] {1, 1, SIDE, SIDE}, rectangle(2, 1, 6, 5).input()))
                    .values();
            int cell = 3 * SIDE + 4;
            assertThat(answer[cell]).isGreaterThan(answer[7 * SIDE + 7] + 2);
            double[] wanted = {2.5, 2.5, 1.5, 1.5};
            for (int side = 0; side < 4; side++) {
                assertThat(Math.exp(answer[(side + 1) * SIDE * SIDE + cell])).isCloseTo(wanted[side], within(0.6));
            }
        }
    }

    @Test
    void refusesWhatMakesNoNet() {
        var flat = new NetSpec(
                "flat",
                "1",
                List.of(2),
                List.of(new Layer.Convolution(1, 3)),
                new Objective.Classes(),
                1,
                1,
                0.1,
                0,
                0);
        assertThatThrownBy(() -> new NetTraining(flat).train(SIGNS, folder, Checkpoints.NONE, Progress.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("convolution");
    }
}
