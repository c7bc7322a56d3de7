package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch that the suite and its database are killed under. */
class BatchIT {
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern ANSWERED = Pattern.compile("\"answered\":(\\d+)");
    private static final Pattern POSITION = Pattern.compile("\"position\":(\\d+)");
    private static final Pattern RUN = Pattern.compile("\"run\":\"([0-9a-f-]{36})\"");
    private static final int RECORDS = 1000;
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private String ask(PackagedSuite suite, HttpRequest.Builder request, String path) throws Exception {
        var credentials = Base64.getEncoder().encodeToString(("analyst:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var response = client.send(
                request.uri(URI.create(suite.address() + path))
                        .header("Authorization", "Basic " + credentials)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return response.body();
    }

    private String get(PackagedSuite suite, String path) throws Exception {
        return ask(suite, HttpRequest.newBuilder().GET(), path);
    }

    private String create(PackagedSuite suite) throws Exception {
        var form = new StringBuilder();
        for (var field : List.of(List.of("task", "medical.icd-coding"), List.of("language", "en"))) {
            form.append("--x\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(field.getFirst(), field.getLast()));
        }
        form.append("--x\r\nContent-Disposition: form-data; name=\"records\"; filename=\"notes.jsonl\"\r\n\r\n");
        for (int i = 0; i < RECORDS; i++) {
            form.append("{\"note\": \"Patient %d with hypertension and a cough.\"}\n".formatted(i));
        }
        form.append("\r\n--x--\r\n");
        return found(
                ID,
                ask(
                        suite,
                        HttpRequest.newBuilder()
                                .header("Content-Type", "multipart/form-data; boundary=x")
                                .POST(HttpRequest.BodyPublishers.ofString(form.toString())),
                        "/api/v1/batches"));
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private int answered(PackagedSuite suite, String batch) throws Exception {
        return Integer.parseInt(found(ANSWERED, get(suite, "/api/v1/batches/" + batch)));
    }

    private PackagedSuite up(int port) throws Exception {
        return new PackagedSuite(folder.resolve("home"), port, Map.of("BAIGONG_ACCOUNTS_PASSWORD", PASSWORD)).ready();
    }

    private void killed(PackagedSuite suite) throws Exception {
        var database = ProcessHandle.of(Long.parseLong(Files.readAllLines(folder.resolve("home/data/postmaster.pid"))
                        .getFirst()))
                .orElseThrow();
        suite.kill();
        database.destroyForcibly();
        database.onExit().get(30, TimeUnit.SECONDS);
        suite.exit();
    }

    private void aTerminalMakesOne(PackagedSuite suite) throws Exception {
        Path report = folder.resolve("batch.json");
        var command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        "target/quarkus-app/lib/main/*:target/quarkus-app/lib/boot/*:target/quarkus-app/app/*",
                        "io.baigong.host.cli.Baigong",
                        "batch",
                        "create",
                        "medical.icd-coding",
                        "src/test/resources/io/baigong/app/notes.parquet",
                        "--field=language=en",
                        "--server=" + suite.address(),
                        "--watch",
                        "--json=" + report)
                .inheritIO();
        command.environment().put("BAIGONG_CREDENTIALS", "analyst:" + PASSWORD);
        assertThat(command.start().waitFor()).isZero();
        assertThat(report).content().contains("ENDED").contains("\"answered\" : 2");
    }

    @Test
    void eachRecordIsRunOnceHoweverOftenTheSuiteIsKilled() throws Exception {
        int port = PackagedSuite.freePort();
        String batch = "";
        int before = 0;
        for (int kill = 0; kill < 2; kill++) {
            try (PackagedSuite suite = up(port)) {
                if (kill == 0) {
                    batch = create(suite);
                }
                int acknowledged = answered(suite, batch);
                assertThat(acknowledged).isGreaterThanOrEqualTo(before);
                while (acknowledged < before + 200) {
                    Thread.sleep(20);
                    acknowledged = answered(suite, batch);
                }
                assertThat(acknowledged).as("killed in the middle").isLessThan(RECORDS);
                before = acknowledged;
                killed(suite);
            }
        }
        try (PackagedSuite suite = up(port)) {
            assertThat(answered(suite, batch)).isGreaterThanOrEqualTo(before);
            while (!get(suite, "/api/v1/batches/" + batch).contains("\"state\":\"ENDED\"")) {
                Thread.sleep(100);
            }
            var runs = new HashSet<String>();
            int position = 0;
            for (String line :
                    get(suite, "/api/v1/batches/" + batch + "/results").lines().toList()) {
                assertThat(found(POSITION, line)).isEqualTo(String.valueOf(position++));
                runs.add(found(RUN, line));
            }
            assertThat(runs).hasSize(RECORDS);
            aTerminalMakesOne(suite);
            assertThat(get(suite, "/api/v1/audit/verify")).contains("\"ok\":true");
        }
    }
}
