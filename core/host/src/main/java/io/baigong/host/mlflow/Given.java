package io.baigong.host.mlflow;

import org.jspecify.annotations.Nullable;

/** Bodies of requests. */
final class Given {
    private Given() {}

    /** The body. Throws {@link MlflowException} when there is none. */
    static <T> T of(@Nullable T body) {
        if (body == null) {
            throw MlflowException.invalid("the request has no body; send its fields as JSON");
        }
        return body;
    }
}
