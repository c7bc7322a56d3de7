package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Work that the suite and its database are killed under. The property {@code baigong.kills} says how often; each takes some ten
 * seconds.
 */
class BatchIT {
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern ANSWERED = Pattern.compile("\"answered\":(\\d+)");
    private static final Pattern POSITION = Pattern.compile("\"position\":(\\d+)");
    private static final Pattern RUN = Pattern.compile("\"run\":\"([0-9a-f-]{36})\"");
    private static final int KILLS = Integer.getInteger("baigong.kills", 2);

    /** Of each life, between which and as many again the next kill comes. */
    private static final int PROGRESS = 100;

    private static final int RECORDS = 2 * PROGRESS * (KILLS + 3);
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

    /** The answer to a form of fields, of which the last is a file if it has a file's name. */
    private String post(PackagedSuite suite, String path, String... namesAndValues) throws Exception {
        var form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append("--x\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(namesAndValues[i], namesAndValues[i + 1]));
        }
        form.append("--x--\r\n");
        return ask(
                suite,
                HttpRequest.newBuilder()
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString())),
                path);
    }

    private String create(PackagedSuite suite) throws Exception {
        var notes = new StringBuilder();
        for (int i = 0; i < RECORDS; i++) {
            notes.append("{\"note\": \"Patient %d with hypertension and a cough.\"}\n".formatted(i));
        }
        return found(
                ID,
                post(
                        suite,
                        "/api/v1/batches",
                        "task",
                        "medical.icd-coding",
                        "language",
                        "en",
                        "records\"; filename=\"notes.jsonl",
                        notes.toString()));
    }

    /** The id of a run with a decision on it, both acknowledged. */
    private String decided(PackagedSuite suite) throws Exception {
        String run = found(
                ID,
                post(
                        suite,
                        "/api/v1/tasks/medical.icd-coding/runs",
                        "language",
                        "en",
                        "note",
                        "A cough, and a fever."));
        ask(
                suite,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"subject\":\"all\",\"verdict\":\"ACCEPTED\"}")),
                "/api/v1/runs/" + run + "/decisions");
        return run;
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

    private void isWhole(PackagedSuite suite, List<String> decided) throws Exception {
        assertThat(get(suite, "/api/v1/audit/verify")).contains("\"ok\":true");
        for (String run : decided) {
            assertThat(get(suite, "/api/v1/runs/" + run)).contains("\"verdict\":\"ACCEPTED\"");
        }
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
    void nothingAcknowledgedIsLostOrDoubledHoweverOftenTheSuiteIsKilled() throws Exception {
        int port = PackagedSuite.freePort();
        var random = new Random(20261128);
        var decided = new ArrayList<String>();
        String batch = "";
        int before = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (PackagedSuite suite = up(port)) {
                if (kill == 0) {
                    batch = create(suite);
                }
                isWhole(suite, decided);
                int acknowledged = answered(suite, batch);
                assertThat(acknowledged).as("after kill %d", kill).isGreaterThanOrEqualTo(before);
                int wanted = before + PROGRESS + random.nextInt(PROGRESS);
                while (acknowledged < wanted) {
                    decided.add(decided(suite));
                    acknowledged = answered(suite, batch);
                }
                assertThat(acknowledged).as("killed in the middle").isLessThan(RECORDS);
                before = acknowledged;
                killed(suite);
            }
        }
        try (PackagedSuite suite = up(port)) {
            isWhole(suite, decided);
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
            isWhole(suite, decided);
        }
    }
}
