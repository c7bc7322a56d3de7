package io.baigong.spi;

/**
 * When a training stops before its last epoch. A share of the examples is held out; after each epoch the loss on these is measured, and what the
 * epoch of the least loss learned is kept.
 *
 * @param heldOut share of the groups of examples, in (0, 0.5]; 0 holds nothing out, and never stops
 * @param patience epochs in a row without less loss before it stops, at least 1
 */
public record EarlyStopping(double heldOut, int patience) {
    /** Learns from all examples for all epochs. */
    public static final EarlyStopping NEVER = new EarlyStopping(0, 1);

    private static final double MOST = 0.5;

    public EarlyStopping {
        if (!(heldOut >= 0 && heldOut <= MOST) || patience < 1) {
            throw new IllegalArgumentException(
                    "a training holds out a share of 0 to %s and has a patience of at least 1 epoch, not %s and %d"
                            .formatted(MOST, heldOut, patience));
        }
    }
}
