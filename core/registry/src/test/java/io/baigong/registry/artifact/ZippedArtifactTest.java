package io.baigong.registry.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZippedArtifactTest {
    @TempDir
    Path folder;

    private ArtifactStore store;

    @BeforeEach
    void open() {
        store = new ArtifactStore(folder.resolve("store"));
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private Artifact unpack(byte[] zipped) throws IOException {
        return ZippedArtifact.unpack(Files.write(folder.resolve("sent"), zipped), store);
    }

    private List<Path> kept() throws IOException {
        try (var files = Files.walk(folder.resolve("store"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void filesComeBackAsTheyWere() throws IOException {
        Artifact artifact = unpack(zip(Map.of("model.json", "{}", "README.md", "# Card")));

        assertThat(artifact.files()).containsOnlyKeys("README.md", "model.json");
        assertThat(new String(store.open(artifact, "README.md").readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("# Card");
        // printf '{}' | sha256sum
        assertThat(artifact.files().get("model.json"))
                .isEqualTo(new Artifact.Part("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", 2));
        store.check(artifact);
    }

    @Test
    void aFolderAroundAllFilesIsLeftOut() throws IOException {
        assertThat(unpack(zip(Map.of("tagger/model.json", "{}"))).files()).containsOnlyKeys("model.json");
    }

    @Test
    void equalFilesAreKeptOnce() throws IOException {
        unpack(zip(Map.of("model.json", "{}")));
        unpack(zip(Map.of("model.json", "{}")));

        assertThat(kept()).hasSize(1);
    }

    // The names by which MLflow's artifact paths were escaped from 2023 to 2026, and their kin.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../model.json",
                "a/../../model.json",
                "..\\model.json",
                "/etc/model.json",
                "C:\\model.json",
                "%2e%2e%2fmodel.json",
                "%252e%252e%252fmodel.json",
                "a..json",
                "..json",
                ".hidden.json",
                "weights.json\u0000.pkl",
                "二.json",
                "deep/er/model.json",
                "file:///etc/passwd.json"
            })
    void namesThatLeadElsewhereAreRefused(String name) throws IOException {
        byte[] zipped = zip(Map.of("model.json", "{}"));
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("model.json"));
            zip.write("{}".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(name));
            zip.write(zipped);
        }

        assertThatThrownBy(() -> unpack(bytes.toByteArray()))
                .isInstanceOf(UnsafeArtifactException.class)
                .hasMessageContaining("not plain");
        assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("store") && !file.endsWith("sent"));
        assertThat(folder.resolve("store")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "weights.pkl",
                "model.pt",
                "pytorch_model.bin",
                "a.joblib",
                "a.ckpt",
                "run.sh",
                "a.h5",
                "a.npy",
                "json"
            })
    void formatsThatCanHoldCodeAreRefused(String name) throws IOException {
        byte[] zipped = zip(Map.of("model.json", "{}", name, "x"));

        assertThatThrownBy(() -> unpack(zipped))
                .isInstanceOf(UnsafeArtifactException.class)
                .hasMessageContaining(name);
    }

    @Test
    void whatIsNoArtifactIsRefused() throws IOException {
        byte[] empty = new byte[0];
        byte[] noise = new byte[1000];
        new Random(1).nextBytes(noise);
        byte[] withoutModel = zip(Map.of("weights.safetensors", "x"));

        for (byte[] bytes : List.of(empty, noise, withoutModel)) {
            assertThatThrownBy(() -> unpack(bytes)).isInstanceOf(UnsafeArtifactException.class);
        }
    }

    @Test
    void noTruncatedZipIsTakenForAWholeOne() throws IOException {
        byte[] whole = zip(Map.of("model.json", "{}", "weights.safetensors", "numbers ".repeat(500)));
        unpack(whole);

        for (int length = 0; length < whole.length; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> unpack(cut)).isInstanceOf(UnsafeArtifactException.class);
        }
    }

    @Test
    void tooManyFilesAreRefused() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < 65; i++) {
                zip.putNextEntry(new ZipEntry("part" + i + ".json"));
            }
        }

        assertThatThrownBy(() -> unpack(bytes.toByteArray())).hasMessageContaining("more than 64 files");
    }

    @Test
    void aBombIsCutOff() {
        var endless = new java.io.InputStream() {
            @Override
            public int read() {
                return 0;
            }
        };

        assertThatThrownBy(() -> store.add(endless, 1 << 20))
                .isInstanceOf(UnsafeArtifactException.class)
                .hasMessageContaining("larger");
    }

    @Test
    void aChangedFileIsNamedAndNotReadToItsEnd() throws IOException {
        Artifact artifact = unpack(zip(Map.of("model.json", "{}", "weights.safetensors", "numbers")));
        Path weights = kept().stream()
                .filter(file -> file.endsWith(
                        artifact.files().get("weights.safetensors").sha256()))
                .findFirst()
                .orElseThrow();
        Files.writeString(weights, "numbres");

        assertThatThrownBy(() -> store.check(artifact)).hasMessageContaining("weights.safetensors was changed");
        try (var in = store.open(artifact, "weights.safetensors")) {
            assertThatThrownBy(in::readAllBytes).hasMessageContaining("was changed");
        }
    }
}
