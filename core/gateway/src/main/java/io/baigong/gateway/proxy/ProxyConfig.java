package io.baigong.gateway.proxy;

import io.baigong.gateway.guard.GuardConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code baigong.gateway.*}: servers that models run on, and the models that callers may name. */
@ConfigMapping(prefix = "baigong.gateway")
public interface ProxyConfig {
    /** Servers by a name of the operator's choice. */
    Map<String, BackendConfig> backends();

    /** The currency of all prices and of budgets in money, as ISO 4217 writes it. */
    @WithDefault("CNY")
    String currency();

    /** Models by the name that callers use. */
    Map<String, ModelConfig> models();

    /** Longest time until a server begins its answer, and longest pause in it. */
    @WithDefault("PT60S")
    Duration idleTimeout();

    /** Longest time for a whole answer. */
    @WithDefault("PT10M")
    Duration deadline();

    /** Most bytes of a request. */
    @WithDefault("10485760")
    int maxRequestBytes();

    /** Most bytes of an answer. */
    @WithDefault("67108864")
    long maxAnswerBytes();

    /** Most bytes of all answers that are kept to be given again; on each instance. */
    @WithDefault("67108864")
    long cacheBytes();

    /** Most bytes of all answers that are kept for questions that mean the same, with their vectors; on each instance. */
    @WithDefault("67108864")
    long semanticCacheBytes();

    /** What is kept to in the calls of every tenant without settings of its own. */
    GuardConfig guard();

    /** What is kept to in the calls of a tenant, by its name; in place of {@code guard}. */
    Map<String, GuardConfig> guards();

    /** A file of names to be masked too, one a line, where personal data is masked. */
    Optional<Path> maskedNames();

    /**
     * Whether, where personal data is masked, what identifies a person in a record is masked too: names after a label or a title, record
     * numbers, dates.
     */
    @WithDefault("false")
    boolean maskRecords();

    /** Keys of servers that the administration may use by name, without seeing them. */
    Map<String, SecretConfig> secrets();

    /** A key of servers. */
    interface SecretConfig {
        /** Where it is: {@code env:NAME} or {@code file:PATH}. */
        String place();

        /** The servers that it may be sent to, by their names in addresses. */
        Set<String> hosts();
    }

    /** A server. */
    interface BackendConfig {
        /** Where its API is, such as {@code http://127.0.0.1:8000/v1}, or {@code …/v2} of one that speaks KServe V2. */
        URI url();

        /** What it speaks. */
        @WithDefault("OPENAI")
        Protocol protocol();

        /** Where its key is: {@code env:NAME}, {@code file:PATH} or a name in {@code secrets}. The key itself is never written here. */
        Optional<String> secret();

        /** Whether personal data is taken out of what it is asked, and put back into what it answers. */
        @WithDefault("false")
        boolean maskPersonalData();

        /** Where it is, in words of the operator's choice, such as {@code house} or {@code eu}; see {@code guard.zones}. */
        @WithDefault("house")
        String zone();

        /** Most calls to it at one time. */
        @WithDefault("256")
        int connections();

        /** Most calls that wait for one of these; more are refused. */
        @WithDefault("1024")
        int queue();
    }

    /** A model that callers may name. */
    interface ModelConfig {
        /** Where it runs; without {@code model}, under the same name. */
        List<TargetConfig> targets();

        /** Most tokens of an answer for a caller with a budget who does not say how many it may have. */
        @WithDefault("4096")
        int maxAnswerTokens();

        /** How long an answer is given again to the same key for the same request. Without, none is. */
        Optional<Duration> cache();

        /** How an answer is given again to the same key for a question that means the same. Without, none is. */
        Optional<SemanticCacheConfig> semanticCache();

        /** How long the first server may take for vectors before a second is asked too; without, none is. */
        Optional<Duration> hedgeAfter();

        /** Who gets a copy of some calls, to be compared; its answers are for nobody. */
        Optional<ShadowConfig> shadow();
    }

    /** Answers given again for questions that mean the same. */
    interface SemanticCacheConfig {
        /** For how long. */
        Duration lifetime();

        /** Least cosine of the two questions' vectors. */
        @WithDefault("0.95")
        double threshold();
    }

    /** A target that gets copies of calls. */
    interface ShadowConfig {
        /** Where. */
        TargetConfig target();

        /** Share of the calls, 0 to 1. */
        double share();
    }

    /** A model on a server. */
    interface TargetConfig {
        /** The server, by its name in {@code backends}. */
        String backend();

        /** The model's name there. */
        Optional<String> model();

        /** Share of the calls, against those of the other targets. */
        @WithDefault("1")
        double weight();

        /** What it can do beyond text; calls that need more go elsewhere. Everything, if it is not said. */
        Optional<Set<Capability>> capabilities();

        /** Most tokens of question and answer together; calls that surely have more go elsewhere. */
        OptionalInt contextTokens();

        /** What it costs; nothing, if it is not said. */
        Optional<PriceConfig> price();
    }

    /** What a million tokens cost. */
    interface PriceConfig {
        /** Those of a question. */
        double input();

        /** Those of an answer. */
        double output();
    }
}
