package io.baigong.gateway.guard;

import io.baigong.compute.text.PersonalData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is kept to in calls, by tenant. Immutable. */
public final class Guards {
    private static final System.Logger LOG = System.getLogger(Guards.class.getName());

    private final PersonalData personalData;
    private final List<Guardrail> plugged;
    private final Guard every;
    private final Map<String, Guard> tenants;

    private Guards(PersonalData personalData, List<Guardrail> plugged, Guard every, Map<String, Guard> tenants) {
        this.personalData = personalData;
        this.plugged = plugged;
        this.every = every;
        this.tenants = Map.copyOf(tenants);
    }

    /**
     * Those of the configuration. Throws {@link IllegalArgumentException} that names the setting that can't be used.
     *
     * @param every of tenants without settings of their own
     * @param tenants by name
     */
    public static Guards of(GuardSettings every, Map<String, GuardSettings> tenants, PersonalData personalData) {
        List<Guardrail> plugged = ServiceLoader.load(Guardrail.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        var guards = new HashMap<String, Guard>();
        tenants.forEach(
                (name, each) -> guards.put(name, guard("baigong.gateway.guards." + name, each, personalData, plugged)));
        return new Guards(personalData, plugged, guard("baigong.gateway.guard", every, personalData, plugged), guards);
    }

    private static Guard guard(
            String where, GuardSettings settings, PersonalData personalData, List<Guardrail> plugged) {
        try {
            return new Guard(settings, personalData, plugged);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    /** Throws {@link IllegalArgumentException} that says what can't be used. */
    public void check(GuardSettings settings) {
        guard("the guard", settings, personalData, plugged);
    }

    /**
     * These, and others of tenants that have none among these. Of a tenant whose settings can't be used here nothing passes.
     *
     * @param added by tenant
     */
    public Guards with(Map<String, GuardSettings> added) {
        var all = new HashMap<String, Guard>();
        added.forEach((tenant, settings) -> {
            try {
                all.put(tenant, new Guard(settings, personalData, plugged));
            } catch (IllegalArgumentException e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "the guard of tenant " + tenant + " can't be used here, so its calls are refused: "
                                + e.getMessage());
                all.put(tenant, Guard.closed(settings, personalData));
            }
        });
        all.putAll(tenants);
        return new Guards(personalData, plugged, every, all);
    }

    /** Those that settings name. */
    static List<Guardrail> rails(GuardSettings settings, List<Guardrail> plugged) {
        var rails = new ArrayList<Guardrail>();
        if (!settings.blockedTopics().isEmpty()) {
            rails.add(new BlockedTopics(settings.blockedTopics()));
        }
        Set<String> wanted = new TreeSet<>(settings.guardrails());
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
