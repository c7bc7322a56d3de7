package io.baigong.host.cli;

import io.baigong.host.cli.Baigong.WrongUsage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A suite with a PostgreSQL of its own in a folder that goes with it, for a comparison. */
final class BenchSuite implements AutoCloseable {
    private final Path folder;
    private final Process process;

    private BenchSuite(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    static BenchSuite start() throws IOException, InterruptedException {
        Path app = Path.of(System.getProperty("baigong.app", ""), "quarkus-run.jar");
        if (!Files.isRegularFile(app)) {
            throw new WrongUsage("the suite is not built; run this through ./baigong");
        }
        Path folder = Files.createTempDirectory("baigong-bench");
        // PostgreSQL never runs as root, so another user must get in.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path log = folder.resolve("suite.log");
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx640m",
                        "-XX:+UseSerialGC",
                        "-jar",
                        app.toString(),
                        "--port",
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("BAIGONG_HOME", folder.resolve("home").toString());
        var suite = new BenchSuite(folder, builder.start());
        try {
            for (int i = 0; i < 900 && !Files.readString(log).contains("Sign in as"); i++) {
                if (!suite.process.isAlive()) {
                    throw new IOException("the suite did not start: " + Files.readString(log));
                }
                Thread.sleep(200);
            }
            return suite;
        } catch (IOException | InterruptedException e) {
            suite.close();
            throw e;
        }
    }

    Path home() {
        return folder.resolve("home");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor(60, TimeUnit.SECONDS);
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
