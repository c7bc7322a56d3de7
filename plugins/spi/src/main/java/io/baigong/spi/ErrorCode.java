package io.baigong.spi;

/** Why something failed, by whose fault it is. */
public sealed interface ErrorCode {
    /** Stable lower-case name, such as {@code too-large}. */
    default String slug() {
        return toString().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** The request can be mended by who sent it. */
    enum User implements ErrorCode {
        EMPTY,
        INVALID,
        TOO_LARGE,
        UNSUPPORTED_FORMAT,
        ENCRYPTED,
        CORRUPT,
        HOSTILE,
        NO_TEXT
    }

    /** A model is missing, or answered what can't be used. */
    enum Model implements ErrorCode {
        UNAVAILABLE,
        BROKEN_ANSWER
    }

    /** Not enough time, memory or room; the same request may succeed later. */
    enum Resource implements ErrorCode {
        TIMEOUT,
        BUSY,
        EXHAUSTED
    }

    /** A fault of the program. */
    enum Internal implements ErrorCode {
        FAULT
    }
}
