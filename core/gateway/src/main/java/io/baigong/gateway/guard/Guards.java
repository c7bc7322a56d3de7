package io.baigong.gateway.guard;

import io.baigong.compute.text.PersonalData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is kept to in calls, by tenant. Thread-safe. */
public final class Guards {
    private final Guard every;
    private final Map<String, Guard> tenants;

    /**
     * Throws {@link IllegalArgumentException} that names the setting that can't be used.
     *
     * @param every of tenants without settings of their own
     * @param tenants by name
     */
    public Guards(GuardConfig every, Map<String, GuardConfig> tenants, PersonalData personalData) {
        List<Guardrail> plugged = ServiceLoader.load(Guardrail.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        this.every = guard("baigong.gateway.guard", every, personalData, plugged);
        this.tenants = tenants.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        each -> guard(
                                "baigong.gateway.guards." + each.getKey(), each.getValue(), personalData, plugged)));
    }

    private static Guard guard(String where, GuardConfig config, PersonalData personalData, List<Guardrail> plugged) {
        try {
            return new Guard(config, personalData, plugged);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    /** Those that settings name. */
    static List<Guardrail> rails(GuardConfig config, List<Guardrail> plugged) {
        var rails = new ArrayList<Guardrail>();
        config.blockedTopics().map(BlockedTopics::read).ifPresent(rails::add);
        Set<String> wanted = new TreeSet<>(config.guardrails().orElse(Set.of()));
        plugged.stream().filter(each -> wanted.remove(each.name())).forEach(rails::add);
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException("guardrails names " + wanted + "; on the class path are "
                    + new TreeSet<>(plugged.stream().map(Guardrail::name).toList()));
        }
        return List.copyOf(rails);
    }

    /** What is kept to for a tenant; null for calls that belong to none. */
    public Guard of(@Nullable String tenant) {
        return tenant == null ? every : tenants.getOrDefault(tenant, every);
    }
}
