package io.baigong.tuning;

import io.baigong.spi.Progress;
import io.baigong.spi.TreeSpec;
import io.baigong.spi.TreeSpec.Objective;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of boosting in stretches. XGBoost keeps no state of its random numbers; so each stretch begins with the trees so far, opened anew, and a seed
 * of its own, and it makes no difference whether the process is the same. Not thread-safe.
 */
final class Boosting implements Checkpoints.State {
    /** Rounds of a stretch; a checkpoint stands at its end. */
    static final int STRETCH = 50;

    /** Rounds between two figures of the loss that are told. */
    private static final int MEASURE_EVERY = 10;

    private static final String FORMAT = "ubj";

    private final TreeSpec spec;
    private final Map<String, Object> parameters;
    private final String metric;
    private final DMatrix learned;
    private final @Nullable DMatrix watched;

    private int round;
    private byte[] trees = {};
    private float least = Float.POSITIVE_INFINITY;
    private int best = -1;
    private byte[] kept = {};

    /**
     * @param parameters of XGBoost, without its seed
     * @param watched to stop by; null to grow for all rounds
     */
    Boosting(TreeSpec spec, Map<String, Object> parameters, String metric, DMatrix learned, @Nullable DMatrix watched) {
        this.spec = spec;
        this.parameters = parameters;
        this.metric = metric;
        this.learned = learned;
        this.watched = watched;
    }

    /** Grows to the end, from the last checkpoint if there is one; the trees of the best round where there is something to stop by, or all. */
    byte[] run(Checkpoints checkpoints, Progress progress) throws IOException, XGBoostError {
        checkpoints.resume(this);
        while (!isOver()) {
            Booster booster = booster();
            try {
                do {
                    grow(booster, progress);
                } while (!isOver() && round % STRETCH != 0);
                trees = booster.toByteArray(FORMAT);
            } finally {
                booster.dispose();
            }
            if (!isOver() && checkpoints.isDue()) {
                checkpoints.keep(round, this);
            }
        }
        return watched == null ? trees : kept;
    }

    private boolean isOver() {
        return round >= spec.rounds() || (watched != null && round - best > spec.patience());
    }

    private Booster booster() throws XGBoostError {
        var all = new HashMap<>(parameters);
        all.put("seed", spec.seed() + round);
        if (round == 0) {
            // A booster can only be made by training; none of these rounds is a round.
            return XGBoost.train(learned, all, 0, Map.of(), null, null);
        }
        try {
            Booster booster = XGBoost.loadModel(new ByteArrayInputStream(trees));
            booster.setParams(all);
            return booster;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory does not fail", e);
        }
    }

    private void grow(Booster booster, Progress progress) throws XGBoostError {
        float[] score = new float[1];
        booster.update(learned, round);
        String what = "round " + (round + 1) + " of " + spec.rounds();
        if (watched != null) {
            booster.evalSet(new DMatrix[] {watched}, new String[] {"stopping"}, round, score);
            float loss = spec.objective() instanceof Objective.Order ? -score[0] : score[0];
            if (loss < least) {
                least = loss;
                best = round;
                kept = booster.toByteArray(FORMAT);
            }
            progress.measured("validation " + metric, round, score[0]);
            what = String.format(Locale.ROOT, "round %d, %s %.4f", round + 1, metric, score[0]);
        } else if (round % MEASURE_EVERY == 0 || round == spec.rounds() - 1) {
            booster.evalSet(new DMatrix[] {learned}, new String[] {"training"}, round, score);
            progress.measured("training " + metric, round, score[0]);
        }
        round++;
        progress.at((double) round / spec.rounds(), what);
    }

    @Override
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(round);
        out.writeFloat(least);
        out.writeInt(best);
        write(trees, out);
        write(kept, out);
    }

    @Override
    public void restore(DataInputStream in) throws IOException {
        round = in.readInt();
        least = in.readFloat();
        best = in.readInt();
        trees = read(in);
        kept = read(in);
    }

    private static void write(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] read(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
