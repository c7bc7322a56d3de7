package io.baigong.gateway.proxy;

import java.util.Set;

/** Models that answer in this process. Thread-safe. */
public interface LocalModels {
    /**
     * An answer.
     *
     * @param json as OpenAI's API has it, in UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(byte[] json, long inputTokens) {}

    /** The models that answer calls of that operation. */
    Set<String> names(Operation operation);

    /**
     * Answers a call. May take its time; is interrupted when the caller no longer waits.
     *
     * @param model one of {@link #names}
     * @throws ApiException that says what is wrong with the call
     */
    Answer answer(Operation operation, String model, byte[] body) throws ApiException;
}
