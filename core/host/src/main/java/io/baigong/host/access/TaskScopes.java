package io.baigong.host.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Narrows each request to the tasks on which its caller has one of the roles that the method wants. */
class TaskScopes {
    private final TaskScope scope;
    private final SecurityIdentity identity;

    TaskScopes(TaskScope scope, SecurityIdentity identity) {
        this.scope = scope;
        this.identity = identity;
    }

    @ServerRequestFilter
    void narrow(ResourceInfo method) {
        Method answering = method.getResourceMethod();
        RolesAllowed roles = answering == null ? null : answering.getAnnotation(RolesAllowed.class);
        // Who calls the others may be nobody, and to find out would keep an event loop waiting.
        if (roles != null) {
            Grants grants = identity.getAttribute(RequestTenancy.GRANTS);
            scope.narrow(grants == null ? Set.of() : grants.scopes(List.of(roles.value())));
        }
    }
}
