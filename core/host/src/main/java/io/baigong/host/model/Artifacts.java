package io.baigong.host.model;

import io.baigong.registry.ModelLocation;
import io.baigong.registry.RegistryConfig;
import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.artifact.ArtifactStore;
import io.baigong.registry.artifact.ZippedArtifact;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The files of registered models. */
@ApplicationScoped
public class Artifacts {
    private final ArtifactStore store;

    Artifacts(RegistryConfig config) {
        store = new ArtifactStore(config.artifacts().toAbsolutePath().normalize());
    }

    Artifact unpack(Path zip) throws IOException {
        return ZippedArtifact.unpack(zip, store);
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

    /** A file of it; close it. */
    public InputStream open(Artifact artifact, String name) throws IOException {
        return store.open(artifact, name);
    }
}
