package io.baigong.host.model;

import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.artifact.ArtifactStore;
import io.baigong.registry.bundle.Bundle;
import io.baigong.registry.bundle.Manifest;
import io.baigong.registry.history.Lineage;
import io.baigong.registry.history.ModelHistory;
import io.baigong.registry.history.VersionState;
import io.baigong.spi.ModelRole;
import io.baigong.spi.ModelVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.TreeMap;

/** A model that no suite has registered as a bundle: what ships, or what a training wrote. It has no figures and no lineage. */
public final class LooseBundle {
    private LooseBundle() {}

    /** Whether models of this role are carried in bundles. */
    public static boolean fits(ModelRole role) {
        return ModelLife.fills(role);
    }

    /**
     * Writes the bundle; the stream stays open.
     *
     * @param version what the model says of itself, opened in the role
     * @param purposes what the tasks that ask the role are for
     * @param store that holds the files
     */
    public static Manifest write(
            OutputStream out,
            ModelRole role,
            ModelVersion version,
            List<String> purposes,
            Artifact artifact,
            ArtifactStore store)
            throws IOException {
        var manifest = new Manifest(
                Manifest.FORMAT,
                role.name(),
                ModelHistory.SHIPPED,
                version.name(),
                version.version(),
                version.sha256(),
                version.parameters(),
                VersionState.CANDIDATE,
                new TreeMap<>(artifact.files()),
                Lineage.UNKNOWN,
                Signatures.of(
                        name -> store.open(artifact, name), artifact.files().keySet()),
                List.of(),
                List.of());
        byte[] bom = ModelBom.of(manifest, ModelBundles.kind(role), purposes);
        Bundle.write(out, manifest, bom, artifact, store);
        return manifest;
    }
}
