package io.baigong.spi;

import java.util.List;

/** How a run ended. */
public sealed interface Outcome<O> {
    /**
     * An answer.
     *
     * @param sources texts that the evidence points into; the host checks each quote against them
     * @param evidence what the answer rests on
     * @param confidence calibrated, in [0, 1]
     */
    record Answered<O>(O value, List<SourceText> sources, List<Evidence> evidence, double confidence)
            implements Outcome<O> {}

    /** The model was not sure enough, and says so. */
    record Abstained<O>(String reason) implements Outcome<O> {}

    /**
     * No answer.
     *
     * @param detail what was wrong, for the person who asked
     * @param remedy what that person can do about it
     */
    record Failed<O>(ErrorCode code, String detail, String remedy) implements Outcome<O> {}
}
