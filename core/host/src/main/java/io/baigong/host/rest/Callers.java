package io.baigong.host.rest;

import io.baigong.host.access.RequestTenancy;
import io.baigong.host.access.TaskScope;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.journal.Actor;
import io.baigong.journal.Occasion;
import io.baigong.spi.Task;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who makes the request that is being answered. */
@ApplicationScoped
public class Callers {
    private static final int LONGEST_HEADER = 200;

    private final SecurityIdentity identity;
    private final TaskScope scope;

    Callers(SecurityIdentity identity, TaskScope scope) {
        this.identity = identity;
        this.scope = scope;
    }

    /** What the caller says that the request is for: {@code X-Purpose} and {@code X-Correlation-Id}. */
    static Occasion occasion(HttpHeaders headers) {
        return new Occasion(
                given("X-Purpose", headers.getHeaderString("X-Purpose")),
                given("X-Correlation-Id", headers.getHeaderString("X-Correlation-Id")));
    }

    /** What a caller says in a field of that name; null for nothing. */
    static @Nullable String given(String name, @Nullable String text) {
        if (text != null && text.length() > LONGEST_HEADER) {
            throw ProblemException.invalid(name + " has at most 200 characters", "Shorten it.");
        }
        return text == null || text.isBlank() ? null : text;
    }

    /** The caller, who is signed in. */
    public Actor actor() {
        return actor(identity);
    }

    /** Whether the caller may do on that task what the request does. */
    boolean mayTouch(Task<?, ?> task) {
        return scope.covers(task.id().toString());
    }

    /** The tasks on which the caller may do what the request does. */
    List<Task<?, ?>> tasks(Catalogue catalogue) {
        return catalogue.tasks().stream().filter(this::mayTouch).toList();
    }

    /** For what belongs to the tenant and to no task. Throws {@link ForbiddenException} for who has the role on some tasks only. */
    void needAllTasks() {
        if (!scope.coversAll()) {
            throw new ForbiddenException("this takes the role on all tasks of the tenant");
        }
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
