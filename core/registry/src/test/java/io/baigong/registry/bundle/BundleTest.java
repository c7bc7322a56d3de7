package io.baigong.registry.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.artifact.ArtifactStore;
import io.baigong.registry.artifact.UnsafeArtifactException;
import io.baigong.registry.history.Lineage;
import io.baigong.registry.history.Signature;
import io.baigong.registry.history.VersionState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
    @TempDir
    Path folder;

    private ArtifactStore store;

    @BeforeEach
    void open() {
        store = new ArtifactStore(folder.resolve("store"));
    }

    private Artifact artifact(Map<String, String> files) throws IOException {
        var parts = new TreeMap<String, Artifact.Part>();
        for (var file : files.entrySet()) {
            parts.put(
                    file.getKey(),
                    store.add(new ByteArrayInputStream(file.getValue().getBytes(UTF_8)), 1 << 20));
        }
        return new Artifact(parts);
    }

    private static Manifest manifest(Artifact artifact) {
        return new Manifest(
                Manifest.FORMAT,
                "finance.clause-tagger",
                3,
                "clause-tagger",
                "1",
                "ab",
                7,
                VersionState.SERVING,
                new TreeMap<>(artifact.files()),
                new Lineage("bge", "train", "cuad", "cd", 7L, "ef", "Apache-2.0", "JDK 25"),
                new Signature(
                        List.of(new Signature.Port("rows", "float", List.of("rows", "2"), List.of("a", "b"))),
                        List.of(Signature.Port.of("output", "float", List.of("rows", "1")))),
                List.of(),
                List.of());
    }

    private byte[] bundle() throws IOException {
        return bundle(artifact(Map.of("model.json", "{}", "README.md", "# Card")));
    }

    private byte[] bundle(Artifact artifact) throws IOException {
        var bytes = new ByteArrayOutputStream();
        Bundle.write(bytes, manifest(artifact), "{}".getBytes(UTF_8), artifact, store);
        return bytes.toByteArray();
    }

    private Bundle read(byte[] zipped) throws IOException {
        return Bundle.read(
                Files.write(folder.resolve("sent"), zipped), new ArtifactStore(folder.resolve("other suite")));
    }

    private void isRefused(byte[] zipped, String why) {
        assertThatThrownBy(() -> read(zipped))
                .isInstanceOf(UnsafeArtifactException.class)
                .hasMessageContaining(why);
    }

    /** The files of a zip, by name, in their order. */
    private static Map<String, byte[]> entries(byte[] zipped) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void aVersionComesBackAsItLeft() throws IOException {
        Artifact artifact = artifact(Map.of("model.json", "{}", "README.md", "# Card"));

        Bundle bundle = read(bundle(artifact));

        assertThat(bundle.artifact()).isEqualTo(artifact);
        assertThat(bundle.manifest()).isEqualTo(manifest(artifact));
        new ArtifactStore(folder.resolve("other suite")).check(bundle.artifact());
    }

    @Test
    void equalBundlesHaveEqualBytes() throws IOException {
        assertThat(bundle()).isEqualTo(bundle());
    }

    @Test
    void whatIsCutOffOrEmptyOrNoZipIsRefused() throws IOException {
        byte[] whole = bundle();
        for (int length : new int[] {0, 1, 21, whole.length / 2, whole.length - 1}) {
            isRefused(Arrays.copyOf(whole, length), "no zip, or a damaged one");
        }
        isRefused(zip(Map.of("x", new byte[0])), "lacks manifest.json");
        isRefused("a text, and no zip at all".getBytes(UTF_8), "no zip");
    }

    /** Every single byte that is changed is noticed, or changes nothing that is read. */
    @Test
    void noChangedByteGoesUnnoticed() throws IOException {
        byte[] whole = bundle();
        Bundle original = read(whole);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x55;
            try {
                assertThat(read(changed).artifact()).as("byte " + i).isEqualTo(original.artifact());
            } catch (UnsafeArtifactException expected) {
                assertThat(expected.remedy()).isNotEmpty();
            }
        }
    }

    @Test
    void filesThatAreNotWhatTheManifestSaysAreRefused() throws IOException {
        var files = entries(bundle());
        files.put("files/model.json", "[]".getBytes(UTF_8));
        isRefused(zip(files), "not what the manifest says");
    }

    /** A bomb says in its manifest how small it is; one that says how large it is goes beyond the limit. */
    @Test
    void bombsAreNotUnpacked() throws IOException {
        var files = entries(bundle());
        files.put("files/model.json", new byte[50_000_000]);
        byte[] bomb = zip(files);
        assertThat(bomb.length).isLessThan(100_000);
        isRefused(bomb, "larger than 2 bytes");
        try (var kept = Files.walk(folder.resolve("other suite"))) {
            assertThat(kept.filter(Files::isRegularFile)
                            .filter(file -> file.toFile().length() > 10))
                    .isEmpty();
        }

        files.put(
                "manifest.json",
                new String(files.get("manifest.json"), UTF_8)
                        .replace("\"bytes\" : 2", "\"bytes\" : 2000000000")
                        .getBytes(UTF_8));
        isRefused(zip(files), "larger than 1073741824 bytes");
    }

    @Test
    void filesThatTheManifestDoesNotNameAreRefused() throws IOException {
        var files = entries(bundle());
        files.put("files/more.json", new byte[1]);
        isRefused(zip(files), "does not name");

        files.remove("files/more.json");
        files.remove("files/README.md");
        isRefused(zip(files), "lacks files/README.md");
    }

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
                ".hidden.json",
                "weights.json\u0000.pkl",
                "file:///etc/passwd.json",
                "model.pkl",
                "weights.pt",
                "weights.bin",
                "model.joblib",
                "MLmodel"
            })
    void namesThatLeadElsewhereAndFormatsThatCanRunCodeAreRefused(String name) throws IOException {
        isRefused(bundle(artifact(Map.of("model.json", "{}", name, "x"))), "there is ");
    }

    @Test
    void tooManyFilesAreRefused() throws IOException {
        var files = entries(bundle());
        for (int i = 0; i < 70; i++) {
            files.put("files/" + i + ".json", new byte[1]);
        }
        isRefused(zip(files), "more than 67 files");
    }

    @Test
    void anotherFormatIsRefused() throws IOException {
        var files = entries(bundle());
        files.put("manifest.json", "{\"format\": \"other/1\"}".getBytes(UTF_8));
        isRefused(zip(files), "not the manifest of a bundle");
        files.put("manifest.json", "[".repeat(100_000).getBytes(UTF_8));
        isRefused(zip(files), "not the manifest of a bundle");
    }

    /** What {@code zip --symlinks} writes: a plain entry whose mode says that it is a link. */
    @Test
    void linksAreRefused() throws IOException {
        byte[] whole = bundle();
        ByteBuffer zip = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        int last = lastDirectoryEntry(zip);
        zip.putInt(last + 38, 0120777 << 16);
        isRefused(whole, "a link or a device");
        zip.putInt(last + 38, 0100644 << 16);
        assertThat(read(whole).artifact().files()).hasSize(2);
    }

    private static int lastDirectoryEntry(ByteBuffer zip) {
        for (int at = zip.limit() - 46; at >= 0; at--) {
            if (zip.getInt(at) == 0x02014b50) {
                return at;
            }
        }
        throw new AssertionError("a zip has a directory");
    }

    /** Two entries of one name: readers differ in which one they take. */
    @Test
    void aFileThatIsThereTwiceIsRefused() throws IOException {
        var files = entries(bundle());
        files.put("files/modem.json", files.get("files/model.json"));
        byte[] zipped = zip(files);
        String text = new String(zipped, java.nio.charset.StandardCharsets.ISO_8859_1);
        isRefused(
                text.replace("modem.json", "model.json").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                "a file twice");
    }

    @Test
    void aKeptFileThatWasChangedIsNotExported() throws IOException {
        Artifact artifact = artifact(Map.of("model.json", "{}"));
        String sha256 = artifact.files().get("model.json").sha256();
        Files.writeString(
                folder.resolve("store").resolve(sha256.substring(0, 2)).resolve(sha256), "[]");

        assertThatThrownBy(() -> bundle(artifact))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was changed");
    }
}
