package io.baigong.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.host.cli.Baigong.WrongUsage;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A suite of a benchmark's own, with its own PostgreSQL, in a folder that is deleted in the end. Others that the benchmark starts
 * in that folder end with it.
 */
final class BenchSuite implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path app;
    private final Path folder;
    private final String password = UUID.randomUUID().toString();
    private final int port;
    private final List<Process> others = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable Process suite;

    private BenchSuite(Path app, Path folder, int port) {
        this.app = app;
        this.folder = folder;
        this.port = port;
    }

    /** A folder for it. It does not run yet. */
    static BenchSuite create() throws IOException {
        Path app = Path.of(System.getProperty("baigong.app", ""), "quarkus-run.jar");
        if (!Files.isRegularFile(app)) {
            throw new WrongUsage("the suite is not built; run this through ./baigong");
        }
        Path folder = Files.createTempDirectory("baigong-bench");
        // PostgreSQL never runs as root, so another user must get in.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new BenchSuite(app, folder, freePort());
    }

    Path folder() {
        return folder;
    }

    /** The suite's BAIGONG_HOME. */
    Path home() {
        return folder.resolve("home");
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /**
     * Starts it, also again after it was killed; returns when it answers.
     *
     * @param settings such as {@code baigong.batches.workers=1}
     */
    Process start(List<String> settings) throws IOException, InterruptedException {
        Path log = folder.resolve("suite.log");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx640m",
                "-XX:+UseSerialGC",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + home().resolve("classes.jsa"),
                "-Xlog:cds*=off"));
        settings.forEach(setting -> command.add("-D" + setting));
        command.addAll(List.of("-jar", app.toString(), "--port", String.valueOf(port)));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("BAIGONG_HOME", home().toString());
        builder.environment().put("BAIGONG_ACCOUNTS_PASSWORD", password);
        Process process = builder.start();
        suite = process;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.readString(log).contains("Sign in as")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("the suite did not start: " + Files.readString(log));
            }
            Thread.sleep(50);
        }
        return process;
    }

    /** Asks it to stop, and waits until it has. */
    void stop() throws IOException, InterruptedException {
        if (suite != null) {
            suite.destroy();
            if (!suite.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the suite does not stop");
            }
            suite = null;
        }
    }

    /** Starts something else beside it. */
    void start(ProcessBuilder other) throws IOException {
        others.add(other.start());
    }

    /** A call of the analyst's with a body of JSON, or none; fails unless it succeeds. */
    JsonNode json(String method, String path, @Nullable String body) throws IOException, InterruptedException {
        var publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return JSON.readTree(
                send(request(path).header("Content-Type", "application/json").method(method, publisher)));
    }

    /** A request of the analyst's. */
    HttpRequest.Builder request(String path) {
        String basic = Base64.getEncoder().encodeToString(("analyst:" + password).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(address(path)).header("Authorization", "Basic " + basic);
    }

    /** Body of the answer; fails unless it succeeds. */
    String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the suite answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** Resident memory of a process. */
    static long residentKilobytes(Process process) throws IOException {
        return Files.readString(Path.of("/proc/" + process.pid() + "/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        if (suite != null) {
            others.add(suite);
        }
        for (Process process : others) {
            process.destroy();
        }
        try {
            for (Process process : others) {
                process.waitFor(30, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
