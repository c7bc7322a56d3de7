package io.baigong.app;

/** Why the suite can't start, in a line for the person who started it. */
final class StartException extends Exception {
    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
