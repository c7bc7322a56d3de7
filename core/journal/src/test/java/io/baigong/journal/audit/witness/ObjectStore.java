package io.baigong.journal.audit.witness;

import io.baigong.journal.objects.ObjectStoreConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A real object store, S3Proxy over a folder, which checks signatures. */
public final class ObjectStore implements AutoCloseable {
    public static final String BUCKET = "audit-heads";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String KEY = "baigong";
    private static final String SECRET = "a secret of tests";

    private final Path folder;
    private final int port;
    private final Process process;

    /** Starts it, and lends its credentials to this process. */
    public ObjectStore(Path folder) throws IOException, InterruptedException {
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
        awaitReady();
        credentials(SECRET);
    }

    static void credentials(String secret) {
        System.setProperty("aws.accessKeyId", KEY);
        System.setProperty("aws.secretAccessKey", secret);
    }

    /** As it was before {@link #credentials}. */
    void ownCredentials() {
        credentials(SECRET);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Settings for this store. */
    ObjectStoreConfig config(String prefix) {
        return at(endpoint(), prefix);
    }

    /** Settings for a store there. */
    static ObjectStoreConfig at(URI endpoint, String prefix) {
        record Given(Optional<String> bucket, String prefix, Optional<URI> endpoint, String region, boolean pathStyle)
                implements ObjectStoreConfig {}
        return new Given(Optional.of(BUCKET), prefix, Optional.of(endpoint), "us-east-1", true);
    }

    /** The folder that holds the bucket's objects, as files of their names. */
    public Path bucket() {
        return folder.resolve("store").resolve(BUCKET);
    }

    private void awaitReady() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (!process.isAlive() || Instant.now().isAfter(end)) {
                    throw new IOException(Files.readString(folder.resolve("s3proxy.log")), e);
                }
                Thread.sleep(50);
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
