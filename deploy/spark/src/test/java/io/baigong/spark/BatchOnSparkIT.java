package io.baigong.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.app.PackagedSuite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of this machine: a master, two workers with an executor each, and the packaged suite. */
class BatchOnSparkIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SPARK = Path.of(System.getProperty("baigong.spark", "target/spark"));
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String PASSWORD = "correct horse battery";
    private static final int RECORDS = 600;
    private static final int KILL_AT = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private String get(PackagedSuite suite, String path) throws Exception {
        var credentials = Base64.getEncoder().encodeToString(("analyst:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var response = client.send(
                HttpRequest.newBuilder(URI.create(suite.address() + path))
                        .header("Authorization", "Basic " + credentials)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private JsonNode batch(PackagedSuite suite) throws Exception {
        return JSON.readTree(get(suite, "/api/v1/batches")).path(0);
    }

    /** The program that Spark's own script {@code spark-submit} starts. */
    private Process submit(PackagedSuite suite, Path log, String... arguments) throws Exception {
        var launch = new ArrayList<>(List.of(
                JAVA,
                "-cp",
                SPARK + "/jars/*",
                "org.apache.spark.launcher.Main",
                "org.apache.spark.deploy.SparkSubmit"));
        launch.addAll(List.of(
                "--master",
                "local-cluster[2,1,1024]",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--driver-memory",
                "512m",
                "--executor-memory",
                "512m",
                "--class",
                "io.baigong.spark.BatchOnSpark",
                System.getProperty("baigong.spark.jar"),
                "--task",
                "medical.icd-coding",
                "--server",
                suite.address(),
                "--field",
                "language=en",
                "--app",
                Path.of(System.getProperty("baigong.app")).toRealPath().toString(),
                "--heap",
                "512m",
                "--tasks",
                "2"));
        launch.addAll(List.of(arguments));
        Process launcher = spark(new ProcessBuilder(launch)).start();
        String printed = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(launcher.waitFor()).isZero();
        List<String> command = List.of(printed.strip().split("\0")).stream()
                .map(String::strip)
                .filter(argument -> !argument.isEmpty())
                .toList();
        return spark(new ProcessBuilder(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private ProcessBuilder spark(ProcessBuilder builder) {
        builder.directory(folder.toFile());
        builder.environment()
                .putAll(Map.of(
                        "SPARK_HOME",
                        SPARK.toAbsolutePath().toString(),
                        "SPARK_SCALA_VERSION",
                        "2.13",
                        "SPARK_LOCAL_IP",
                        "127.0.0.1",
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "BAIGONG_CREDENTIALS",
                        "analyst:" + PASSWORD));
        return builder;
    }

    private static int exit(Process spark, Path log) throws Exception {
        if (!spark.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)) {
            spark.descendants().forEach(ProcessHandle::destroyForcibly);
            spark.destroyForcibly();
            throw new IllegalStateException("the job does not end: " + Files.readString(log));
        }
        return spark.exitValue();
    }

    private static List<ProcessHandle> executors(Process spark) {
        return spark.descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .toList();
    }

    /** The run of each record, by its position. */
    private static Map<Long, String> runs(List<String> lines) throws IOException {
        var runs = new TreeMap<Long, String>();
        for (String line : lines) {
            JsonNode result = JSON.readTree(line);
            assertThat(result.path("status").asText()).as(line).isEqualTo("ANSWERED");
            String before = runs.put(
                    result.path("position").longValue(), result.path("run").asText());
            assertThat(before).as("a second result of the same record").isNull();
        }
        return runs;
    }

    private static List<String> parts(Path output) throws IOException {
        var lines = new ArrayList<String>();
        try (var parts = Files.newDirectoryStream(output, "part-*")) {
            for (Path part : parts) {
                lines.addAll(Files.readAllLines(part));
            }
        }
        return lines;
    }

    @Test
    void anExecutorThatIsKilledLosesAndDoublesNothing() throws Exception {
        var notes = new StringBuilder();
        var table = new StringBuilder("name,note\n");
        for (int i = 0; i < RECORDS; i++) {
            table.append("note %d,Patient %d with hypertension and a cough.\n".formatted(i, i));
            notes.append("{\"name\": \"note %d\", \"note\": \"Patient %d with hypertension and a cough.\"}\n"
                    .formatted(i, i));
        }
        Files.writeString(folder.resolve("notes.jsonl"), notes);
        Files.writeString(folder.resolve("notes.csv"), table);
        Path log = folder.resolve("spark.log");
        try (var suite = new PackagedSuite(
                        folder.resolve("home"), PackagedSuite.freePort(), Map.of("BAIGONG_ACCOUNTS_PASSWORD", PASSWORD))
                .ready()) {
            Path output = folder.resolve("results");
            Process spark = submit(
                    suite, log, "--input", folder.resolve("notes.jsonl").toString(), "--output", output.toString());
            try {
                Instant end = Instant.now().plus(PATIENCE);
                while (batch(suite).path("answered").intValue() < KILL_AT) {
                    assertThat(spark.isAlive() && Instant.now().isBefore(end))
                            .as(Files.readString(log))
                            .isTrue();
                    Thread.sleep(50);
                }
                List<ProcessHandle> executors = executors(spark);
                assertThat(executors).hasSize(2);
                executors.getFirst().destroyForcibly();
                assertThat(batch(suite).path("answered").intValue())
                        .as("killed in the middle")
                        .isLessThan(RECORDS);
                assertThat(exit(spark, log)).as(Files.readString(log)).isZero();
            } finally {
                spark.descendants().forEach(ProcessHandle::destroyForcibly);
                spark.destroyForcibly();
            }

            JsonNode batch = batch(suite);
            assertThat(batch.path("state").asText()).isEqualTo("ENDED");
            assertThat(batch.path("answered").intValue()).isEqualTo(RECORDS);
            Map<Long, String> kept = runs(parts(output));
            assertThat(kept).hasSize(RECORDS);
            assertThat(kept.keySet()).contains(0L, RECORDS - 1L);
            assertThat(new HashSet<>(kept.values())).hasSize(RECORDS);
            String id = batch.path("id").asText();
            assertThat(runs(get(suite, "/api/v1/batches/" + id + "/results")
                            .lines()
                            .toList()))
                    .isEqualTo(kept);
            assertThat(get(suite, "/api/v1/audit/verify")).contains("\"ok\":true");
            assertThat(Files.readString(log)).contains("Lost executor");

            Path again = folder.resolve("again");
            Path secondLog = folder.resolve("again.log");
            assertThat(exit(
                            submit(
                                    suite,
                                    secondLog,
                                    "--input",
                                    folder.resolve("notes.csv").toString(),
                                    "--format",
                                    "csv",
                                    "--output",
                                    again.toString(),
                                    "--batch",
                                    id),
                            secondLog))
                    .isZero();
            assertThat(runs(parts(again)))
                    .as("submitted again, as a table, nothing is run again")
                    .isEqualTo(kept);
        }
    }
}
