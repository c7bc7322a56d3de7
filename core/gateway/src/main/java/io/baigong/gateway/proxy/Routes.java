package io.baigong.gateway.proxy;

import io.baigong.gateway.guard.Guards;
import io.baigong.gateway.guard.PersonalData;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Which servers a model runs on, and in which order a call tries them. Thread-safe. */
public final class Routes {
    private final Map<String, Route> models = new LinkedHashMap<>();
    private final Map<String, Backend> backends = new LinkedHashMap<>();
    private final Guards guards;

    /**
     * A model that callers may name.
     *
     * @param maxAnswerTokens of an answer whose caller has a budget and does not say
     * @param cache how long an answer is given again, if it is
     * @param hedgeAfter how long the first server may take for vectors before a second is asked too
     * @param shadow who gets a copy of some calls, its answer for nobody
     */
    record Route(
            List<Target> targets,
            int maxAnswerTokens,
            Optional<Duration> cache,
            Optional<Duration> hedgeAfter,
            Optional<Shadow> shadow) {}

    /**
     * A model on a server.
     *
     * @param capabilities what it can do beyond text; all if it is not said
     * @param contextTokens that question and answer may have together
     */
    record Target(
            Backend backend,
            String model,
            double weight,
            Optional<Set<Capability>> capabilities,
            OptionalInt contextTokens) {
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

    /** Throws {@link IllegalArgumentException} when a model names a server that is not configured. */
    public Routes(ProxyConfig config, Vertx vertx, InstantSource clock) {
        var personalData =
                new PersonalData(config.maskedNames().map(Routes::names).orElse(List.of()));
        guards = new Guards(config.guard(), config.guards(), personalData);
        config.backends().forEach((name, each) -> backends.put(name, new Backend(name, each, vertx, clock)));
        config.models().forEach((name, model) -> models.put(name, route(name, model)));
    }

    private Route route(String name, ProxyConfig.ModelConfig model) {
        return new Route(
                model.targets().stream().map(each -> target(name, each)).toList(),
                model.maxAnswerTokens(),
                model.cache(),
                model.hedgeAfter(),
                model.shadow().map(shadow -> new Shadow(target(name, shadow.target()), shadow.share())));
    }

    private Target target(String model, ProxyConfig.TargetConfig target) {
        return new Target(
                backend(model, target.backend()),
                target.model().orElse(model),
                target.weight(),
                target.capabilities(),
                target.contextTokens());
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

    private Backend backend(String model, String name) {
        Backend backend = backends.get(name);
        if (backend == null) {
            throw new IllegalArgumentException("baigong.gateway.models." + model + " names the backend " + name
                    + "; configured are " + new TreeSet<>(backends.keySet()));
        }
        return backend;
    }

    /** The names that callers may use. */
    Collection<String> names() {
        return models.keySet();
    }

    /** What is kept to in the calls of tenants. */
    Guards guards() {
        return guards;
    }

    /** The route of a model. Throws {@link ApiException} when there is none. */
    Route of(String model) throws ApiException {
        Route route = models.get(model);
        if (route == null || route.targets.isEmpty()) {
            throw ApiException.noSuchModel(model);
        }
        return route;
    }

    /**
     * The targets of a call in the order in which it tries them: those whose servers fail last, else the one that has answered
     * the conversation before unless it is much busier, else the one with the least outstanding calls for its weight; among
     * equals by chance.
     *
     * @param zones where the call may go; anywhere if empty
     * @throws ApiException when no target may or can answer it
     */
    static List<Target> order(Route route, ModelCall call, Set<String> zones) throws ApiException {
        List<Target> targets = able(allowed(route.targets, call, zones), call);
        if (targets.size() == 1) {
            return targets;
        }
        var random = RandomGenerator.getDefault();
        List<Ranked> ranked = targets.stream()
                .map(target -> new Ranked(
                        target,
                        !target.backend.breaker().allows(),
                        (target.backend.outstanding().get() + random.nextDouble()) / Math.max(1e-9, target.weight)))
                .sorted(Comparator.comparing(Ranked::failing).thenComparingDouble(Ranked::load))
                .toList();
        Target known = Affinity.of(call, ranked);
        Stream<Target> others = ranked.stream().map(Ranked::target).filter(target -> !target.equals(known));
        return known == null
                ? others.toList()
                : Stream.concat(Stream.of(known), others).toList();
    }

    private static List<Target> allowed(List<Target> targets, ModelCall call, Set<String> zones) throws ApiException {
        if (zones.isEmpty()) {
            return targets;
        }
        List<Target> allowed = targets.stream()
                .filter(target -> zones.contains(target.backend.zone()))
                .toList();
        if (allowed.isEmpty()) {
            throw ApiException.forbidden(
                    "zone_not_allowed",
                    "No server of the model '" + call.model() + "' is in a zone where this tenant's texts may go: "
                            + new TreeSet<>(zones) + ".");
        }
        return allowed;
    }

    private static List<Target> able(List<Target> targets, ModelCall call) throws ApiException {
        List<Target> able =
                targets.stream().filter(target -> target.lacks(call).isEmpty()).toList();
        if (able.isEmpty()) {
            throw ApiException.unfit(
                    call.needs().isEmpty() ? "context_length_exceeded" : "unsupported_value",
                    "The model '" + call.model() + "' "
                            + targets.getFirst().lacks(call).orElseThrow() + ".");
        }
        return able;
    }

    /** A target among those of a call. */
    record Ranked(Target target, boolean failing, double load) {}
}
