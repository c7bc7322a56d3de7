package io.baigong.host.rest;

import io.baigong.host.access.RequestTenancy;
import io.baigong.journal.Actor;
import io.baigong.journal.Occasion;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Who makes the request that is being answered. */
@ApplicationScoped
public class Callers {
    private static final int LONGEST_HEADER = 200;

    private final SecurityIdentity identity;

    Callers(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** What the caller says that the request is for: {@code X-Purpose} and {@code X-Correlation-Id}. */
    static Occasion occasion(HttpHeaders headers) {
        return new Occasion(given(headers, "X-Purpose"), given(headers, "X-Correlation-Id"));
    }

    private static @Nullable String given(HttpHeaders headers, String name) {
        String text = headers.getHeaderString(name);
        if (text != null && text.length() > LONGEST_HEADER) {
            throw ProblemException.invalid(name + " has at most 200 characters", "Shorten it.");
        }
        return text == null || text.isBlank() ? null : text;
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
