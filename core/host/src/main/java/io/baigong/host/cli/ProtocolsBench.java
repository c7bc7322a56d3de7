package io.baigong.host.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.RunJournal;
import io.baigong.host.run.RunRequest;
import io.baigong.host.run.SampleFiles;
import io.baigong.host.run.TaskRunner;
import io.baigong.journal.Actor;
import io.baigong.spi.Outcome;
import io.baigong.spi.Sample;
import io.baigong.spi.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench protocols}: one run of one task over each way in, against the handbook's times. */
@Command(
        name = "protocols",
        mixinStandardHelpOptions = true,
        description =
                "Latency of one and the same run over REST, gRPC, WebSocket and in process, by one caller, against the handbook's"
                        + " 100, 50, 20 and 5 ms. Each round makes one run each way; a suite of its own, with PostgreSQL, journal and audit log"
                        + " (in process: without these, as './baigong run').")
final class ProtocolsBench implements Callable<Integer> {
    /** A way in, and how long the handbook lets a run take. */
    enum Way {
        REST("REST", 100),
        GRPC("gRPC", 50),
        GRPC_STREAM("gRPC stream", 50),
        WEB_SOCKET("WebSocket", 20),
        IN_PROCESS("in process", 5);

        private final String title;
        private final double handbookMillis;

        Way(String title, double handbookMillis) {
            this.title = title;
            this.handbookMillis = handbookMillis;
        }
    }

    private static final int ATTEMPTS = 4;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TASK",
            description = "The task; the one with the sample that runs quickest in process unless given.")
    private @Nullable String taskId;

    @Option(
            names = "--sample",
            paramLabel = "NAME",
            description = "The sample of the task to run; the one that runs quickest unless given.")
    private @Nullable String sampleName;

    @Option(
            names = "--warm-up",
            defaultValue = "100",
            description = "Rounds before the clock (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--rounds", defaultValue = "500", description = "Rounds on the clock (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON.")
    private @Nullable Path json;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    /**
     * Times of one way.
     *
     * @param ofHandbook p99 as a part of what the handbook allows
     */
    record Times(double p50Millis, double p99Millis, double handbookMillis, double ofHandbook) {}

    /** What is run. */
    private record Chosen(Task<?, ?> task, Sample sample) {}

    @Override
    public Integer call() throws Exception {
        if (rounds < 1 || warmUp < 0) {
            throw new WrongUsage("--rounds is at least 1, --warm-up at least 0");
        }
        var platform = new Platform();
        try (var suite = BenchSuite.create();
                var gateway = platform.gateway(platform.registry())) {
            var runner = new TaskRunner(
                    gateway, RunJournal.NONE, platform.runs(), Platform.references(), InstantSource.system());
            Chosen chosen = chosen(runner);
            suite.start(List.of());
            try (var clients = new ProtocolClients(
                    suite,
                    chosen.task().id().toString(),
                    new ObjectMapper()
                            .createObjectNode()
                            .put("sample", chosen.sample().name())
                            .toString(),
                    Map.of("sample", chosen.sample().name()))) {
                report(chosen, measure(clients, runner, chosen));
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private Chosen chosen(TaskRunner runner) throws IOException {
        List<Chosen> candidates = Catalogue.load().tasks().stream()
                .filter(task -> taskId == null || task.id().toString().equals(taskId))
                .flatMap(task -> task.samples().stream()
                        .filter(sample -> sampleName == null || sample.name().equals(sampleName))
                        .map(sample -> new Chosen(task, sample)))
                .toList();
        Chosen quickest = null;
        long least = Long.MAX_VALUE;
        for (Chosen candidate : candidates) {
            for (int attempt = 0; candidates.size() > 1 && attempt < ATTEMPTS; attempt++) {
                long begin = System.nanoTime();
                inProcess(runner, candidate);
                long took = System.nanoTime() - begin;
                if (took < least) {
                    least = took;
                    quickest = candidate;
                }
            }
            quickest = quickest == null ? candidate : quickest;
        }
        if (quickest == null) {
            throw new WrongUsage("there is no such task, or it has no such sample; see './baigong tasks'");
        }
        return quickest;
    }

    private Map<Way, double[]> measure(ProtocolClients clients, TaskRunner runner, Chosen chosen) throws Exception {
        Map<Way, double[]> millis = new LinkedHashMap<>();
        for (Way way : Way.values()) {
            millis.put(way, new double[rounds]);
        }
        try (var progress = new ProgressBar()) {
            for (int round = -warmUp; round < rounds; round++) {
                progress.at(
                        (double) (round + warmUp) / (rounds + warmUp),
                        round < 0 ? "warming up" : "round " + (round + 1));
                for (Map.Entry<Way, double[]> way : millis.entrySet()) {
                    long begin = System.nanoTime();
                    switch (way.getKey()) {
                        case REST -> clients.rest();
                        case GRPC -> clients.grpc();
                        case GRPC_STREAM -> clients.grpcStream();
                        case WEB_SOCKET -> clients.webSocket();
                        case IN_PROCESS -> inProcess(runner, chosen);
                    }
                    if (round >= 0) {
                        way.getValue()[round] = (System.nanoTime() - begin) / 1e6;
                    }
                }
            }
        }
        return millis;
    }

    private static void inProcess(TaskRunner runner, Chosen chosen) throws IOException {
        try (var files = SampleFiles.copy(chosen.sample())) {
            var run = runner.run(new RunRequest(
                    chosen.task(), files.files(), chosen.sample().fields(), Actor.of("bench"), OptionalLong.empty()));
            if (run.outcome() instanceof Outcome.Failed<?> failed) {
                throw new Failure("the run failed: " + failed.detail());
            }
        }
    }

    private void report(Chosen chosen, Map<Way, double[]> millis) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Object> result = new LinkedHashMap<>();
        String task = chosen.task().id().toString();
        String sample = chosen.sample().name();
        out.println(task + ", sample " + sample + ": " + rounds + " rounds, one caller");
        result.put("task", task);
        result.put("sample", sample);
        result.put("rounds", rounds);
        result.put("processors", Runtime.getRuntime().availableProcessors());
        var slower = new ArrayList<String>();
        millis.forEach((way, each) -> {
            Arrays.sort(each);
            Times times = times(each, way.handbookMillis);
            out.println(String.format(
                    Locale.ROOT,
                    "%-12s p50 %8.2f ms   p99 %8.2f ms   handbook %5.0f ms, p99 is %.2f of it",
                    way.title,
                    times.p50Millis(),
                    times.p99Millis(),
                    times.handbookMillis(),
                    times.ofHandbook()));
            result.put(way.title, times);
            if (times.ofHandbook() > 1) {
                slower.add(way.title);
            }
        });
        out.println(
                slower.isEmpty()
                        ? "each is within the handbook"
                        : "slower than the handbook: " + String.join(", ", slower));
        out.flush();
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), result);
        }
    }

    /** By the nearest rank. */
    static Times times(double[] sorted, double handbook) {
        double p99 = sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
        return new Times(PassagesBench.median(sorted), p99, handbook, p99 / handbook);
    }
}
