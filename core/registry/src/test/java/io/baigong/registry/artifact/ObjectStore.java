package io.baigong.registry.artifact;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A real object store, S3Proxy over a folder, which checks signatures. */
final class ObjectStore implements AutoCloseable {
    static final String BUCKET = "models";

    private static final String KEY = "baigong";
    private static final String SECRET = "a secret of tests";

    private final Path folder;
    private final int port;
    private final Process process;

    /** Starts it, and lends its credentials to this process. */
    ObjectStore(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        Files.createDirectories(bucket());
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path properties = Files.writeString(
                folder.resolve("s3proxy.conf"), """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(endpoint(), KEY, SECRET, folder.resolve("store")));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Path.of("target", "s3proxy.jar").toString(),
                        "--properties",
                        properties.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IOException(Files.readString(folder.resolve("s3proxy.log")));
            }
            Thread.sleep(50);
        }
        System.setProperty("aws.accessKeyId", KEY);
        System.setProperty("aws.secretAccessKey", SECRET);
    }

    private boolean answers() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The folder that holds the bucket's objects, as files of their names. */
    Path bucket() {
        return folder.resolve("store").resolve(BUCKET);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
