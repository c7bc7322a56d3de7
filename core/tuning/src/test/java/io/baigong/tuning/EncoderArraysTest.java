package io.baigong.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.baigong.compute.ImageEncoder;
import io.baigong.compute.ImageEncoderGraph;
import io.baigong.compute.ModelFiles;
import io.baigong.compute.NetArtifact;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image encoder learns as part of a net. The reference going forward is ONNX Runtime over the file as it ships. */
class EncoderArraysTest {
    private static final int SIDE = 64;

    @TempDir
    Path folder;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private static float[] picture(long seed) {
        var random = new Random(seed);
        float[] picture = new float[SIDE * SIDE];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = random.nextFloat();
        }
        return picture;
    }

    private NDArray array(float[] picture) {
        return manager.create(picture, new Shape(1, 1, SIDE, SIDE));
    }

    /** Each map in cells of 8 pixels: the first averaged over 2 by 2, the second as it is, the others repeated. */
    @Test
    void seesWhatTheShippedEncoderSees() throws IOException {
        float[] picture = picture(1);
        NDArray cells = new EncoderArrays(8, 4, manager).cells(array(picture));
        int side = SIDE / 8;
        assertThat(cells.getShape()).isEqualTo(new Shape(1, EncoderArrays.CHANNELS, side, side));
        float[] seen = cells.toFloatArray();
        try (ImageEncoder encoder = ImageEncoder.open()) {
            int channel = 0;
            for (Tensor map : encoder.maps(new Tensor(new long[] {1, 1, SIDE, SIDE}, picture))) {
                int own = (int) map.shape()[2];
                for (int c = 0; c < map.shape()[1]; c++) {
                    for (int y = 0; y < side; y++) {
                        for (int x = 0; x < side; x++) {
                            assertThat(seen[(channel * side + y) * side + x])
                                    .isCloseTo(cell(map.values(), c, own, y, x, side), within(1e-3f));
                        }
                    }
                    channel++;
                }
            }
        }
    }

    private static float cell(float[] map, int channel, int own, int y, int x, int side) {
        if (own <= side) {
            return map[(channel * own + y * own / side) * own + x * own / side];
        }
        float sum = 0;
        for (int k = 0; k < 4; k++) {
            sum += map[(channel * own + 2 * y + k / 2) * own + 2 * x + k % 2];
        }
        return sum / 4;
    }

    /** Along the gradient an answer rises by the square of the gradient's length a step, to first order. */
    @Test
    void gradientsAreThoseOfTheAnswer() {
        var arrays = new EncoderArrays(16, 0, manager);
        NDArray picture = array(picture(2));
        float[] factors = new float[EncoderArrays.CHANNELS * 16];
        var random = new Random(3);
        for (int i = 0; i < factors.length; i++) {
            factors[i] = (float) random.nextGaussian() / 100;
        }
        NDArray weighting = manager.create(factors, new Shape(1, EncoderArrays.CHANNELS, 4, 4));
        try (GradientCollector gradients = Engine.getEngine("PyTorch").newGradientCollector()) {
            gradients.backward(arrays.cells(picture).mul(weighting).sum());
        }
        Map<String, float[]> before = new HashMap<>();
        Map<String, float[]> slopes = new HashMap<>();
        arrays.learned().forEach((name, array) -> {
            before.put(name, array.toFloatArray());
            slopes.put(name, array.getGradient().toFloatArray());
        });
        // each convolution has its own say; a gradient that is missing or that was never written shows in its own
        for (String name : arrays.learned().keySet()) {
            float[] slope = slopes.get(name);
            double squares = 0;
            for (float each : slope) {
                squares += each * each;
            }
            assertThat(squares).as(name).isPositive().isFinite();
            double step = 0.005 / Math.sqrt(squares);
            double rise = (answer(arrays, name, before.get(name), slope, step, picture, weighting)
                            - answer(arrays, name, before.get(name), slope, -step, picture, weighting))
                    / (2 * step);
            Numbers.set(arrays.learned().get(name), before.get(name));
            assertThat(rise).as(name).isCloseTo(squares, within(0.1 * squares + 1e-3));
        }
    }

    private static double answer(
            EncoderArrays arrays,
            String name,
            float[] before,
            float[] slope,
            double step,
            NDArray picture,
            NDArray weighting) {
        float[] moved = before.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (step * slope[i]);
        }
        Numbers.set(arrays.learned().get(name), moved);
        float[] answers = arrays.cells(picture).mul(weighting).toFloatArray();
        double sum = 0;
        for (float each : answers) {
            sum += each;
        }
        return sum;
    }

    private static NetSpec spec(int frozen, double share) {
        return new NetSpec(
                "marks",
                "1",
                List.of(1, SIDE, SIDE),
                List.of(
                        new Layer.Encoder(8, frozen, share),
                        new Layer.Standardise(),
                        new Layer.Convolution(16, 1),
                        new Layer.Relu(),
                        new Layer.Convolution(1, 3)),
                new Objective.Marks(2),
                2,
                4,
                1e-3,
                0,
                5);
    }

    /** Noise with a bright quarter; cells in it are marked. */
    private static final TensorExamples QUARTERS = new TensorExamples() {
        @Override
        public int size() {
            return 16;
        }

        @Override
        public Example example(int index, RandomGenerator random) {
            float[] picture = picture(random.nextLong());
            float[] marks = new float[SIDE / 8 * (SIDE / 8)];
            for (int i = 0; i < picture.length; i++) {
                boolean bright = i / SIDE < SIDE / 2 == index % 2 < 1 && i % SIDE < SIDE / 2 == index % 4 < 2;
                picture[i] = bright ? 0.5f + picture[i] / 2 : picture[i] / 2;
                marks[i / SIDE / 8 * (SIDE / 8) + i % SIDE / 8] = bright ? 1 : 0;
            }
            return new Example(picture, marks);
        }
    };

    /** What a net answers while it learns is what its artifact answers; frozen stages are those that ship, others have moved. */
    @Test
    void isServedAsItWasTrained() throws IOException {
        var learner = new NetLearner(spec(2, 0.5), QUARTERS, Engine.getEngine("PyTorch"), manager);
        learner.begin(1);
        learner.learn(1, 0, 0);
        learner.learn(1, 1, 1);
        NetArrays net = learner.net();
        new NetArtifact(NetArtifact.FORMAT, "marks", "1", spec(2, 0.5).input(), net.layers())
                .write(folder, net.tensors());
        float[] picture = picture(4);
        float[] logits = net.forward(array(picture), false).toFloatArray();
        try (Predictor served = Predictor.open(ModelFiles.folder(folder))) {
            Tensor answer = served.predict(new Tensor(new long[] {1, 1, SIDE, SIDE}, picture));
            assertThat(answer.shape()).containsExactly(1, 1, 8, 8);
            for (int i = 0; i < logits.length; i++) {
                assertThat((double) answer.values()[i]).isCloseTo(1 / (1 + Math.exp(-logits[i])), within(1e-3));
            }
        }
        Map<String, Tensor> shipped = ImageEncoderGraph.shipped().constants();
        Map<String, Tensor> saved;
        try (var in = Files.newInputStream(folder.resolve("weights.safetensors"))) {
            saved = Safetensors.read(in);
        }
        assertThat(saved.get("0.conv2d_396.w_0").values())
                .containsExactly(shipped.get("conv2d_396.w_0").values());
        List<String> moved = shipped.keySet().stream()
                .filter(name -> !java.util.Arrays.equals(
                        saved.get("0." + name).values(), shipped.get(name).values()))
                .toList();
        assertThat(moved)
                .containsExactlyInAnyOrderElementsOf(
                        new EncoderArrays(8, 2, manager).learned().keySet());
    }

    @Test
    void learnsWithTheNet() throws IOException {
        NetSpec spec = spec(1, 0.3);
        var longer = new NetSpec(
                spec.name(),
                spec.version(),
                spec.input(),
                spec.layers(),
                spec.objective(),
                12,
                spec.batch(),
                2e-3,
                0,
                spec.seed());
        new NetTraining(longer).train(QUARTERS, folder, Checkpoints.NONE, Progress.SILENT);
        try (Predictor served = Predictor.open(ModelFiles.folder(folder))) {
            var example = QUARTERS.example(0, new Random(99));
            float[] answers = served.predict(new Tensor(new long[] {1, 1, SIDE, SIDE}, example.input()))
                    .values();
            for (int i = 0; i < answers.length; i++) {
                int row = i / 8;
                int column = i % 8;
                boolean edge = row == 3 || row == 4 || column == 3 || column == 4;
                assertThat(edge || answers[i] > 0.5 == example.target()[i] > 0.5)
                        .isTrue();
            }
        }
    }

    @Test
    void refusesWhereItCanNotStand() {
        assertThatThrownBy(() -> new EncoderArrays(12, 0, manager)).hasMessageContaining("12");
        assertThatThrownBy(() -> new EncoderArrays(8, 5, manager)).hasMessageContaining("5");
        var small = new NetSpec(
                "small",
                "1",
                List.of(1, 40, SIDE),
                List.of(new Layer.Encoder(8, 0, 1), new Layer.Convolution(1, 1)),
                new Objective.Marks(1),
                1,
                1,
                0.1,
                0,
                0);
        assertThatThrownBy(() -> new NetTraining(small).train(QUARTERS, folder, Checkpoints.NONE, Progress.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiples of 32");
    }
}
