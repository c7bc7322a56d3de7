package io.baigong.gateway;

import io.baigong.compute.Batching;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Metrics;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * How models in this process are asked, as meters: the rate of sequences over that of batches is how many go together. Counts begin
 * anew when another version of a model takes its place. Thread-safe.
 */
final class BatchMeters {
    /** Kept, for meters hold what they count only weakly. */
    private static final Map<String, Asked> MODELS = new ConcurrentHashMap<>();

    private BatchMeters() {}

    private static final class Asked {
        private volatile Supplier<Batching> model;

        private Asked(Supplier<Batching> model) {
            this.model = model;
        }
    }

    /** Counts from now on what the model of that name tells. */
    static void count(String name, Supplier<Batching> model) {
        var asked = new Asked(model);
        Asked before = MODELS.putIfAbsent(name, asked);
        if (before != null) {
            before.model = model;
            return;
        }
        counter(name, asked, "baigong.batch", "Batches that models in this process ran", Batching::batches);
        counter(name, asked, "baigong.batch.sequences", "Sequences in these batches", Batching::sequences);
        counter(name, asked, "baigong.batch.tokens", "Tokens of these sequences; none is padding", Batching::tokens);
        counter(
                name,
                asked,
                "baigong.batch.queue.seconds",
                "Time that these sequences waited, all together",
                count -> count.waitedNanos() / 1e9);
    }

    private static void counter(
            String name, Asked asked, String meter, String description, ToDoubleFunction<Batching> value) {
        FunctionCounter.builder(
                        meter,
                        asked,
                        one -> value.applyAsDouble(
                                Objects.requireNonNull(one).model.get()))
                .description(description)
                .tag("model", name)
                .register(Metrics.globalRegistry);
    }
}
