package io.baigong.gateway.key;

import io.baigong.gateway.proxy.Usage;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Calls and tokens as meters, named as OpenTelemetry's semantic conventions for generative AI have it. Thread-safe.
 *
 * <p>Names that callers make up become no tags: the model of a call that reached no server is {@code other}.
 */
public final class UsageMeters implements Consumer<Usage> {
    private final MeterRegistry registry;

    public UsageMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void accept(Usage usage) {
        boolean reached = !usage.backend().isEmpty();
        Tags tags = Tags.of(
                "gen_ai.operation.name",
                usage.operation().equals("chat/completions") ? "chat" : usage.operation(),
                "gen_ai.request.model",
                reached ? usage.model() : "other",
                "server.address",
                reached ? usage.backend() : "none",
                "error.type",
                usage.status() < 400 ? "none" : String.valueOf(usage.status()));
        Timer.builder("gen_ai.server.request.duration")
                .description("Time from a call's coming to the end of its answer")
                .publishPercentileHistogram()
                .tags(tags)
                .register(registry)
                .record(time(usage.millis()));
        if (usage.status() < 400) {
            if (usage.streamed()) {
                Timer.builder("gen_ai.server.time_to_first_token")
                        .description("Time from a call's coming to the first event of its answer")
                        .publishPercentileHistogram()
                        .tags(tags)
                        .register(registry)
                        .record(time(usage.firstByteMillis()));
            }
            tokens(tags, "input", usage.inputTokens());
            tokens(tags, "output", usage.outputTokens());
        }
    }

    private void tokens(Tags tags, String type, long tokens) {
        if (tokens > 0) {
            DistributionSummary.builder("gen_ai.client.token.usage")
                    .description("Tokens of a call, as the server counts them")
                    .baseUnit("token")
                    .tags(tags.and("gen_ai.token.type", type))
                    .register(registry)
                    .record((double) tokens);
        }
    }

    private static Duration time(double millis) {
        return Duration.ofNanos((long) (millis * 1e6));
    }
}
