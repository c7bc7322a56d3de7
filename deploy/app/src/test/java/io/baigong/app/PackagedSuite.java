package io.baigong.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged suite as {@code ./baigong up} starts it. */
public final class PackagedSuite implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);

    /** Where it was packaged. */
    private static final Path APP = Path.of(System.getProperty("baigong.app", "target/quarkus-app"));

    private final int port;
    private final Path log;
    private final Process process;

    /**
     * Starts it.
     *
     * @param home where it keeps its data
     * @param environment added to that of this process, which gives it no setting of its own
     */
    public PackagedSuite(Path home, int port, Map<String, String> environment) throws IOException {
        this.port = port;
        this.log = Files.createTempFile("baigong", ".log");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx640m",
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + APP.resolveSibling("classes.jsa"),
                        "-Xlog:cds*=off",
                        "-jar",
                        APP.resolve("quarkus-run.jar").toString(),
                        "--port",
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("BAIGONG_"));
        builder.environment().put("BAIGONG_HOME", home.toString());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** A port of this machine that nothing listens on. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until it answers. */
    public PackagedSuite ready() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(START);
        while (!printed().contains("Sign in as")) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IllegalStateException("the suite did not start: " + printed());
            }
            Thread.sleep(100);
        }
        return this;
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    /** What it has printed so far. */
    String printed() throws IOException {
        return Files.readString(log);
    }

    List<String> lines() throws IOException {
        return printed().lines().toList();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to stop. */
    void stop() {
        process.destroy();
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end. */
    int exit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the suite does not stop");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        Files.delete(log);
    }
}
