package io.baigong.tuning;

import io.baigong.spi.EarlyStopping;
import io.baigong.spi.Progress;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** Has a learner learn for some epochs: tells how it goes, keeps checkpoints, and stops when it learns no more. Not thread-safe. */
final class Epochs implements Checkpoints.State {
    /** Steps between two figures of the loss that are told. */
    private static final int MEASURE_EVERY = 10;

    /** How much of the loss that is told is that of earlier steps. */
    private static final double SMOOTH = 0.98;

    private final String name;
    private final Learner learner;
    private final int epochs;
    private final EarlyStopping stopping;
    private final Checkpoints checkpoints;
    private final Progress progress;

    private int epoch;
    private int index;
    private int steps;
    private long step;
    private double loss = Double.NaN;
    private double least = Double.POSITIVE_INFINITY;
    private int best = -1;
    private Map<String, float[]> kept = Map.of();

    /** @param name of the model, for errors */
    Epochs(
            String name,
            Learner learner,
            int epochs,
            EarlyStopping stopping,
            Checkpoints checkpoints,
            Progress progress) {
        this.name = name;
        this.learner = learner;
        this.epochs = epochs;
        this.stopping = stopping;
        this.checkpoints = checkpoints;
        this.progress = progress;
    }

    /** Learns to the end, from the last checkpoint if there is one. The epoch whose weights the learner has, from 0; empty if it is the last one. */
    OptionalInt run() throws IOException {
        checkpoints.resume(this);
        while (epoch < epochs && !isOver()) {
            if (index == 0) {
                steps = learner.begin(epoch);
            }
            while (index < steps) {
                step();
                if (index < steps) {
                    keepIfDue();
                }
            }
            index = 0;
            look();
            epoch++;
            keepIfDue();
        }
        if (best >= 0) {
            learner.setWeights(kept);
            return OptionalInt.of(best);
        }
        return OptionalInt.empty();
    }

    private void step() throws IOException {
        double now = learner.learn(epoch, index, step);
        if (!Double.isFinite(now)) {
            throw new IOException("the training of %s diverged at step %d; a smaller learning rate may hold it"
                    .formatted(name, step));
        }
        loss = Double.isNaN(loss) ? now : SMOOTH * loss + (1 - SMOOTH) * now;
        step++;
        index++;
        progress.at(
                (double) step / learner.total(),
                String.format(Locale.ROOT, "epoch %d of %d, loss %.4f", epoch + 1, epochs, loss));
        if (step % MEASURE_EVERY == 0 || step == learner.total()) {
            progress.measured("training loss", (double) step * epochs / learner.total(), loss);
        }
    }

    private void keepIfDue() throws IOException {
        if (checkpoints.isDue()) {
            checkpoints.keep(step, this);
        }
    }

    private void look() {
        double heldOut = learner.heldOut();
        if (Double.isNaN(heldOut)) {
            return;
        }
        progress.measured("validation loss", epoch + 1, heldOut);
        if (heldOut < least) {
            least = heldOut;
            best = epoch;
            kept = learner.weights();
        }
    }

    private boolean isOver() {
        return best >= 0 && epoch - 1 - best >= stopping.patience();
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(epoch);
        out.writeInt(index);
        out.writeInt(steps);
        out.writeLong(step);
        out.writeDouble(loss);
        out.writeDouble(least);
        out.writeInt(best);
        out.writeInt(kept.size());
        for (float[] values : kept.values()) {
            Numbers.write(values, out);
        }
        learner.save(out);
    }

    @Override
    public void restore(DataInputStream in) throws IOException {
        epoch = in.readInt();
        index = in.readInt();
        steps = in.readInt();
        step = in.readLong();
        loss = in.readDouble();
        least = in.readDouble();
        best = in.readInt();
        if (in.readInt() > 0) {
            kept = new LinkedHashMap<>(learner.weights());
            for (float[] values : kept.values()) {
                Numbers.read(values, in);
            }
        }
        learner.restore(in);
    }
}
