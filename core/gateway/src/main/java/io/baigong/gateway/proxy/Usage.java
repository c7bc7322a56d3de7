package io.baigong.gateway.proxy;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call that was answered or failed.
 *
 * @param key of the caller; null for the suite's own tasks
 * @param tenant for whom it was; null for the platform itself
 * @param model as the caller named it
 * @param backend that answered; empty if none did
 * @param status of the answer, as HTTP has it; 499 if the caller went away
 * @param shadow whether it was a copy of a call, whose answer nobody got
 * @param inputTokens as the server counts them; 0 if it did not say
 * @param costMicros in millionths of the currency of {@code baigong.gateway.currency}
 * @param firstByteMillis from the call's coming to the answer's first byte
 * @param queuedMillis of these waited for a place at a server
 * @param millis from the call's coming to the answer's end
 * @param traceParent the span that the call is part of, as its caller says by the header of W3C Trace Context; null for none
 */
public record Usage(
        UUID id,
        @Nullable UUID key,
        @Nullable String tenant,
        String operation,
        String model,
        String backend,
        int status,
        boolean streamed,
        boolean shadow,
        long inputTokens,
        long outputTokens,
        long costMicros,
        Instant at,
        double firstByteMillis,
        double queuedMillis,
        double millis,
        @Nullable String traceParent) {}
