package io.baigong.host.rest;

import io.baigong.journal.Actor;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;

/** Who makes the request that is being answered. */
@ApplicationScoped
public class Callers {
    /** Attribute of the {@link SecurityIdentity} that names the tenant; without it, it is {@link Actor#DEFAULT_TENANT}. */
    public static final String TENANT = "baigong.tenant";

    private final SecurityIdentity identity;

    Callers(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The caller, who is signed in. */
    public Actor actor() {
        String tenant = identity.getAttribute(TENANT);
        return new Actor(
                tenant == null ? Actor.DEFAULT_TENANT : tenant,
                identity.getPrincipal().getName());
    }
}
