package io.baigong.spi;

/** A figure or a label of a run that is watched for drift. It says nothing of who it is about, and holds no text of theirs. */
public sealed interface Signal {
    Side side();

    /** Short name, its own on its side within its task, such as {@code air_temperature}. */
    String name();

    /** What it is of. */
    enum Side {
        INPUT,
        OUTPUT
    }

    /** A figure; one that is not a number or is infinite is not watched. */
    record Figure(Side side, String name, double value) implements Signal {}

    /**
     * One of a few words, such as a class.
     *
     * @param value a word of the field's own, never a piece of the input
     */
    record Label(Side side, String name, String value) implements Signal {}

    static Signal input(String name, double value) {
        return new Figure(Side.INPUT, name, value);
    }

    static Signal input(String name, String value) {
        return new Label(Side.INPUT, name, value);
    }

    static Signal output(String name, double value) {
        return new Figure(Side.OUTPUT, name, value);
    }

    static Signal output(String name, String value) {
        return new Label(Side.OUTPUT, name, value);
    }
}
