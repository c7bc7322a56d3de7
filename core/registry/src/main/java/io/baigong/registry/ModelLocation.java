package io.baigong.registry;

import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.artifact.ArtifactStore;
import java.nio.file.Path;

/** Where the model of a role is. Equal locations hold the same model. */
public sealed interface ModelLocation {
    /** An artifact in a folder. */
    record Folder(Path path) implements ModelLocation {}

    /** An artifact on the class path of a vertical; {@code folder} has no slash at either end. */
    record Shipped(ClassLoader loader, String folder) implements ModelLocation {}

    /** A registered version, in the store of artifacts. */
    record Registered(ArtifactStore store, Artifact artifact) implements ModelLocation {}

    /** The platform's own model for this kind of role. */
    record Platform() implements ModelLocation {}
}
