package io.baigong.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.InputBinder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench batch}: a task over many records as a batch, against the same records one at a time over REST. */
@Command(
        name = "batch",
        mixinStandardHelpOptions = true,
        description = {
            "Records per second of a batch, against the same records sent one at a time over REST, in a suite of its own; how long"
                    + " such a call takes while the batch runs; the suite's memory; and, with --kill, how it goes on after kill -9."
        })
final class BatchBench implements Callable<Integer> {
    private static final String BOUNDARY = "baigong-bench-boundary";
    private static final int WARM_UP = 20;
    private static final int BESIDE = 50;
    private static final long BESIDE_MILLIS = 200;

    @Parameters(index = "0", paramLabel = "TASK", description = "The task, such as medical.icd-coding.")
    @SuppressWarnings("NullAway.Init")
    private String task;

    @Parameters(
            index = "1",
            paramLabel = "RECORDS",
            description = "JSON Lines: an object a line, whose members are components of the task's input.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--count",
            defaultValue = "1000",
            description = "Records of the batch; those of the file are taken in turn (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--singly",
            defaultValue = "200",
            description =
                    "Records sent one at a time, half of them before the batch, half after (default: ${DEFAULT-VALUE}).")
    private int singly;

    @Option(names = "--kill", description = "Kills the suite (kill -9) once half of the records are done.")
    private boolean kill;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON.")
    private @Nullable Path json;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    private List<String> components = List.of();
    private List<String> files = List.of();
    private final Map<String, Object> result = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> records = Files.readAllLines(Platform.existing(file)).stream()
                .filter(line -> !line.isBlank())
                .toList();
        Class<? extends Record> input = Catalogue.load()
                .find(task)
                .orElseThrow(() -> new WrongUsage("there is no task " + task + "; see './baigong tasks'"))
                .inputType();
        components = Arrays.stream(input.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        files = InputBinder.fileComponents(input);
        if (records.isEmpty() || count < 1 || singly < 2) {
            throw new WrongUsage("a record is needed, a count of at least 1, and at least 2 sent singly");
        }
        try (var suite = BenchSuite.create();
                var progress = new ProgressBar()) {
            progress.at(0, "starting the suite");
            measure(suite, records, progress);
        }
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), result);
        }
        return CommandLine.ExitCode.OK;
    }

    private void measure(BenchSuite suite, List<String> records, ProgressBar progress)
            throws IOException, InterruptedException {
        Process process = suite.start(List.of());
        singly(suite, records, WARM_UP, 0);
        progress.at(0, "one at a time");
        double[] before = singly(suite, records, singly / 2, 0);
        long begin = System.nanoTime();
        String id = create(suite, records);
        double upload = (System.nanoTime() - begin) / 1e9;
        double[] beside = kill ? new double[0] : singly(suite, records, BESIDE, BESIDE_MILLIS);
        long[] memory = new long[10];
        double restart = Double.NaN;
        long done = 0;
        while (done < count) {
            done = done(suite, id);
            int tenth = (int) Math.min(9, 10L * done / count);
            memory[tenth] = Math.max(memory[tenth], BenchSuite.residentKilobytes(process));
            progress.at(0.95 * done / count, done + " records");
            if (kill && Double.isNaN(restart) && done >= count / 2) {
                process.destroyForcibly().waitFor();
                long from = System.nanoTime();
                process = suite.start(List.of());
                restart = afterRestart(suite, id, done, from);
            }
            Thread.sleep(BESIDE_MILLIS);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        progress.at(0.95, "one at a time");
        report(before, singly(suite, records, singly - singly / 2, 0), beside, seconds, upload, restart, memory);
    }

    private static long done(BenchSuite suite, String id) throws IOException, InterruptedException {
        JsonNode batch = suite.json("GET", "/api/v1/batches/" + id, null);
        return batch.path("answered").asLong()
                + batch.path("abstained").asLong()
                + batch.path("failed").asLong();
    }

    /** Seconds from that moment until a record more is done. */
    private static double afterRestart(BenchSuite suite, String id, long done, long from)
            throws IOException, InterruptedException {
        while (true) {
            long now = done(suite, id);
            if (now < done) {
                throw new IOException("of " + done + " records that were done, " + now + " are left after the kill");
            } else if (now > done) {
                return (System.nanoTime() - from) / 1e9;
            }
            Thread.sleep(20);
        }
    }

    private void report(
            double[] before,
            double[] after,
            double[] beside,
            double seconds,
            double upload,
            double restart,
            long[] memory) {
        double single = (before.length + after.length)
                / (Arrays.stream(before).sum() + Arrays.stream(after).sum());
        double batch = count / seconds;
        print(String.format(
                Locale.ROOT,
                "batch               %9.1f records/s: %d in %.1f s, of them %.1f s to send",
                batch,
                count,
                seconds,
                upload));
        print(String.format(Locale.ROOT, "one at a time       %9.1f records/s, ratio %.2f", single, batch / single));
        print(String.format(
                Locale.ROOT,
                "a call alone        %9.1f ms median, %.1f ms 95th percentile",
                millis(before, 0.5),
                millis(before, 0.95)));
        if (beside.length > 0) {
            print(String.format(
                    Locale.ROOT,
                    "a call beside       %9.1f ms median, %.1f ms 95th percentile",
                    millis(beside, 0.5),
                    millis(beside, 0.95)));
        }
        if (!Double.isNaN(restart)) {
            print(String.format(Locale.ROOT, "after kill -9       %9.1f s until a record more was done", restart));
        }
        print(String.format(
                Locale.ROOT,
                "resident memory     %9d MB at most; in each tenth of the records %s",
                Arrays.stream(memory).max().orElseThrow() / 1024,
                Arrays.stream(memory)
                        .mapToObj(kilobytes -> "" + kilobytes / 1024)
                        .collect(Collectors.joining(", "))));
        result.put("task", task);
        result.put("records", count);
        result.put("batch_per_second", batch);
        result.put("single_per_second", single);
        result.put("ratio", batch / single);
        result.put("alone_ms", List.of(millis(before, 0.5), millis(before, 0.95)));
        result.put("beside_ms", beside.length == 0 ? List.of() : List.of(millis(beside, 0.5), millis(beside, 0.95)));
        result.put("restart_seconds", restart);
        result.put("resident_kilobytes", memory);
    }

    private static double millis(double[] seconds, double share) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        return 1e3 * sorted[(int) (share * (sorted.length - 1))];
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    /** Seconds of each call, with records from all over the batch: long ones may lie together. */
    private double[] singly(BenchSuite suite, List<String> records, int calls, long pauseMillis)
            throws IOException, InterruptedException {
        List<HttpRequest.Builder> requests = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            requests.add(run(suite, records.get((int) ((long) i * Math.min(count, records.size()) / calls))));
        }
        double[] seconds = new double[calls];
        for (int i = 0; i < calls; i++) {
            long begin = System.nanoTime();
            suite.send(requests.get(i));
            seconds[i] = (System.nanoTime() - begin) / 1e9;
            if (pauseMillis > 0) {
                Thread.sleep(pauseMillis);
            }
        }
        return seconds;
    }

    private HttpRequest.Builder run(BenchSuite suite, String record) throws IOException {
        var form = new ByteArrayOutputStream();
        for (var member : new ObjectMapper().readTree(record).properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (!components.contains(name)) {
                continue; // A name or a truth is for a batch alone.
            }
            byte[] bytes = value.path("$bytes").binaryValue();
            part(
                    form,
                    files.contains(name) ? name + "\"; filename=\"" + name + (bytes == null ? ".txt" : "") : name,
                    bytes != null
                            ? bytes
                            : (value.isTextual() ? value.asText() : value.toString()).getBytes(StandardCharsets.UTF_8));
        }
        return posted(suite, "/api/v1/tasks/" + task + "/runs", form);
    }

    private String create(BenchSuite suite, List<String> records) throws IOException, InterruptedException {
        var zipped = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(zipped)) {
            zip.putNextEntry(new ZipEntry("records.jsonl"));
            for (int i = 0; i < count; i++) {
                zip.write((records.get(i % records.size()) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        var form = new ByteArrayOutputStream();
        part(form, "task", task.getBytes(StandardCharsets.UTF_8));
        part(form, "records\"; filename=\"records.zip", zipped.toByteArray());
        return new ObjectMapper()
                .readTree(suite.send(posted(suite, "/api/v1/batches", form)))
                .path("id")
                .asText();
    }

    private static void part(ByteArrayOutputStream form, String name, byte[] content) throws IOException {
        form.write(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        form.write(content);
        form.write("\r\n".getBytes(StandardCharsets.UTF_8));
    }

    private static HttpRequest.Builder posted(BenchSuite suite, String path, ByteArrayOutputStream form)
            throws IOException {
        form.write(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return suite.request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(form.toByteArray()));
    }
}
