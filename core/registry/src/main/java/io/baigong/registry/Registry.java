package io.baigong.registry;

import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.ModelRole;
import io.baigong.spi.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which model fills which role: the operator's own by configuration, else the version that was promoted, else what ships.
 * Thread-safe; only promotions change it.
 */
public final class Registry {
    private final Map<String, ModelRole> roles;
    private final Map<String, ModelLocation> locations;
    private volatile Map<String, ModelShares> promoted = Map.of();

    private Registry(Map<String, ModelRole> roles, Map<String, ModelLocation> locations) {
        this.roles = Map.copyOf(roles);
        this.locations = Map.copyOf(locations);
    }

    /**
     * The roles of these tasks.
     *
     * @param folders artifacts of the operator's own, by role; they go before shipped ones
     * @throws IllegalArgumentException for a folder of a role that no task has, or one that is not there
     */
    public static Registry of(Collection<? extends Task<?, ?>> tasks, Map<String, Path> folders) {
        var roles = new HashMap<String, ModelRole>();
        var locations = new HashMap<String, ModelLocation>();
        for (Task<?, ?> task : tasks) {
            for (ModelRole role : task.roles()) {
                ModelRole other = roles.putIfAbsent(role.name(), role);
                if (other != null && !other.equals(role)) {
                    throw new IllegalArgumentException(
                            "role " + role.name() + " is declared in two ways: " + other + " and " + role);
                }
                locations.put(role.name(), shipped(task, role));
            }
        }
        var registry = new Registry(roles, locations);
        for (var folder : folders.entrySet()) {
            registry = registry.with(folder.getKey(), folder.getValue());
        }
        return registry;
    }

    private static ModelLocation shipped(Task<?, ?> task, ModelRole role) {
        if (role.shipped().isEmpty()) {
            return new ModelLocation.Platform();
        }
        return new ModelLocation.Shipped(
                task.getClass().getClassLoader(), role.shipped().get());
    }

    /** This registry, but with the role filled by the artifact in {@code folder}. */
    public Registry with(String role, Path folder) {
        known(role);
        if (!Files.isRegularFile(folder.resolve("model.json"))) {
            throw new IllegalArgumentException(
                    "the folder given for role " + role + " holds no model.json: " + folder.toAbsolutePath());
        }
        return with(role, new ModelLocation.Folder(folder.toAbsolutePath().normalize()));
    }

    /** This registry, but with the role filled by the model at {@code location}. Promotions do not reach it. */
    public Registry with(String role, ModelLocation location) {
        known(role);
        var changed = new HashMap<>(locations);
        changed.putAll(preferred());
        changed.put(role, location);
        return new Registry(roles, changed);
    }

    private void known(String role) {
        if (!roles.containsKey(role)) {
            throw new IllegalArgumentException("no task has a role " + role + "; the roles are "
                    + String.join(", ", new TreeSet<>(roles.keySet())));
        }
    }

    /** Has these versions serve in place of what ships, and no others. */
    public void promote(Map<String, ModelShares> versions) {
        promoted = Map.copyOf(versions);
    }

    /** Promoted versions of roles that the operator did not fill by configuration. */
    private Map<String, ModelLocation> preferred() {
        var preferred = new HashMap<String, ModelLocation>();
        promoted.forEach((role, shares) -> {
            if (!(locations.get(role) instanceof ModelLocation.Folder)) {
                preferred.put(role, shares.main());
            }
        });
        return preferred;
    }

    /**
     * Where the model is that the role has for a run.
     *
     * @throws ModelException if no task has such a role
     */
    public ModelLocation locate(String role, ModelRole.Kind kind, RunKey run) {
        ModelRole known = roles.get(role);
        if (known != null && known.kind() != kind) {
            throw new ModelException(
                    ErrorCode.Internal.FAULT,
                    "role " + role + " is declared as " + known.kind() + ", but was asked for " + kind);
        }
        return locate(role, run);
    }

    /**
     * Where the model is that the role has for a run, of whatever kind.
     *
     * @throws ModelException if no task has such a role
     */
    public ModelLocation locate(String role, RunKey run) {
        ModelLocation location = unpromoted(role);
        if (location instanceof ModelLocation.Folder) {
            return location;
        }
        ModelShares shares = promoted.get(role);
        if (shares == null) {
            return location;
        }
        return run == RunKey.NONE || shares.parts().size() == 1 ? shares.main() : shares.at(run.draw(role));
    }

    /**
     * The models that share the role's runs, the one with the largest share first.
     *
     * @throws ModelException if no task has such a role
     */
    public List<ModelLocation> all(String role) {
        ModelLocation location = unpromoted(role);
        ModelShares shares = promoted.get(role);
        return location instanceof ModelLocation.Folder || shares == null
                ? List.of(location)
                : shares.parts().stream().map(ModelShares.Part::location).toList();
    }

    /**
     * Where the model is that fills the role while no version is promoted: the operator's own, else what ships.
     *
     * @throws ModelException if no task has such a role
     */
    public ModelLocation unpromoted(String role) {
        ModelLocation location = locations.get(role);
        if (location == null) {
            throw new ModelException(ErrorCode.Internal.FAULT, "no task declares a role " + role);
        }
        return location;
    }

    /** Whether a task declares the role as one of this kind. */
    public boolean isOfKind(String role, ModelRole.Kind kind) {
        ModelRole known = roles.get(role);
        return known != null && known.kind() == kind;
    }

    /** All roles. */
    public Collection<ModelRole> roles() {
        return roles.values();
    }
}
