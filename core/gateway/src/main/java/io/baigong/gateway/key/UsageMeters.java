package io.baigong.gateway.key;

import io.baigong.gateway.proxy.Usage;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Calls and tokens as meters, named as OpenTelemetry's semantic conventions for generative AI have it. Thread-safe.
 *
 * <p>Names that callers make up become no tags: the model of a call that reached no server is {@code other}.
 */
public final class UsageMeters implements Consumer<Usage> {
    private final MeterRegistry registry;

    // To find a call's meters in the registry would cost more than to count it.
    private final Map<Series, Timer> durations = new ConcurrentHashMap<>();
    private final Map<Series, Timer> queues = new ConcurrentHashMap<>();
    private final Map<Series, Timer> firstTokens = new ConcurrentHashMap<>();
    private final Map<Series, DistributionSummary> inputs = new ConcurrentHashMap<>();
    private final Map<Series, DistributionSummary> outputs = new ConcurrentHashMap<>();

    /** Calls that are counted together. */
    private record Series(String operation, String model, String server, String error) {
        static Series of(Usage usage) {
            boolean reached = !usage.backend().isEmpty();
            return new Series(
                    usage.operation().equals("chat/completions") ? "chat" : usage.operation(),
                    reached ? usage.model() : "other",
                    reached ? usage.backend() : "none",
                    usage.status() < 400 ? "none" : String.valueOf(usage.status()));
        }

        Tags tags() {
            return Tags.of(
                    "gen_ai.operation.name",
                    operation,
                    "gen_ai.request.model",
                    model,
                    "server.address",
                    server,
                    "error.type",
                    error);
        }
    }

    public UsageMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void accept(Usage usage) {
        Series series = Series.of(usage);
        durations.computeIfAbsent(series, this::duration).record(time(usage.millis()));
        if (usage.queuedMillis() > 0) {
            queues.computeIfAbsent(series, this::queue).record(time(usage.queuedMillis()));
        }
        if (usage.status() >= 400) {
            return;
        }
        if (usage.streamed()) {
            firstTokens.computeIfAbsent(series, this::firstToken).record(time(usage.firstByteMillis()));
        }
        if (usage.inputTokens() > 0) {
            inputs.computeIfAbsent(series, one -> tokens(one, "input")).record((double) usage.inputTokens());
        }
        if (usage.outputTokens() > 0) {
            outputs.computeIfAbsent(series, one -> tokens(one, "output")).record((double) usage.outputTokens());
        }
    }

    private Timer duration(Series series) {
        return timer(series, "gen_ai.server.request.duration", "Time from a call's coming to the end of its answer");
    }

    /** The conventions have no name for it. */
    private Timer queue(Series series) {
        return timer(
                series,
                "baigong.gateway.queue.duration",
                "Time that calls waited for a place at a server, if they did");
    }

    private Timer firstToken(Series series) {
        return timer(
                series,
                "gen_ai.server.time_to_first_token",
                "Time from a call's coming to the first event of its answer");
    }

    private Timer timer(Series series, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .tags(series.tags())
                .register(registry);
    }

    private DistributionSummary tokens(Series series, String type) {
        return DistributionSummary.builder("gen_ai.client.token.usage")
                .description("Tokens of a call, as the server counts them")
                .baseUnit("token")
                .tags(series.tags().and("gen_ai.token.type", type))
                .register(registry);
    }

    private static Duration time(double millis) {
        return Duration.ofNanos((long) (millis * 1e6));
    }
}
