package io.baigong.app.browser;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The packaged suite as {@code ./baigong up} starts it, on a fresh folder. */
final class PackagedSuite implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";

    private static final Duration START = Duration.ofMinutes(2);

    private final Path log;
    private final Process process;
    private final String address;

    PackagedSuite(Path folder) throws IOException {
        int port = freePort();
        address = "http://127.0.0.1:" + port;
        log = folder.resolve("log");
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
        builder.environment().put("BAIGONG_ACCOUNTS_PASSWORD", PASSWORD);
        builder.environment().remove("BAIGONG_DB_URL");
        process = builder.start();
    }

    /** Waits until it answers. */
    String address() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(START);
        while (!Files.readString(log).contains("Sign in as")) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IllegalStateException("the suite did not start: " + Files.readString(log));
            }
            Thread.sleep(100);
        }
        return address;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
