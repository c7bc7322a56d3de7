package io.baigong.tuning;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.baigong.compute.NetArtifact;
import io.baigong.spi.NetSpec;
import io.baigong.spi.Progress;
import io.baigong.spi.TensorExamples;
import io.baigong.spi.TensorExamples.Example;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** Trains a net from the description that a vertical gives of it. AdamW, a short warm-up, then a half cosine. */
public final class NetTraining {
    private static final double WARM_UP = 0.05;

    /** Steps between two figures of the loss that are told. */
    private static final int MEASURE_EVERY = 10;

    private final NetSpec spec;

    /** Throws {@link IllegalArgumentException} when the description makes no net. */
    public NetTraining(NetSpec spec) {
        if (spec.epochs() < 1 || spec.batch() < 1) {
            throw new IllegalArgumentException("a training has epochs and a batch of at least 1, not %d and %d"
                    .formatted(spec.epochs(), spec.batch()));
        }
        this.spec = spec;
    }

    /** Learns from the examples and writes the artifact to the folder. */
    public void train(TensorExamples examples, Path out, Progress progress) throws IOException {
        if (examples.size() == 0) {
            throw new IllegalArgumentException("there is no example to learn from");
        }
        Engine engine = Engine.getEngine("PyTorch");
        engine.setRandomSeed((int) spec.seed());
        var random = new Random(spec.seed());
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            var net = new NetArrays(spec, examples, random, manager);
            int perEpoch = (examples.size() + spec.batch() - 1) / spec.batch();
            int total = perEpoch * spec.epochs();
            Optimizer weights = optimizer(total, spec.weightDecay());
            Optimizer biases = optimizer(total, 0);
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, examples.size()).boxed().toList());
            int step = 0;
            double loss = Double.NaN;
            for (int epoch = 0; epoch < spec.epochs(); epoch++) {
                Collections.shuffle(order, random);
                for (int from = 0; from < order.size(); from += spec.batch()) {
                    List<Example> batch = order.subList(from, Math.min(order.size(), from + spec.batch())).stream()
                            .map(index -> examples.example(index, random))
                            .toList();
                    double now;
                    try (NDManager scope = manager.newSubManager();
                            GradientCollector gradients = engine.newGradientCollector()) {
                        NDArray answered = net.forward(net.input(batch, scope), true);
                        NDArray error = NetLoss.of(spec.objective(), answered, batch, scope);
                        gradients.backward(error);
                        now = error.getFloat();
                    }
                    if (!Double.isFinite(now)) {
                        throw new IOException(
                                "the training of %s diverged at step %d; a smaller learning rate may hold it"
                                        .formatted(spec.name(), step));
                    }
                    net.learned()
                            .forEach((name, array) -> update(name, array, name.endsWith("weight") ? weights : biases));
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
            new NetArtifact(NetArtifact.FORMAT, spec.name(), spec.version(), spec.input(), net.layers())
                    .write(out, net.tensors());
        }
    }

    private Optimizer optimizer(int steps, double decay) {
        double warmUp = Math.max(1, WARM_UP * steps);
        Tracker rate = step -> (float) (spec.learningRate()
                * Math.min((step + 1) / warmUp, 0.5 * (1 + Math.cos(Math.PI * Math.min(1, (double) step / steps)))));
        return Optimizer.adamW()
                .optLearningRateTracker(rate)
                .optWeightDecays((float) decay)
                .build();
    }

    private static void update(String name, NDArray array, Optimizer optimizer) {
        try (NDArray gradient = array.getGradient()) {
            optimizer.update(name, array, gradient);
            gradient.muli(0);
        }
    }
}
