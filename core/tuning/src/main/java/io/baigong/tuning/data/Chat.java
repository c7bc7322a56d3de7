package io.baigong.tuning.data;

import io.baigong.spi.Prompt;
import java.io.IOException;

/** A chat model. Thread-safe. */
@FunctionalInterface
public interface Chat {
    /** The chat model answers, but not to this. */
    final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        public Refused(String why, Throwable cause) {
            super(why, cause);
        }
    }

    /** Waits for the whole answer. Throws {@link IOException} that says why there is none, {@link Refused} if there will be none to this prompt. */
    String answer(Prompt prompt) throws IOException;
}
