package io.baigong.host.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.PlatformJson;
import io.baigong.spi.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench up}: from starting a suite to its first answer, and its memory as answers go on. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Seconds from the start of a suite to its first answered run over REST, in an empty folder and again in"
                        + " the same; then the time of each further run, and resident memory by tenths of them.")
final class UpBench implements Callable<Integer> {
    private static final String BOUNDARY = "baigong-bench-boundary";
    private static final int TENTHS = 10;
    private static final double KILOBYTES = 1024;

    @Parameters(index = "0", paramLabel = "TASK", description = "A task, such as those that './baigong tasks' lists.")
    @SuppressWarnings("NullAway.Init")
    private String taskId;

    @Option(
            names = "--sample",
            paramLabel = "NAME",
            description = "The sample of the task to run; its first unless given.")
    private @Nullable String sample;

    @Option(
            names = "--runs",
            defaultValue = "100",
            description = "Runs after the first, at least 10 (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON.")
    private @Nullable Path json;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    /**
     * What was measured.
     *
     * @param first seconds from the start of the process to the first answer, nothing being there yet
     * @param again the same, in the folder that the first left
     * @param seconds of each further run, sorted
     * @param megabytes resident memory of the suite's process, PostgreSQL's apart, after each tenth of them
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Measured(double first, double again, double[] seconds, double[] megabytes) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (runs < TENTHS) {
            throw new WrongUsage("--runs is at least " + TENTHS);
        }
        Task<?, ?> task = Catalogue.load()
                .find(taskId)
                .orElseThrow(() -> new WrongUsage("there is no task " + taskId + "; see './baigong tasks'"));
        String chosen = task.samples().stream()
                .map(one -> one.name())
                .filter(name -> sample == null || name.equals(sample))
                .findFirst()
                .orElseThrow(() -> new WrongUsage("the task has no such sample; see './baigong tasks'"));
        try (var suite = BenchSuite.create();
                var progress = new ProgressBar()) {
            report(task, chosen, measure(suite, task, chosen, progress));
        }
        return CommandLine.ExitCode.OK;
    }

    private Measured measure(BenchSuite suite, Task<?, ?> task, String chosen, ProgressBar progress)
            throws IOException, InterruptedException {
        progress.at(0, "the first start");
        double first = toFirstAnswer(suite, task, chosen).seconds;
        suite.stop();
        progress.at(0.05, "the second start");
        Started started = toFirstAnswer(suite, task, chosen);
        double[] seconds = new double[runs];
        double[] megabytes = new double[TENTHS];
        for (int i = 0; i < runs; i++) {
            progress.at(0.1 + 0.9 * i / runs, "run " + (i + 1));
            long begin = System.nanoTime();
            run(suite, task, chosen);
            seconds[i] = since(begin);
            if ((i + 1) * TENTHS / runs > i * TENTHS / runs) {
                megabytes[(i + 1) * TENTHS / runs - 1] = BenchSuite.residentKilobytes(started.process) / KILOBYTES;
            }
        }
        Arrays.sort(seconds);
        return new Measured(first, started.seconds, seconds, megabytes);
    }

    private record Started(Process process, double seconds) {}

    private static Started toFirstAnswer(BenchSuite suite, Task<?, ?> task, String chosen)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = suite.start(List.of());
        run(suite, task, chosen);
        return new Started(process, since(begin));
    }

    private static void run(BenchSuite suite, Task<?, ?> task, String chosen) throws IOException, InterruptedException {
        String body = "--%s\r\nContent-Disposition: form-data; name=\"sample\"\r\n\r\n%s\r\n--%s--\r\n"
                .formatted(BOUNDARY, chosen, BOUNDARY);
        suite.send(suite.request("/api/v1/tasks/" + task.id() + "/runs")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofString(body)));
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private void report(Task<?, ?> task, String chosen, Measured measured) throws IOException {
        double median = PassagesBench.median(measured.seconds);
        double late = measured.seconds[(int) Math.ceil(0.95 * runs) - 1];
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%s, sample %s%n", task.id(), chosen);
        out.printf(Locale.ROOT, "start to first answer   %.1f s, again %.1f s%n", measured.first, measured.again);
        out.printf(Locale.ROOT, "%d runs after it       median %.3f s, p95 %.3f s%n", runs, median, late);
        out.print("resident by tenths     ");
        for (double tenth : measured.megabytes) {
            out.printf(Locale.ROOT, " %.0f", tenth);
        }
        out.println(" MB, without PostgreSQL");
        out.flush();
        if (json != null) {
            ObjectNode node = PlatformJson.mapper().createObjectNode();
            node.put("task", task.id().toString()).put("sample", chosen).put("runs", runs);
            node.put("firstAnswerSeconds", measured.first).put("firstAnswerAgainSeconds", measured.again);
            node.put("medianSeconds", median).put("p95Seconds", late);
            ArrayNode tenths = node.putArray("residentMegabytes");
            Arrays.stream(measured.megabytes).forEach(tenths::add);
            try {
                PlatformJson.mapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), node);
            } catch (IOException e) {
                throw new Failure("can't write " + json + ": " + e.getMessage(), e);
            }
        }
    }
}
