package io.baigong.host.cli;

import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.GivenFile;
import io.baigong.host.run.InputBinder;
import io.baigong.host.run.RunJournal;
import io.baigong.host.run.RunRequest;
import io.baigong.host.run.TaskRunner;
import io.baigong.journal.Actor;
import io.baigong.spi.Outcome;
import io.baigong.spi.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench runs}: how long a warm run takes, in process or over REST. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "Seconds of a warm run on one file, in this process or over REST against a suite that is up.")
final class RunsBench implements Callable<Integer> {
    private static final String BOUNDARY = "baigong-bench-boundary";

    @Mixin
    private final Platform platform = new Platform();

    @Parameters(index = "1", paramLabel = "INPUT", description = "The file to run on.")
    @SuppressWarnings("NullAway.Init")
    private Path input;

    @Option(names = "--url", description = "Address of a suite that is up, such as http://127.0.0.1:8080.")
    private @Nullable URI url;

    @Option(names = "--user", paramLabel = "NAME:PASSWORD", description = "Sign-in there.")
    private @Nullable String user;

    @Option(names = "--warm-up", defaultValue = "3", description = "Runs before the clock (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--rounds", defaultValue = "10", description = "Runs on the clock (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    /** One run. */
    @FunctionalInterface
    private interface Round {
        void run() throws IOException, InterruptedException;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Task<?, ?> task = platform.task();
        Platform.existing(input);
        String component = InputBinder.fileComponents(task.inputType()).stream()
                .findFirst()
                .orElseThrow(() -> new WrongUsage("this task takes no file"));
        double[] seconds;
        if (url != null) {
            seconds = measure(overRest(url, task, component));
        } else {
            try (var gateway = platform.gateway(platform.registry())) {
                var runner = new TaskRunner(
                        gateway, RunJournal.NONE, platform.runs(), Platform.references(), InstantSource.system());
                seconds = measure(() -> inProcess(runner, task, component));
            }
        }
        Arrays.sort(seconds);
        spec.commandLine()
                .getOut()
                .println(String.format(
                        Locale.ROOT,
                        "%s, %s: median %.3f s, fastest %.3f s, slowest %.3f s of %d warm runs",
                        input.getFileName(),
                        url == null ? "in process" : "over REST",
                        PassagesBench.median(seconds),
                        seconds[0],
                        seconds[rounds - 1],
                        rounds));
        spec.commandLine().getOut().flush();
        return CommandLine.ExitCode.OK;
    }

    private double[] measure(Round round) throws IOException, InterruptedException {
        double[] seconds = new double[rounds];
        try (var progress = new ProgressBar()) {
            for (int i = -warmUp; i < rounds; i++) {
                progress.at((double) (i + warmUp) / (rounds + warmUp), i < 0 ? "warming up" : "run " + (i + 1));
                long begin = System.nanoTime();
                round.run();
                if (i >= 0) {
                    seconds[i] = (System.nanoTime() - begin) / 1e9;
                }
            }
        }
        return seconds;
    }

    private void inProcess(TaskRunner runner, Task<?, ?> task, String component) throws IOException {
        var file = new GivenFile(component, String.valueOf(input.getFileName()), input);
        var run = runner.run(new RunRequest(task, List.of(file), Map.of(), Actor.of("bench"), OptionalLong.empty()));
        if (run.outcome() instanceof Outcome.Failed<?> failed) {
            throw new Failure("the run failed: " + failed.detail());
        }
    }

    private Round overRest(URI address, Task<?, ?> task, String component) throws IOException {
        if (user == null) {
            throw new WrongUsage("--url needs --user NAME:PASSWORD");
        }
        var body = new ByteArrayOutputStream();
        body.write(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + component
                        + "\"; filename=\"input\"" + "\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        Files.copy(input, body);
        body.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(address.resolve("/api/v1/tasks/" + task.id() + "/runs"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        var client = HttpClient.newHttpClient();
        return () -> {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 201) {
                throw new Failure("the suite answered " + response.statusCode() + ": " + response.body());
            }
        };
    }
}
