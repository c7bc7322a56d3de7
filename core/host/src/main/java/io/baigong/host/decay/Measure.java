package io.baigong.host.decay;

import org.jspecify.annotations.Nullable;

/**
 * How far something is from what it was.
 *
 * @param name of the signal, such as {@code air_temperature}; {@code confidence}, {@code abstained}, {@code failed}, {@code agreed} or
 *     {@code expected-error}
 * @param value the index or distance itself; for a share or an error what it is now
 * @param was a share or an error of the reference
 * @param low lower end of a share's 95 % interval
 * @param high upper end
 * @param probability of so large a difference, or a larger one, where nothing has shifted; of a share only whether it is below the chance
 *     that is allowed matters, and it is not told
 * @param reference cases that it is compared with
 * @param current cases of the present
 */
public record Measure(
        Kind kind,
        String name,
        Statistic statistic,
        double value,
        @Nullable Double was,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Double probability,
        int reference,
        int current,
        State state) {
    /** What it is of. */
    public enum Kind {
        /** What comes in. */
        INPUT,
        /** What is answered. */
        OUTPUT,
        /** How runs end. */
        OUTCOME,
        /** Whether people leave answers as they are. */
        AGREEMENT,
        /** Whether answers are left as they are as often as their confidence says. */
        CALIBRATION
    }

    /** How it is measured. */
    public enum Statistic {
        /** Population stability index. */
        PSI,
        /** Distance of Kolmogorov and Smirnov. */
        KS,
        SHARE,
        /** Expected calibration error. */
        ECE
    }

    /** What is to be thought of it. */
    public enum State {
        TOO_FEW,
        STEADY,
        SHIFTING,
        DRIFTED
    }

    /** What it is told apart by within a series. */
    public Key key() {
        return new Key(kind, name, statistic);
    }

    /** A measure, whatever it found. */
    public record Key(Kind kind, String name, Statistic statistic) {}
}
