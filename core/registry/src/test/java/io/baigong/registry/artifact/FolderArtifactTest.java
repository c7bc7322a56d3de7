package io.baigong.registry.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderArtifactTest {
    @TempDir
    Path folder;

    @Test
    void aModelThatShipsInAJarIsTaken() throws Exception {
        var store = new ArtifactStore(folder.resolve("store"));
        try (FileSystem jar = FileSystems.newFileSystem(folder.resolve("vertical.jar"), Map.of("create", "true"))) {
            Path model = Files.createDirectories(jar.getPath("models", "a", "1"));
            Files.writeString(model.resolve("model.json"), "{}");
            Files.writeString(model.resolve("weights.safetensors"), "numbers");

            Artifact artifact = FolderArtifact.take(model, store);

            assertThat(artifact.files()).containsOnlyKeys("model.json", "weights.safetensors");
            assertThat(store.open(artifact, "weights.safetensors")).hasContent("numbers");
        }
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        var store = new ArtifactStore(folder.resolve("store"));
        Path model = Files.createDirectory(folder.resolve("model"));
        Files.writeString(model.resolve("model.json"), "{}");
        Files.createSymbolicLink(model.resolve("weights.safetensors"), model.resolve("model.json"));

        assertThatThrownBy(() -> FolderArtifact.take(model, store))
                .isInstanceOf(UnsafeArtifactException.class)
                .hasMessageContaining("no plain file");
    }
}
