package io.baigong.journal.audit.witness;

import java.io.IOException;

/** Keeps heads in one place. For one thread. */
public interface Witness extends AutoCloseable {
    /**
     * Keeps a head; when this returns, the place has it.
     *
     * @param note the head, signed (C2SP tlog-checkpoint)
     * @throws IOException if it is not kept, or disagrees with one that is
     */
    void keep(String note) throws IOException;

    @Override
    default void close() {
        // Most hold nothing.
    }
}
