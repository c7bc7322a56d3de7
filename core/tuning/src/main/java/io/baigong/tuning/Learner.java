package io.baigong.tuning;

import java.io.IOException;
import java.util.Map;

/** What learns by steps in epochs; its state is all that {@link Epochs} does not count. Not thread-safe. */
interface Learner extends Checkpoints.State {
    /** All steps of all epochs. */
    long total();

    /** Puts in order what an epoch learns from; how many steps it has. */
    int begin(int epoch);

    /**
     * Takes a step.
     *
     * @param index of the step in the epoch
     * @param step all steps before it
     * @return the loss before it
     */
    double learn(int epoch, int index, long step) throws IOException;

    /** The mean loss on what is held out; NaN where nothing is. */
    double heldOut();

    /** A copy of what is learned, by name. */
    Map<String, float[]> weights();

    /** Goes back to what was learned. */
    void setWeights(Map<String, float[]> weights);
}
