package io.baigong.gateway.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A model that callers may name, as its operator describes it; what is said of each part stands at {@link ProxyConfig.ModelConfig}. */
public record ModelSettings(
        List<TargetSettings> targets,
        int maxAnswerTokens,
        Optional<Duration> cache,
        Optional<SemanticCacheSettings> semanticCache,
        Optional<Duration> hedgeAfter,
        Optional<ShadowSettings> shadow) {
    private static final int MAX_ANSWER_TOKENS = 4096;

    /** What is missing gets its default. Throws {@link IllegalArgumentException} that says which part can't be used. */
    public ModelSettings {
        if (targets == null || targets.isEmpty()) {
            throw new IllegalArgumentException("targets must name one server at least");
        }
        targets = List.copyOf(targets);
        maxAnswerTokens = maxAnswerTokens == 0 ? MAX_ANSWER_TOKENS : maxAnswerTokens;
        cache = cache == null ? Optional.empty() : cache;
        semanticCache = semanticCache == null ? Optional.empty() : semanticCache;
        hedgeAfter = hedgeAfter == null ? Optional.empty() : hedgeAfter;
        shadow = shadow == null ? Optional.empty() : shadow;
        if (maxAnswerTokens < 1
                || cache.filter(ModelSettings::isNone).isPresent()
                || hedgeAfter.filter(ModelSettings::isNone).isPresent()) {
            throw new IllegalArgumentException("maxAnswerTokens, cache and hedgeAfter are more than nothing");
        }
    }

    private static boolean isNone(Duration duration) {
        return duration.isNegative() || duration.isZero();
    }

    static ModelSettings of(ProxyConfig.ModelConfig config) {
        return new ModelSettings(
                config.targets().stream().map(TargetSettings::of).toList(),
                config.maxAnswerTokens(),
                config.cache(),
                config.semanticCache().map(each -> new SemanticCacheSettings(each.lifetime(), each.threshold())),
                config.hedgeAfter(),
                config.shadow().map(shadow -> new ShadowSettings(TargetSettings.of(shadow.target()), shadow.share())));
    }

    /** Whether it has settings that mean something only for texts and vectors. */
    boolean isForTexts() {
        return cache.isPresent() || semanticCache.isPresent() || hedgeAfter.isPresent() || shadow.isPresent();
    }

    /** The servers that it names. */
    public Set<String> backends() {
        return Stream.concat(targets.stream(), shadow.map(ShadowSettings::target).stream())
                .map(TargetSettings::backend)
                .collect(Collectors.toSet());
    }

    /** A target that gets copies of a share of the calls. */
    public record ShadowSettings(TargetSettings target, double share) {
        /** Throws {@link IllegalArgumentException} for a share that is none. */
        public ShadowSettings {
            if (target == null || !(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("shadow has a target, and a share from 0 to 1");
            }
        }
    }

    /** A model on a server. */
    public record TargetSettings(
            String backend,
            Optional<String> model,
            Optional<Double> weight,
            Optional<Set<Capability>> capabilities,
            OptionalInt contextTokens,
            Optional<Price> price) {
        /** What is missing gets its default. Throws {@link IllegalArgumentException} that says which part can't be used. */
        public TargetSettings {
            if (backend == null || backend.isBlank()) {
                throw new IllegalArgumentException("a target names a backend");
            }
            model = model == null ? Optional.empty() : model;
            weight = weight == null ? Optional.empty() : weight;
            capabilities = capabilities == null ? Optional.empty() : capabilities;
            contextTokens = contextTokens == null ? OptionalInt.empty() : contextTokens;
            price = price == null ? Optional.empty() : price;
            if (!weight.map(value -> value >= 0 && value <= 1e9).orElse(true)) {
                throw new IllegalArgumentException("a weight is a number from 0 to 1,000,000,000");
            }
        }

        static TargetSettings of(ProxyConfig.TargetConfig config) {
            return new TargetSettings(
                    config.backend(),
                    config.model(),
                    Optional.of(config.weight()),
                    config.capabilities(),
                    config.contextTokens(),
                    config.price().map(price -> new Price(price.input(), price.output())));
        }
    }
}
