package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged suite as {@code ./baigong up} starts it: first and second start, in the way of another, killed. */
class UpIT {
    private static final Pattern PASSWORD = Pattern.compile("Sign in as analyst with the password ([a-z0-9]{16}) ");
    private static final Pattern RUN = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final java.util.List<Process> started = new java.util.ArrayList<>();
    private int logs;

    /** A process and what it printed. */
    private record Up(Process process, Path log) {
        String printed() throws IOException {
            return Files.readString(log);
        }

        int exit() throws InterruptedException {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }
    }

    @AfterEach
    void stopAll() throws Exception {
        for (Process process : started) {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private Up up(int port) throws IOException {
        Path log = folder.resolve("log" + logs++);
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx640m",
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar",
                        "--port",
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("BAIGONG_HOME", folder.resolve("home").toString());
        builder.environment().remove("BAIGONG_ACCOUNTS_PASSWORD");
        builder.environment().remove("BAIGONG_DB_URL");
        var process = builder.start();
        started.add(process);
        return new Up(process, log);
    }

    private static void awaitReady(Up up) throws Exception {
        for (int i = 0; i < 1200 && !up.printed().contains("Sign in as"); i++) {
            assertThat(up.process().isAlive()).as(up.printed()).isTrue();
            Thread.sleep(100);
        }
        assertThat(up.printed()).contains("Baigong is ready at http://127.0.0.1:");
    }

    private HttpResponse<String> send(int port, String password, HttpRequest.Builder request, String path)
            throws Exception {
        var credentials = Base64.getEncoder().encodeToString(("analyst:" + password).getBytes(StandardCharsets.UTF_8));
        return client.send(
                request.uri(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Basic " + credentials)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder sample() {
        return HttpRequest.newBuilder()
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofString(String.join(
                        "\r\n",
                        "--x",
                        "Content-Disposition: form-data; name=\"sample\"",
                        "",
                        "managed-services",
                        "--x--",
                        "")));
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void failsInALine(Up up, String said) throws Exception {
        assertThat(up.exit()).isEqualTo(1);
        assertThat(up.printed()).contains(said).doesNotContain("\tat ");
        assertThat(up.printed().lines()).hasSize(1);
    }

    @Test
    void whatWasAnsweredOutlivesAKillOfServerAndDatabase() throws Exception {
        int port = freePort();
        Up first = up(port);
        awaitReady(first);
        String password = found(PASSWORD, first.printed());
        HttpResponse<String> answer = send(port, password, sample(), "/api/v1/tasks/finance.contract-review/runs");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        String run = found(RUN, answer.body());

        failsInALine(up(port), "port " + port + " of 127.0.0.1 can't be had");
        failsInALine(up(freePort()), "another Baigong runs on the data in");

        var database = ProcessHandle.of(Long.parseLong(Files.readAllLines(folder.resolve("home/data/postmaster.pid"))
                        .getFirst()))
                .orElseThrow();
        first.process().destroyForcibly();
        database.destroyForcibly();
        database.onExit().get(30, TimeUnit.SECONDS);
        assertThat(first.exit()).isEqualTo(137);

        Up second = up(port);
        awaitReady(second);
        assertThat(second.printed()).doesNotContain(password);
        HttpResponse<String> kept =
                send(port, password, HttpRequest.newBuilder().GET(), "/api/v1/runs/" + run);
        assertThat(kept.statusCode()).isEqualTo(200);
        assertThat(kept.body()).contains(run, "MANAGED SERVICES AGREEMENT");

        // while its models are still being opened
        second.process().destroy();
        assertThat(second.exit()).as(second.printed()).isEqualTo(143);
        assertThat(folder.resolve("home/data/postmaster.pid")).doesNotExist();
        assertThat(folder.resolve("home/uploads"))
                .satisfiesAnyOf(
                        uploads -> assertThat(uploads).doesNotExist(),
                        uploads -> assertThat(uploads).isEmptyDirectory());
    }
}
