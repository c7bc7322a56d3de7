package io.baigong.gateway.proxy;

import io.baigong.compute.text.PersonalData;
import io.baigong.gateway.guard.GuardSettings;
import io.baigong.gateway.guard.Guards;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which servers a model runs on, and in which order a call tries them. Thread-safe. */
public final class Routes {
    /** A call that has chosen a server reaches it within this time. */
    private static final long RETIRE_MILLIS = 60_000;

    private final Vertx vertx;
    private final InstantSource clock;
    private final Guards fixedGuards;
    private final Secrets secrets;
    private final RouteSettings fixed;
    private volatile Table table;

    private record Table(Map<String, Backend> backends, Map<String, Route> models, Guards guards) {}

    /**
     * A model that callers may name.
     *
     * @param maxAnswerTokens of an answer whose caller has a budget and does not say
     * @param cache how long an answer is given again, if it is
     * @param semanticCache how an answer is given again for a question that means the same, if it is
     * @param hedgeAfter how long the first server may take for vectors before a second is asked too
     * @param shadow who gets a copy of some calls, its answer for nobody
     */
    record Route(
            List<Target> targets,
            int maxAnswerTokens,
            Optional<Duration> cache,
            Optional<SemanticCacheSettings> semanticCache,
            Optional<Duration> hedgeAfter,
            Optional<Shadow> shadow) {
        /** What its servers speak. */
        Protocol protocol() {
            return targets.getFirst().backend().protocol();
        }
    }

    /**
     * A model on a server.
     *
     * @param capabilities what it can do beyond text; all if it is not said
     * @param contextTokens that question and answer may have together
     * @param price of its tokens
     */
    record Target(
            Backend backend,
            String model,
            double weight,
            Optional<Set<Capability>> capabilities,
            OptionalInt contextTokens,
            Price price) {
        /** What the call needs and this target lacks, in words; empty if nothing. */
        Optional<String> lacks(ModelCall call) {
            if (capabilities.isPresent() && !capabilities.get().containsAll(call.needs())) {
                var missing = new TreeSet<>(call.needs());
                missing.removeAll(capabilities.get());
                return Optional.of("can't do what the call needs: " + missing);
            }
            long tokens = call.textTokens() + Math.max(0, call.maxTokens());
            if (contextTokens.isPresent() && tokens > contextTokens.getAsInt()) {
                return Optional.of("takes " + contextTokens.getAsInt()
                        + " tokens of question and answer together, and the call has some " + tokens);
            }
            return Optional.empty();
        }
    }

    /** A share in {@code [0, 1]} of a model's calls that a target gets a copy of. */
    record Shadow(Target target, double share) {}

    /**
     * Throws {@link IllegalArgumentException} that names the setting that can't be used.
     *
     * @param config of this machine, which stands whatever {@link #add adds}
     */
    public Routes(ProxyConfig config, Vertx vertx, InstantSource clock) {
        checkCurrency(config.currency());
        var personalData =
                new PersonalData(config.maskedNames().map(Routes::names).orElse(List.of()), config.maskRecords());
        this.vertx = vertx;
        this.clock = clock;
        this.secrets = new Secrets(config.secrets());
        this.fixed = RouteSettings.of(config);
        this.fixedGuards = Guards.of(RouteSettings.everyGuard(config), fixed.guards(), personalData);
        fixed.check();
        this.table = table(fixed, Map.of());
    }

    private static void checkCurrency(String code) {
        try {
            Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "baigong.gateway.currency is a code of ISO 4217 such as CNY, not " + code, e);
        }
    }

    /** What the configuration of this machine says. */
    public RouteSettings fixed() {
        return fixed;
    }

    /**
     * Whether calls could be routed by these settings too.
     *
     * @throws IllegalArgumentException that says what can't be used
     */
    public void check(RouteSettings added) {
        fixed.and(added).check();
        added.backends().forEach((name, each) -> {
            try {
                check(each);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the backend " + name + ": " + e.getMessage(), e);
            }
        });
    }

    private void check(BackendSettings backend) {
        if (Addresses.isBarred(backend.url())) {
            throw new IllegalArgumentException(
                    "url leads to where no call may go: " + backend.url().getHost());
        }
        backend.secret().ifPresent(reference -> {
            if (Secrets.isPlace(reference)) {
                throw new IllegalArgumentException("secret must be a name in baigong.gateway.secrets;"
                        + " only the configuration says where secrets are");
            }
            secrets.read(reference, backend.url());
        });
    }

    /**
     * Routes calls from now on by these settings too, in place of those that were added before. Calls on their way end as they
     * began; servers that stay as they were keep their connections.
     */
    public synchronized void add(RouteSettings added) {
        check(added);
        Table before = table;
        table = table(fixed.and(added), before.backends);
        before.backends.values().stream()
                .filter(each -> table.backends.get(each.name()) != each)
                .forEach(this::retire);
    }

    /** Ends a server's connections when its last call has. */
    private void retire(Backend backend) {
        vertx.setTimer(RETIRE_MILLIS, later -> {
            if (backend.outstanding().get() > 0) {
                retire(backend);
            } else {
                backend.close();
            }
        });
    }

    private Table table(RouteSettings settings, Map<String, Backend> before) {
        var backends = new LinkedHashMap<String, Backend>();
        settings.backends().forEach((name, each) -> {
            Backend same = before.get(name);
            backends.put(name, same != null && same.settings().equals(each) ? same : backend(name, each));
        });
        var models = new LinkedHashMap<String, Route>();
        settings.models().forEach((name, each) -> models.put(name, route(name, each, backends)));
        return new Table(backends, models, fixedGuards.with(settings.guards()));
    }

    private Backend backend(String name, BackendSettings settings) {
        try {
            return new Backend(name, settings, secrets, vertx, clock);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("baigong.gateway.backends." + name + "." + e.getMessage(), e);
        }
    }

    private static Route route(String name, ModelSettings model, Map<String, Backend> backends) {
        return new Route(
                model.targets().stream()
                        .map(each -> target(name, each, backends))
                        .toList(),
                model.maxAnswerTokens(),
                model.cache(),
                model.semanticCache(),
                model.hedgeAfter(),
                model.shadow().map(shadow -> new Shadow(target(name, shadow.target(), backends), shadow.share())));
    }

    private static Target target(String model, ModelSettings.TargetSettings target, Map<String, Backend> backends) {
        return new Target(
                Objects.requireNonNull(backends.get(target.backend())),
                target.model().orElse(model),
                target.weight().orElse(1.0),
                target.capabilities(),
                target.contextTokens(),
                target.price().orElse(Price.NONE));
    }

    /** What a server is doing. */
    public record Standing(String backend, int outstanding, boolean failing) {}

    /** What all servers are doing. */
    public List<Standing> standings() {
        return table.backends.values().stream()
                .map(each -> new Standing(
                        each.name(), each.outstanding().get(), !each.breaker().allows()))
                .toList();
    }

    private static List<String> names(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank()).toList();
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException(
                    "baigong.gateway.masked-names is a file of names in UTF-8, one a line; " + file + " can't be read: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The names that callers may use for models on servers of that protocol. */
    Collection<String> names(Protocol protocol) {
        return table.models.entrySet().stream()
                .filter(each -> each.getValue().protocol() == protocol)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What is kept to in the calls of tenants. */
    Guards guards() {
        return table.guards;
    }

    /** Throws {@link IllegalArgumentException} that says what can't be used. */
    public void check(GuardSettings guard) {
        fixedGuards.check(guard);
    }

    /** Whether callers may use that name for a model on servers of that protocol. */
    boolean has(String model, Protocol protocol) {
        Route route = table.models.get(model);
        return route != null && route.protocol() == protocol;
    }

    /** The route of a model on servers of that protocol. Throws {@link ApiException} when there is none. */
    Route of(String model, Protocol protocol) throws ApiException {
        Route route = table.models.get(model);
        if (route == null) {
            throw ApiException.noSuchModel(model);
        }
        if (route.protocol() != protocol) {
            throw ApiException.invalid(
                    protocol == Protocol.OPENAI
                            ? "The model '" + model + "' takes tensors: POST /v2/models/" + model + "/infer."
                            : "The model '" + model + "' takes texts: POST /v1/chat/completions or /v1/embeddings.",
                    "model");
        }
        return route;
    }
}
