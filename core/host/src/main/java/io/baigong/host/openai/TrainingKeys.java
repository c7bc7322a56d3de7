package io.baigong.host.openai;

import io.baigong.gateway.key.ApiKey;
import io.baigong.gateway.key.ApiKeys;
import io.baigong.gateway.key.KeyAdmission;
import io.baigong.gateway.proxy.Admission;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.gateway.proxy.Cost;
import io.baigong.host.access.Roles;
import io.baigong.host.account.Delegations;
import io.baigong.journal.Actor;
import io.baigong.journal.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What holders of keys do about trainings: in the name of who made the key, and only as long as he may. Thread-safe. */
@ApplicationScoped
class TrainingKeys {
    private final KeyAdmission admission;
    private final ApiKeys keys;
    private final Delegations delegations;

    TrainingKeys(KeyAdmission admission, ApiKeys keys, Delegations delegations) {
        this.admission = admission;
        this.keys = keys;
        this.delegations = delegations;
    }

    /** Something that is done for somebody. */
    @FunctionalInterface
    interface Work<T> {
        T of(Actor by) throws ApiException;
    }

    /**
     * Does it for the key's tenant.
     *
     * @throws ApiException for a key that is none, has no leave left, or may not train
     */
    <T> T act(@Nullable String authorization, Work<T> work) throws ApiException {
        String secret = Admission.secret(authorization);
        Admission.Permit permit = admitted(secret);
        try {
            ApiKey key = Tenancy.platform().call(() -> keys.find(secret)).orElseThrow(ApiException::wrongKey);
            var by = new Actor(key.tenant(), key.createdBy());
            if (!key.trains()) {
                throw ApiException.forbidden(
                        "key_may_not_train", "This key may not train. Make one with \"trains\": true.");
            }
            var ended = delegations.ended(by, Roles.MODEL_OWNER, "*");
            if (ended.isPresent()) {
                throw ApiException.forbidden(
                        "key_may_not_train", "Who made this key may not train: " + ended.get() + ".");
            }
            return Tenancy.of(key.tenant()).call(() -> work.of(by));
        } finally {
            permit.release(Cost.NOTHING);
        }
    }

    private Admission.Permit admitted(String secret) throws ApiException {
        try {
            return admission
                    .admit(secret)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("The suite stops.");
        }
    }
}
