package io.baigong.gateway.proxy;

import io.vertx.core.Future;
import java.util.UUID;

/** Who may call, and how much. Thread-safe. */
public interface Admission {
    /** Leave for one call. Must be given back once. */
    interface Permit {
        /** The caller's key. */
        UUID key();

        void release();
    }

    /**
     * Admits a call.
     *
     * @param secret what the caller sent as its key; empty for none
     * @return fails with {@link ApiException} for a key that is not known or has no leave left
     */
    Future<Permit> admit(String secret);
}
