package io.baigong.tuning.data;

import java.io.IOException;

/** Data that can't be cleaned as a whole. The message says what is wrong, where, and what to do. */
public final class Unusable extends IOException {
    public Unusable(String message) {
        super(message);
    }
}
