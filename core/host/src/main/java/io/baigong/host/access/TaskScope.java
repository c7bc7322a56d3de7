package io.baigong.host.access;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.Set;

/** The verticals and tasks on which the caller may do what this request does. */
@RequestScoped
public class TaskScope {
    private Optional<Set<String>> scopes = Optional.empty();

    /** Empty until it is known which method answers. */
    Optional<Set<String>> scopes() {
        return scopes;
    }

    void narrow(Set<String> to) {
        scopes = Optional.of(Set.copyOf(to));
    }

    /** Whether the request may touch all tasks, and so what belongs to none. */
    public boolean coversAll() {
        return scopes.orElse(Set.of()).contains(Grants.EVERY_TASK);
    }

    /** Whether the request may touch that task. */
    public boolean covers(String task) {
        return Grants.cover(scopes.orElse(Set.of()), task);
    }
}
