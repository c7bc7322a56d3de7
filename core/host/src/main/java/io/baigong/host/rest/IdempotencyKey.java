package io.baigong.host.rest;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The key of a request that may be sent again (draft-ietf-httpapi-idempotency-key-header-07): a UUID, in quotes or not. */
final class IdempotencyKey {
    static final String HEADER = "Idempotency-Key";
    static final String DESCRIPTION =
            "a new UUID for each request. Who gets no answer sends the request again with the same key, and is given what the first one"
                    + " made; a key of another request is refused with 422";

    private static final int UUID_LENGTH = 36;

    private IdempotencyKey() {}

    static @Nullable UUID of(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String text = header.length() > 2 && header.startsWith("\"") && header.endsWith("\"")
                ? header.substring(1, header.length() - 1)
                : header;
        try {
            if (text.length() == UUID_LENGTH) {
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw ProblemException.invalid(
                HEADER + " is a UUID, such as 8e03978e-40d5-43dd-bc93-6894a57f9324",
                "Send a new one with each request.");
    }

    static ProblemException reused() {
        return new ProblemException(Problem.of(
                422,
                "key-reused",
                "this " + HEADER + " is of another request, which asked for something else",
                "Send a new key with each request, and the same one only to repeat it."));
    }
}
