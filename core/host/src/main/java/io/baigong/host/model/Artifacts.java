package io.baigong.host.model;

import io.baigong.journal.objects.ObjectStoreConfig;
import io.baigong.journal.objects.ObjectStores;
import io.baigong.registry.ModelLocation;
import io.baigong.registry.RegistryConfig;
import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.artifact.ArtifactStore;
import io.baigong.registry.artifact.HarmlessFiles;
import io.baigong.registry.artifact.ZippedArtifact;
import io.baigong.registry.bundle.Bundle;
import io.baigong.registry.bundle.Manifest;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;

/** The files of registered models. */
@ApplicationScoped
public class Artifacts {
    /** For a file of 1 GiB over a line of 30 Mbit/s. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Optional<S3Client> bucket;
    private final ArtifactStore store;

    Artifacts(RegistryConfig config) {
        Path folder = config.artifacts().toAbsolutePath().normalize();
        ObjectStoreConfig objects = config.objectStore();
        bucket = objects.bucket().map(_ -> ObjectStores.client(objects, "baigong.registry.object-store", PATIENCE));
        store = bucket.map(client -> new ArtifactStore(
                        folder,
                        client,
                        objects.bucket().orElseThrow(),
                        objects.prefix() + "models/",
                        config.keptMebibytes() << 20))
                .orElseGet(() -> new ArtifactStore(folder));
    }

    void stop(@Observes ShutdownEvent stopped) {
        bucket.ifPresent(S3Client::close);
    }

    Artifact unpack(Path zip) throws IOException {
        return ZippedArtifact.unpack(zip, store);
    }

    Bundle unbundle(Path zip) throws IOException {
        return Bundle.read(zip, store);
    }

    void write(OutputStream out, Manifest manifest, byte[] bom, Artifact artifact) throws IOException {
        Bundle.write(out, manifest, bom, artifact, store);
    }

    /** Has files that are kept already stay until a row names them. Throws {@link IOException} when one is gone. */
    void renew(Artifact artifact) throws IOException {
        for (Artifact.Part part : artifact.files().values()) {
            store.renew(part);
        }
    }

    int sweep(Set<String> named, Instant before) throws IOException {
        return store.sweep(named, before);
    }

    /** Throws {@link IOException} that names the first file that is not what it was. */
    void check(Artifact artifact) throws IOException {
        store.check(artifact);
    }

    ModelLocation location(Artifact artifact) {
        return new ModelLocation.Registered(store, artifact);
    }

    /** Its model card, in Markdown; empty when it has none. */
    public String card(Artifact artifact) throws IOException {
        if (!artifact.files().containsKey(Artifact.CARD)) {
            return "";
        }
        try (InputStream in = store.open(artifact, Artifact.CARD)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Keeps a file; it is on disk when this returns. */
    public Artifact.Part add(InputStream content) throws IOException {
        return store.add(content, HarmlessFiles.MOST_BYTES);
    }

    /** A kept file; close it. Who reads to its end gets an {@link IOException} there if it is not what was kept. */
    public InputStream open(Artifact.Part part) throws IOException {
        return store.open(part);
    }

    /** A file of it; close it. */
    public InputStream open(Artifact artifact, String name) throws IOException {
        return store.open(artifact, name);
    }
}
