package io.baigong.host.model;

import io.baigong.gateway.Gateway;
import io.baigong.host.catalogue.DataDigest;
import io.baigong.journal.Actor;
import io.baigong.registry.ModelLocation;
import io.baigong.registry.Registry;
import io.baigong.registry.history.ModelHistories;
import io.baigong.registry.history.RegistryEvent.Evaluated;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Evaluation;
import io.baigong.spi.ModelRole;
import io.baigong.spi.Models;
import io.baigong.spi.TaskContext;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** Measures versions on data that is kept back, one after another, while others are served. */
@ApplicationScoped
public class Evaluations {
    private static final long SEED = 20260101;
    private static final System.Logger LOG = System.getLogger(Evaluations.class.getName());

    private final Gateways gateways;
    private final Registry registry;
    private final ModelHistories histories;
    private final List<Measurement> measurements = new CopyOnWriteArrayList<>();
    private final ExecutorService one = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("evaluation").factory());

    Evaluations(Gateways gateways, Registry registry, ModelHistories histories) {
        this.gateways = gateways;
        this.registry = registry;
        this.histories = histories;
    }

    /** A measurement that waits, goes on, or failed. One that is done stands in the history. */
    public static final class Measurement {
        private final String role;
        private final int number;
        private final String benchmark;
        private volatile double share;
        private volatile @Nullable String failure;

        private Measurement(String role, int number, String benchmark) {
            this.role = role;
            this.number = number;
            this.benchmark = benchmark;
        }

        public String benchmark() {
            return benchmark;
        }

        /** The share done, in [0, 1]. */
        public double share() {
            return share;
        }

        /** Why it failed. */
        public Optional<String> failure() {
            return Optional.ofNullable(failure);
        }
    }

    /** What is not done of a version. */
    public List<Measurement> of(String role, int number) {
        return measurements.stream()
                .filter(each -> each.role.equals(role) && each.number == number)
                .toList();
    }

    /**
     * Has a version measured; it is lost if the suite stops before it is done.
     *
     * @param number the version's; 0 for the model that ships
     * @param learned digest of what it learned from, if its registrar said so
     */
    synchronized Measurement begin(
            ModelRole role,
            int number,
            @Nullable String learned,
            ModelLocation location,
            Benchmark benchmark,
            Path data,
            Actor by) {
        for (Measurement other : of(role.name(), number)) {
            if (other.benchmark.equals(benchmark.name())) {
                if (other.failure == null) {
                    return other;
                }
                measurements.remove(other);
            }
        }
        var measurement = new Measurement(role.name(), number, benchmark.name());
        measurements.add(measurement);
        one.execute(() -> measure(measurement, role, location, benchmark, new HeldOut(data, learned), by));
        return measurement;
    }

    /**
     * Data that are kept back.
     *
     * @param learned digest of what the version learned from, if its registrar says so
     */
    private record HeldOut(Path data, @Nullable String learned) {
        /** Its digest. Throws {@link IllegalStateException} if the version learned from it. */
        String sha256() throws IOException {
            String sha256 = DataDigest.of(data);
            if (sha256.equals(learned)) {
                throw new IllegalStateException("the version learned from the very data that are kept back");
            }
            return sha256;
        }
    }

    private void measure(
            Measurement measurement,
            ModelRole role,
            ModelLocation location,
            Benchmark benchmark,
            HeldOut heldOut,
            Actor by) {
        long begin = System.nanoTime();
        try (Gateway gateway = gateways.open(registry.with(measurement.role, location))) {
            String sha256 = heldOut.sha256();
            Evaluation evaluation = benchmark.evaluate(
                    heldOut.data(), new Lent(gateway.forRun()), (share, words) -> measurement.share = share);
            var event = new Evaluated(
                    measurement.number,
                    benchmark.name(),
                    sha256,
                    evaluation.cases(),
                    evaluation.metrics(),
                    evaluation.subgroups(),
                    (System.nanoTime() - begin) / 1e9,
                    gateway.version(role).orElseThrow().sha256());
            histories.append(measurement.role, by, history -> history.evaluate(event));
            measurements.remove(measurement);
        } catch (IOException | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "measuring version " + measurement.number + " of " + measurement.role + " failed",
                    e);
            measurement.failure = String.valueOf(e.getMessage());
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        one.shutdownNow();
    }

    private record Lent(Models models) implements TaskContext {
        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        /** Each call begins anew, so that parts measured in parallel stay repeatable. */
        @Override
        public RandomGenerator random() {
            return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        }
    }
}
