package io.baigong.host.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.catalogue.DataDigest;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.PlatformJson;
import io.baigong.measures.Bootstrap;
import io.baigong.measures.Interval;
import io.baigong.registry.Registry;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Evaluation;
import io.baigong.spi.Evaluation.Metric;
import io.baigong.spi.ModelException;
import io.baigong.spi.ModelVersion;
import io.baigong.spi.Models;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Measures a task on a public data set: metrics with 95 %% intervals, and the number of cases.")
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    private final Platform platform = new Platform();

    @Mixin
    private final DataOptions set = new DataOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Option(
            names = "--against",
            paramLabel = "[ROLE=]DIR",
            description =
                    "Measures the artifact in another folder too, given as --model is, and prints of each metric the difference from"
                            + " it and the share of it, with intervals by the paired bootstrap; and of weights and time the share.")
    private @Nullable String against;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Task<?, ?> task = platform.task();
        Benchmark measured = benchmark(task);
        Platform.existing(set.data);
        Registry registry = platform.registry();
        Registry other = against == null ? null : platform.registry(against);
        Found found = found(task, measured, registry);
        Found rival = other == null ? null : found(task, measured, other);
        Map<String, Against> compared = rival == null ? Map.of() : compared(found, rival);
        if (!json.takesTerminal()) {
            print(found);
            if (rival != null) {
                print(found, rival, compared);
            }
        }
        json.write(() -> {
            ObjectNode node = json(task, found);
            if (rival != null) {
                add(node.putObject("against"), rival, compared);
            }
            return node;
        });
        return CommandLine.ExitCode.OK;
    }

    /** What was found of a model, in how many seconds. */
    private record Found(Evaluation evaluation, ModelVersion model, double seconds) {}

    private Found found(Task<?, ?> task, Benchmark measured, Registry registry) {
        long begin = System.nanoTime();
        try (var gateway = platform.gateway(registry);
                var progress = new ProgressBar()) {
            Models models = gateway.forRun();
            Evaluation evaluation = measured.evaluate(set.data, new Lent(models, set.seed), progress);
            return new Found(evaluation, model(task, models.used()), (System.nanoTime() - begin) / 1e9);
        } catch (ModelException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Failure("can't measure on " + set.data.getFileName() + ": " + Baigong.cause(e), e);
        }
    }

    /** A metric of one model less that of another, and as a share of it. */
    private record Against(Interval difference, Interval share) {}

    /** By metric, where a bootstrap drew the same cases for both. */
    private static Map<String, Against> compared(Found found, Found rival) {
        var compared = new LinkedHashMap<String, Against>();
        found.evaluation().metrics().forEach((name, metric) -> {
            Metric other = rival.evaluation().metrics().get(name);
            if (other != null
                    && !metric.draws().isEmpty()
                    && metric.draws().size() == other.draws().size()) {
                Interval one = interval(metric);
                Interval two = interval(other);
                compared.put(name, new Against(Bootstrap.difference(one, two, 0.95), Bootstrap.ratio(one, two, 0.95)));
            }
        });
        return compared;
    }

    private static Interval interval(Metric metric) {
        return new Interval(metric.value(), metric.low(), metric.high(), metric.draws());
    }

    private Benchmark benchmark(Task<?, ?> task) {
        for (Benchmark candidate : task.benchmarks()) {
            if (candidate.name().equals(set.benchmark)) {
                return candidate;
            }
        }
        throw new WrongUsage("task " + task.id() + " has no benchmark " + set.benchmark + "; it has "
                + task.benchmarks().stream().map(Benchmark::name).toList());
    }

    /** The model in the first role of the task that was used: its main one; a file beside it only if there is no model. */
    private static ModelVersion model(Task<?, ?> task, List<ModelVersion> used) {
        return task.roles().stream()
                .flatMap(role -> used.stream()
                        .filter(version -> version.role().equals(role.name()))
                        .sorted(Comparator.comparing(
                                version -> version.version().isEmpty())))
                .findFirst()
                .orElse(new ModelVersion("", "none", "", "", 0));
    }

    private void print(Found found) {
        PrintWriter out = spec.commandLine().getOut();
        Evaluation evaluation = found.evaluation();
        int width = width(evaluation.metrics().keySet());
        evaluation
                .metrics()
                .forEach((name, metric) -> out.println(Words.fit(name, width)
                        + String.format(
                                Locale.ROOT,
                                "  %8.4f  [%.4f, %.4f] %s",
                                metric.value(),
                                metric.low(),
                                metric.high(),
                                metric.unit())));
        print(evaluation.subgroups());
        out.println(String.format(Locale.ROOT, "%d cases, %.1f s", evaluation.cases(), found.seconds()));
        out.flush();
    }

    /** The first metric of each. */
    private void print(List<Evaluation.Subgroup> subgroups) {
        PrintWriter out = spec.commandLine().getOut();
        for (Evaluation.Subgroup each : subgroups) {
            each.metrics().entrySet().stream()
                    .findFirst()
                    .ifPresent(first -> out.println(String.format(
                            Locale.ROOT,
                            "  %s %s: %s %.4f  [%.4f, %.4f], %d cases",
                            each.dimension(),
                            each.name(),
                            first.getKey(),
                            first.getValue().value(),
                            first.getValue().low(),
                            first.getValue().high(),
                            each.cases())));
        }
    }

    private void print(Found found, Found rival, Map<String, Against> compared) {
        PrintWriter out = spec.commandLine().getOut();
        ModelVersion other = rival.model();
        out.println();
        out.println("Less " + other.name() + " " + other.version() + " (" + against
                + "), and as a share of it, by the paired bootstrap:");
        int width = width(compared.keySet());
        compared.forEach((name, each) -> out.println(Words.fit(name, width)
                + String.format(
                        Locale.ROOT,
                        "  %+8.4f  [%+.4f, %+.4f] %-13s  %6.1f %%  [%.1f, %.1f]",
                        each.difference().value(),
                        each.difference().low(),
                        each.difference().high(),
                        each.difference().low() > 0 || each.difference().high() < 0 ? "differs" : "may be chance",
                        100 * each.share().value(),
                        100 * each.share().low(),
                        100 * each.share().high())));
        if (compared.isEmpty()) {
            out.println("no metric was found by a bootstrap over the same cases");
        }
        out.println(String.format(
                Locale.ROOT,
                "%,d of %,d weights, %.1f of %.1f s",
                found.model().parameters(),
                other.parameters(),
                found.seconds(),
                rival.seconds()));
        out.flush();
    }

    private static int width(Set<String> names) {
        return names.stream().mapToInt(String::length).max().orElse(0);
    }

    private static void add(ObjectNode against, Found rival, Map<String, Against> compared) {
        model(against.putObject("model"), rival.model());
        ObjectNode differences = against.putObject("differences");
        ObjectNode shares = against.putObject("shares");
        compared.forEach((name, each) -> {
            add(differences, name, each.difference());
            add(shares, name, each.share());
        });
        against.put("seconds", rival.seconds());
    }

    private static void add(ObjectNode node, String name, Interval each) {
        node.putObject(name).put("value", each.value()).put("low", each.low()).put("high", each.high());
    }

    private static void model(ObjectNode node, ModelVersion model) {
        node.put("name", model.name())
                .put("version", model.version())
                .put("sha256", model.sha256())
                .put("parameters", model.parameters());
    }

    private ObjectNode json(Task<?, ?> task, Found found) throws IOException {
        Evaluation evaluation = found.evaluation();
        ObjectNode json = PlatformJson.mapper().createObjectNode();
        json.put("task", task.id().toString());
        json.put("benchmark", set.benchmark);
        model(json.putObject("model"), found.model());
        json.putObject("data")
                .put("path", set.data.toString())
                .put("sha256", DataDigest.of(set.data))
                .put("cases", evaluation.cases());
        metrics(json.putObject("metrics"), evaluation.metrics());
        json.put("seconds", found.seconds());
        if (!evaluation.subgroups().isEmpty()) {
            subgroups(json.putArray("subgroups"), evaluation.subgroups());
        }
        return json;
    }

    private static void subgroups(ArrayNode into, List<Evaluation.Subgroup> subgroups) {
        for (Evaluation.Subgroup each : subgroups) {
            ObjectNode subgroup = into.addObject()
                    .put("dimension", each.dimension())
                    .put("name", each.name())
                    .put("cases", each.cases());
            metrics(subgroup.putObject("metrics"), each.metrics());
        }
    }

    private static void metrics(ObjectNode into, Map<String, Metric> metrics) {
        metrics.forEach((name, metric) -> into.putObject(name)
                .put("value", metric.value())
                .put("low", metric.low())
                .put("high", metric.high())
                .put("unit", metric.unit()));
    }

    private record Lent(Models models, long seed) implements TaskContext {
        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        /** Each call begins anew, so that parts measured in parallel stay repeatable. */
        @Override
        public RandomGenerator random() {
            return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        }
    }
}
