package io.baigong.finance.document;

import java.time.Duration;
import java.util.function.Supplier;

/** Until when a document must be read; time spent in OCR counts on an account of its own. */
final class Deadline {
    /** Thrown through parsers, which catch only checked exceptions on their way. */
    static final class Expired extends RuntimeException {
        private static final long serialVersionUID = 1;

        Expired(String message) {
            super(message, null, false, false);
        }
    }

    private final long start = System.nanoTime();
    private final long allowed;
    private final long recognitionAllowed;
    private long recognition;

    Deadline(Duration time, Duration recognitionTime) {
        allowed = time.toNanos();
        recognitionAllowed = recognitionTime.toNanos();
    }

    void check() {
        if (System.nanoTime() - start - recognition > allowed) {
            throw new Expired(
                    "parsing took longer than " + Duration.ofNanos(allowed).toSeconds() + " s");
        }
    }

    <T> T recognising(Supplier<T> work) {
        if (recognition > recognitionAllowed) {
            throw new Expired("OCR took longer than "
                    + Duration.ofNanos(recognitionAllowed).toSeconds() + " s");
        }
        long before = System.nanoTime();
        try {
            return work.get();
        } finally {
            recognition += System.nanoTime() - before;
        }
    }
}
