package io.baigong.host.kserve;

import io.baigong.gateway.key.KeyAdmission;
import io.baigong.gateway.key.UsageLedger;
import io.baigong.gateway.key.UsageMeters;
import io.baigong.gateway.proxy.Admission;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.gateway.proxy.Cost;
import io.baigong.gateway.proxy.Usage;
import io.baigong.gateway.trace.CallTraces;
import io.baigong.host.kserve.InferenceModels.Description;
import io.baigong.host.kserve.InferenceModels.Inferred;
import io.baigong.journal.Journal;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Calls with a key of the gateway: admitted, answered and counted as those of {@code /v1}. Wait on threads of their own. Thread-safe. */
@ApplicationScoped
class InferenceCalls {
    private static final String OPERATION = "infer";
    private static final String HERE = "in process";
    private static final int FAULT = 500;

    private final InferenceModels models;
    private final KeyAdmission admission;
    private final Consumer<Usage> ledger;

    InferenceCalls(
            InferenceModels models, KeyAdmission admission, UsageLedger ledger, UsageMeters meters, CallTraces traces) {
        this.models = models;
        this.admission = admission;
        this.ledger = ledger.andThen(meters).andThen(traces);
    }

    /** A request that is read only once its caller is admitted. */
    @FunctionalInterface
    interface Reading {
        Request read() throws ApiException;
    }

    /**
     * What a model is asked.
     *
     * @param bytes of the request: no token of text is shorter than one
     */
    record Request(List<NamedTensor> inputs, List<String> wanted, long bytes) {}

    /** Describes a model to who has a key. */
    Description describe(String authorization, String model, String version) throws ApiException {
        Admission.Permit permit = admitted(authorization);
        try {
            return models.describe(model, version);
        } finally {
            permit.release(Cost.NOTHING);
        }
    }

    /** Lets who has a key in, and no more. */
    void admit(String authorization) throws ApiException {
        admitted(authorization).release(Cost.NOTHING);
    }

    /** Asks a model. */
    Inferred infer(String authorization, String model, String version, Reading reading) throws ApiException {
        Instant at = Instant.now();
        long began = System.nanoTime();
        Admission.Permit permit = admitted(authorization);
        int status = FAULT;
        long used = 0;
        boolean reached = false;
        try {
            Request request = reading.read();
            if (permit.hasBudget()) {
                await(permit.reserve(Cost.ofTokens(request.bytes())));
            }
            Inferred inferred = models.infer(model, version, request.inputs(), request.wanted());
            used = inferred.tokens();
            reached = true;
            status = 200;
            return inferred;
        } catch (ApiException e) {
            status = e.status();
            throw e;
        } finally {
            double millis = (System.nanoTime() - began) / 1e6;
            ledger.accept(new Usage(
                    Journal.newId(),
                    permit.key(),
                    permit.tenant(),
                    OPERATION,
                    model,
                    reached ? HERE : "",
                    status,
                    false,
                    false,
                    used,
                    0,
                    0,
                    at,
                    millis,
                    0,
                    millis,
                    null));
            permit.release(Cost.ofTokens(used));
        }
    }

    private Admission.Permit admitted(String authorization) throws ApiException {
        return await(admission.admit(Admission.secret(authorization)));
    }

    private static <T> T await(Future<T> future) throws ApiException {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ApiException refused) {
                throw refused;
            }
            throw e;
        }
    }
}
