package io.baigong.gateway.proxy;

import io.baigong.gateway.guard.GuardConfig;
import io.baigong.gateway.guard.GuardSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What calls are routed by.
 *
 * @param backends servers by name
 * @param models that callers may name
 * @param guards what is kept to in the calls of tenants
 */
public record RouteSettings(
        Map<String, BackendSettings> backends, Map<String, ModelSettings> models, Map<String, GuardSettings> guards) {
    public static final RouteSettings NONE = new RouteSettings(Map.of(), Map.of(), Map.of());

    /** Those of the configuration. Throws {@link IllegalArgumentException} that names the setting that can't be used. */
    static RouteSettings of(ProxyConfig config) {
        var backends = new LinkedHashMap<String, BackendSettings>();
        config.backends().forEach((name, each) -> {
            try {
                backends.put(name, BackendSettings.of(each));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("baigong.gateway.backends." + name + "." + e.getMessage(), e);
            }
        });
        var models = new LinkedHashMap<String, ModelSettings>();
        config.models().forEach((name, each) -> {
            try {
                models.put(name, ModelSettings.of(each));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("baigong.gateway.models." + name + ": " + e.getMessage(), e);
            }
        });
        var guards = new LinkedHashMap<String, GuardSettings>();
        config.guards().forEach((name, each) -> guards.put(name, guard("baigong.gateway.guards." + name, each)));
        return new RouteSettings(backends, models, guards);
    }

    /** What is kept to in the calls of tenants that have no settings of their own. Throws as {@link #of}. */
    static GuardSettings everyGuard(ProxyConfig config) {
        return guard("baigong.gateway.guard", config.guard());
    }

    private static GuardSettings guard(String where, GuardConfig config) {
        try {
            return GuardSettings.of(config);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    /** These, and others under names that are not taken. */
    RouteSettings and(RouteSettings others) {
        var allBackends = new LinkedHashMap<>(others.backends);
        allBackends.putAll(backends);
        var allModels = new LinkedHashMap<>(others.models);
        allModels.putAll(models);
        var allGuards = new LinkedHashMap<>(others.guards);
        allGuards.putAll(guards);
        return new RouteSettings(allBackends, allModels, allGuards);
    }

    /** Throws {@link IllegalArgumentException} when a model names a server that there is not, or servers that do not fit. */
    void check() {
        models.forEach((name, model) -> {
            for (String backend : model.backends()) {
                if (!backends.containsKey(backend)) {
                    throw new IllegalArgumentException("the model " + name + " names the backend " + backend
                            + "; there are " + new TreeSet<>(backends.keySet()));
                }
            }
            List<Protocol> protocols = model.backends().stream()
                    .map(backend ->
                            Objects.requireNonNull(backends.get(backend)).protocol())
                    .distinct()
                    .toList();
            if (protocols.size() > 1) {
                throw new IllegalArgumentException(
                        "the model " + name + " names servers of two protocols: " + new TreeSet<>(model.backends()));
            }
            if (protocols.getFirst() == Protocol.KSERVE && model.isForTexts()) {
                throw new IllegalArgumentException(
                        "the model " + name
                                + " is on servers of the protocol KSERVE, so it has no cache, semanticCache, hedgeAfter or shadow");
            }
        });
    }
}
