package io.baigong.gateway.admin;

import io.baigong.gateway.admin.RouteStore.Kind;
import io.baigong.gateway.admin.RouteStore.Row;
import io.baigong.gateway.guard.GuardSettings;
import io.baigong.gateway.proxy.BackendSettings;
import io.baigong.gateway.proxy.ModelSettings;
import io.baigong.gateway.proxy.RouteSettings;
import io.baigong.gateway.proxy.Routes;
import io.baigong.journal.Actor;
import io.baigong.journal.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Adds servers, models and guards of tenants while the suite runs. What was added by another instance is there within {@link #LOOK_EVERY}. What the
 * configuration names is the configuration's to change. Thread-safe.
 */
public final class RouteAdmin implements AutoCloseable {
    static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(RouteAdmin.class.getName());
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,199}");

    private final Routes routes;
    private final RouteStore store;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("routes").factory());
    private List<Row> seen = List.of();

    /** Routes calls by what was added before now. */
    public RouteAdmin(Routes routes, RouteStore store) {
        this.routes = routes;
        this.store = store;
        look();
        var _ = looking.scheduleWithFixedDelay(
                this::tryToLook, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tryToLook() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "added servers and models can't be read, calls go as before: " + e);
        }
    }

    /** Routes by what is there now. What can't be used here, such as a secret that this machine lacks, is left out. */
    private synchronized void look() {
        List<Row> rows = Tenancy.platform().call(store::rows);
        if (rows.equals(seen)) {
            return;
        }
        routes.add(usable(rows));
        seen = rows;
    }

    private RouteSettings usable(List<Row> rows) {
        var good = new ArrayList<Row>();
        RouteSettings settings = RouteSettings.NONE;
        for (Row row : rows) { // servers come before models
            good.add(row);
            try {
                settings = store.settings(good);
                routes.check(settings);
            } catch (IllegalArgumentException e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "the " + row.kind() + " " + row.name() + " that was added is left out: " + e.getMessage());
                good.removeLast();
            }
        }
        return store.settings(good);
    }

    /**
     * Adds a server or changes it.
     *
     * @throws IllegalArgumentException that says what can't be used
     * @throws RouteConflict when the configuration has it
     */
    public void put(String name, BackendSettings settings, Actor by) {
        var added = new RouteSettings(Map.of(name, settings), Map.of(), Map.of());
        change(Kind.BACKEND, name, Optional.of(settings), by, rows -> routes.check(added));
    }

    /** Adds a model or changes it. Throws as for a server. */
    public void put(String name, ModelSettings settings, Actor by) {
        change(Kind.MODEL, name, Optional.of(settings), by, rows -> {
            Map<String, BackendSettings> named = new HashMap<>(readable(rows).backends());
            named.keySet().retainAll(settings.backends());
            routes.check(new RouteSettings(named, Map.of(name, settings), Map.of()));
        });
    }

    /** Says what is kept to in a tenant's calls. Throws as for a server. */
    public void put(String tenant, GuardSettings settings, Actor by) {
        change(Kind.GUARD, tenant, Optional.of(settings), by, _ -> routes.check(settings));
    }

    /**
     * Removes what was added.
     *
     * @return whether it was there
     * @throws RouteConflict when the configuration has it, or a model names the server
     */
    public boolean remove(Kind kind, String name, Actor by) {
        if (store.rows().stream()
                .noneMatch(row -> row.kind() == kind && row.name().equals(name))) {
            refuseFixed(kind, name);
            return false;
        }
        change(kind, name, Optional.empty(), by, rows -> {
            if (kind == Kind.BACKEND) {
                refuseNamed(name, readable(rows));
            }
        });
        return true;
    }

    private static void refuseNamed(String backend, RouteSettings settings) {
        settings.models().forEach((name, model) -> {
            if (model.backends().contains(backend)) {
                throw new RouteConflict(
                        "the model " + name + " names the backend " + backend, "Change or remove the model first.");
            }
        });
    }

    private void change(Kind kind, String name, Optional<Object> settings, Actor by, Consumer<List<Row>> check) {
        Pattern pattern = kind == Kind.MODEL ? MODEL : NAME;
        if (!pattern.matcher(name).matches()) {
            throw new IllegalArgumentException("a name is of letters, digits and . _ -"
                    + (kind == Kind.MODEL ? " / : @" : "") + ", and begins with a letter or a digit: " + pattern);
        }
        refuseFixed(kind, name);
        store.change(kind, name, settings, by, check);
        look();
    }

    private void refuseFixed(Kind kind, String name) {
        RouteSettings fixed = routes.fixed();
        Map<String, ?> taken = switch (kind) {
            case BACKEND -> fixed.backends();
            case MODEL -> fixed.models();
            case GUARD -> fixed.guards();
        };
        if (taken.containsKey(name)) {
            throw new RouteConflict(
                    name + " is in the configuration of the suite", "Change it there, or choose another name.");
        }
    }

    /** Who changed something last, and when. */
    public record Change(String by, Instant at) {}

    /**
     * A server, a model, or what is kept to for a tenant.
     *
     * @param changed empty for what the configuration has
     */
    public record Named<S>(String name, S settings, Optional<Change> changed) {}

    /** All servers, by name. */
    public List<Named<BackendSettings>> backends() {
        return all(Kind.BACKEND, RouteSettings::backends);
    }

    /** All models, by name. */
    public List<Named<ModelSettings>> models() {
        return all(Kind.MODEL, RouteSettings::models);
    }

    /** What is kept to in the calls of tenants that have settings of their own, by tenant. */
    public List<Named<GuardSettings>> guards() {
        return all(Kind.GUARD, RouteSettings::guards);
    }

    private <S> List<Named<S>> all(Kind kind, Function<RouteSettings, Map<String, S>> of) {
        List<Row> rows = store.rows();
        var changes = new HashMap<String, Change>();
        rows.stream()
                .filter(row -> row.kind() == kind)
                .forEach(row -> changes.put(row.name(), new Change(row.changedBy(), row.changedAt())));
        Map<String, S> fixed = of.apply(routes.fixed());
        var all = new TreeMap<String, Named<S>>();
        of.apply(readable(rows))
                .forEach(
                        (name, each) -> all.put(name, new Named<>(name, each, Optional.ofNullable(changes.get(name)))));
        fixed.forEach((name, each) -> all.put(name, new Named<>(name, each, Optional.empty())));
        return List.copyOf(all.values());
    }

    /** But for rows that are no settings, as was logged when they were found. */
    private RouteSettings readable(List<Row> rows) {
        return store.settings(rows.stream().filter(this::isReadable).toList());
    }

    private boolean isReadable(Row row) {
        try {
            store.settings(List.of(row));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What the servers that can be used are doing, as this instance sees it. */
    public List<Routes.Standing> standings() {
        return routes.standings();
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
