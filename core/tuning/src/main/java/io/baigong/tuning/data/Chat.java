package io.baigong.tuning.data;

import io.baigong.spi.Prompt;
import java.io.IOException;

/** A chat model. Thread-safe. */
@FunctionalInterface
public interface Chat {
    /** Waits for the whole answer. Throws {@link IOException} that says why there is none. */
    String answer(Prompt prompt) throws IOException;
}
