package io.baigong.host.rpc;

import io.baigong.host.access.AccessEvent;
import io.baigong.host.access.AccessEvents;
import io.baigong.host.access.Caller;
import io.baigong.host.access.RequestTenancy;
import io.baigong.journal.Actor;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;

/**
 * Lets callers in whom no REST method looks at, with the credentials that REST takes. Each call looks them up anew, so that somebody
 * whose connection lasts may do no more than they may now. Thread-safe.
 */
@ApplicationScoped
class Door {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpAuthenticator authenticator;
    private final AccessEvents events;

    Door(HttpAuthenticator authenticator, AccessEvents events) {
        this.authenticator = authenticator;
        this.events = events;
    }

    /**
     * Who sent that request, and on what they may do what these roles do. Fails with {@link UnauthorizedException} for nobody, with
     * {@link ForbiddenException} after it was told, and with what else keeps a caller out.
     *
     * @param subject what they want, as the audit log says it
     */
    Uni<Caller> enter(RoutingContext http, List<String> roles, String subject) {
        return authenticator.attemptAuthentication(http).onItem().<Caller>transformToUni(identity -> {
            if (identity == null || identity.isAnonymous()) {
                return Uni.createFrom().failure(new UnauthorizedException());
            }
            try {
                return Uni.createFrom().item(Caller.of(identity, roles));
            } catch (ForbiddenException e) {
                return told(actor(identity), subject, "roles " + new TreeSet<>(identity.getRoles()))
                        .flatMap(_ -> Uni.createFrom().failure(e));
            }
        });
    }

    /** As above, and waits. Not on an event loop. */
    Caller entered(RoutingContext http, List<String> roles, String subject) {
        return enter(http, roles, subject).await().atMost(PATIENCE);
    }

    /** Tells that somebody was turned away. */
    Uni<Void> told(Actor actor, String subject, String why) {
        return events.telling(new AccessEvent(AccessEvent.Kind.REFUSAL, actor, subject, why));
    }

    private static Actor actor(SecurityIdentity identity) {
        String tenant = identity.getAttribute(RequestTenancy.TENANT);
        return new Actor(
                tenant == null ? "none" : tenant, identity.getPrincipal().getName());
    }
}
