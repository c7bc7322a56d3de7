package io.baigong.host.access;

import io.baigong.journal.Actor;
import io.baigong.journal.Tenancy;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import java.util.Collection;
import java.util.Set;

/**
 * Who came in, and for what.
 *
 * @param scopes the verticals and tasks on which they may do what they came for; never empty
 */
public record Caller(Actor actor, Set<String> scopes) {
    /** Throws {@link ForbiddenException} for who is of no tenant, or has none of the roles on any task. */
    public static Caller of(SecurityIdentity identity, Collection<String> roles) {
        String tenant = identity.getAttribute(RequestTenancy.TENANT);
        Grants grants = identity.getAttribute(RequestTenancy.GRANTS);
        Set<String> scopes = grants == null ? Set.of() : grants.scopes(roles);
        if (tenant == null || scopes.isEmpty()) {
            throw new ForbiddenException("none of the roles " + roles);
        }
        return new Caller(new Actor(tenant, identity.getPrincipal().getName()), scopes);
    }

    /** Whether they may do it on that task. */
    public boolean mayTouch(String task) {
        return Grants.cover(scopes, task);
    }

    /** For whom the database is asked. */
    public Tenancy tenancy() {
        return Tenancy.of(actor.tenant()).on(scopes);
    }
}
