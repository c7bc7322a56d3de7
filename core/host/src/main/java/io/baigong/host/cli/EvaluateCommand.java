package io.baigong.host.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.catalogue.DataDigest;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.PlatformJson;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Evaluation;
import io.baigong.spi.ModelException;
import io.baigong.spi.ModelVersion;
import io.baigong.spi.Models;
import io.baigong.spi.Task;
import io.baigong.spi.TaskContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON, - for the terminal.")
    private @Nullable String json;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Task<?, ?> task = platform.task();
        Benchmark measured = benchmark(task);
        Platform.existing(set.data);
        long begin = System.nanoTime();
        Evaluation evaluation;
        List<ModelVersion> used;
        try (var gateway = platform.gateway(platform.registry());
                var progress = new ProgressBar()) {
            Models models = gateway.forRun();
            evaluation = measured.evaluate(set.data, new Lent(models, set.seed), progress);
            used = models.used();
        } catch (ModelException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new Failure("can't measure on " + set.data.getFileName() + ": " + Baigong.cause(e), e);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (!"-".equals(json)) {
            print(evaluation, seconds);
        }
        if (json != null) {
            write(json(task, evaluation, model(task, used), seconds), json);
        }
        return CommandLine.ExitCode.OK;
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

    private void print(Evaluation evaluation, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        int width = evaluation.metrics().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
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
        out.println(String.format(Locale.ROOT, "%d cases, %.1f s", evaluation.cases(), seconds));
        out.flush();
    }

    private ObjectNode json(Task<?, ?> task, Evaluation evaluation, ModelVersion model, double seconds)
            throws IOException {
        ObjectNode json = PlatformJson.mapper().createObjectNode();
        json.put("task", task.id().toString());
        json.put("benchmark", set.benchmark);
        json.putObject("model")
                .put("name", model.name())
                .put("version", model.version())
                .put("sha256", model.sha256())
                .put("parameters", model.parameters());
        json.putObject("data")
                .put("path", set.data.toString())
                .put("sha256", DataDigest.of(set.data))
                .put("cases", evaluation.cases());
        ObjectNode metrics = json.putObject("metrics");
        evaluation
                .metrics()
                .forEach((name, metric) -> metrics.putObject(name)
                        .put("value", metric.value())
                        .put("low", metric.low())
                        .put("high", metric.high())
                        .put("unit", metric.unit()));
        json.put("seconds", seconds);
        return json;
    }

    private void write(ObjectNode value, String target) throws IOException {
        var writer = PlatformJson.mapper().writerWithDefaultPrettyPrinter();
        if (target.equals("-")) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(writer.writeValueAsString(value));
            out.flush();
        } else {
            writer.writeValue(Path.of(target).toFile(), value);
        }
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
