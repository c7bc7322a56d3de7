package io.baigong.host.rest;

import io.baigong.host.access.RequestTenancy;
import io.baigong.journal.Actor;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;

/** Who makes the request that is being answered. */
@ApplicationScoped
public class Callers {
    private final SecurityIdentity identity;

    Callers(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The caller, who is signed in. */
    public Actor actor() {
        return actor(identity);
    }

    /** Who that is. Throws {@link ForbiddenException} for who is of no tenant. */
    static Actor actor(SecurityIdentity identity) {
        String tenant = identity.getAttribute(RequestTenancy.TENANT);
        if (tenant == null) {
            throw new ForbiddenException("the account belongs to no tenant");
        }
        return new Actor(tenant, identity.getPrincipal().getName());
    }
}
