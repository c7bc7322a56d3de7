package io.baigong.gateway.proxy;

import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who may call, and how much. Thread-safe. */
public interface Admission {
    /** Leave for one call. Must be given back once. */
    interface Permit {
        /** The caller's key. */
        UUID key();

        /** Whose key it is. */
        String tenant();

        /** Whether the caller has a budget, so that a call must say what it may use. */
        boolean hasBudget();

        /**
         * Reserves the most that the call can use, before it is sent; at most once.
         *
         * @return fails with {@link ApiException} when a budget has not so much left
         */
        Future<Void> reserve(Cost most);

        /** The call is over and used so much. */
        void release(Cost used);
    }

    /** The secret in an {@code Authorization} header of the form {@code Bearer …}; empty if there is none. */
    static String secret(@Nullable String authorization) {
        return authorization != null && authorization.startsWith("Bearer ")
                ? authorization.substring("Bearer ".length()).strip()
                : "";
    }

    /**
     * Admits a call.
     *
     * @param secret what the caller sent as its key; empty for none
     * @return fails with {@link ApiException} for a key that is not known or has no leave left
     */
    Future<Permit> admit(String secret);

    /**
     * Looks whether a key is known, as who opens a connection for calls must have one; counts as no call.
     *
     * @return fails as for a call
     */
    default Future<Void> recognise(String secret) {
        return admit(secret).compose(permit -> {
            permit.release(Cost.NOTHING);
            return Future.succeededFuture();
        });
    }
}
