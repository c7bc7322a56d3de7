package io.baigong.gateway.proxy;

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
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Which servers a model runs on, and in which order a call tries them. Thread-safe. */
public final class Routes {
    private final Map<String, List<Target>> models = new LinkedHashMap<>();
    private final Map<String, Backend> backends = new LinkedHashMap<>();

    /**
     * A model on a server.
     *
     * @param maxAnswerTokens of an answer whose caller has a budget and does not say
     * @param cache how long an answer is given again, if it is
     */
    record Target(Backend backend, String model, double weight, int maxAnswerTokens, Optional<Duration> cache) {}

    /** Throws {@link IllegalArgumentException} when a model names a server that is not configured. */
    public Routes(ProxyConfig config, Vertx vertx, InstantSource clock) {
        var data = new PersonalData(config.maskedNames().map(Routes::names).orElse(List.of()));
        config.backends().forEach((name, each) -> backends.put(name, new Backend(name, each, data, vertx, clock)));
        config.models()
                .forEach((name, model) -> models.put(
                        name,
                        model.targets().stream()
                                .map(target -> new Target(
                                        backend(name, target.backend()),
                                        target.model().orElse(name),
                                        target.weight(),
                                        model.maxAnswerTokens(),
                                        model.cache()))
                                .toList()));
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

    /**
     * The targets of a model in the order in which a call tries them: those whose servers fail last, else the one with the
     * least outstanding calls for its weight; among equals by chance.
     */
    List<Target> of(String model) throws ApiException {
        List<Target> targets = models.get(model);
        if (targets == null || targets.isEmpty()) {
            throw ApiException.noSuchModel(model);
        }
        if (targets.size() == 1) {
            return targets;
        }
        var random = RandomGenerator.getDefault();
        return targets.stream()
                .map(target -> new Ranked(
                        target,
                        !target.backend.breaker().allows(),
                        (target.backend.outstanding().get() + random.nextDouble()) / Math.max(1e-9, target.weight)))
                .sorted(Comparator.comparing(Ranked::failing).thenComparingDouble(Ranked::load))
                .map(Ranked::target)
                .toList();
    }

    private record Ranked(Target target, boolean failing, double load) {}
}
