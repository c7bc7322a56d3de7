package io.baigong.gateway.guard;

import java.util.Optional;

/**
 * Looks at texts on their way to a model and back, and says which may not pass. Found by {@link java.util.ServiceLoader}, and
 * switched on by its name in {@code baigong.gateway.guard.guardrails}. Thread-safe.
 */
public interface Guardrail {
    /** Characters of a stream that {@link #refusal} sees again before what is new. */
    int LOOK_BACK = 2_000;

    /** Which way a text goes. */
    enum Side {
        QUESTION,
        ANSWER
    }

    /** Its name in the settings. */
    String name();

    /**
     * Why a text may not pass, in words for who asks; empty if it may. Of a streamed answer the text is what comes now, behind
     * up to {@link #LOOK_BACK} characters of what came before.
     */
    Optional<String> refusal(Side side, String text);

    /**
     * How many characters at the end of a streamed text must wait, for they may be the beginning of what may not pass. What has
     * been passed on can't be taken back.
     */
    default int openEnd(String text) {
        return 0;
    }
}
