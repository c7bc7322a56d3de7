package io.baigong.tuning;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.baigong.compute.NetArtifact;
import io.baigong.spi.NetSpec;
import io.baigong.spi.Progress;
import io.baigong.spi.TensorExamples;
import java.io.IOException;
import java.nio.file.Path;

/** Trains a net from the description that a vertical gives of it. AdamW, a short warm-up, then a half cosine. */
public final class NetTraining {
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
    public void train(TensorExamples examples, Path out, Checkpoints checkpoints, Progress progress)
            throws IOException {
        if (examples.size() == 0) {
            throw new IllegalArgumentException("there is no example to learn from");
        }
        Engine engine = Engine.getEngine("PyTorch");
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            var learner = new NetLearner(spec, examples, engine, manager);
            new Epochs(spec.name(), learner, spec.epochs(), spec.stopping(), checkpoints, progress).run();
            NetArrays net = learner.net();
            new NetArtifact(NetArtifact.FORMAT, spec.name(), spec.version(), spec.input(), net.layers())
                    .write(out, net.tensors());
        }
    }
}
