package io.baigong.registry.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    Path folder;

    private ArtifactStore store;

    @BeforeEach
    void open() {
        store = new ArtifactStore(folder);
    }

    private Artifact.Part add(String text) throws IOException {
        return store.add(new ByteArrayInputStream(text.getBytes(UTF_8)), 1 << 20);
    }

    private Path file(Artifact.Part part) {
        return folder.resolve(part.sha256().substring(0, 2)).resolve(part.sha256());
    }

    private Artifact.Part old(String text) throws IOException {
        Artifact.Part part = add(text);
        Files.setLastModifiedTime(file(part), FileTime.from(LONG_AGO));
        return part;
    }

    private List<Path> files() throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    /** A process is killed in the midst of its work, again and again. What it told to be kept is kept, and nothing half is. */
    @Test
    void whatWasKeptOutlivesAKillAndNothingHalfDoes() throws Exception {
        var kept = new ArrayList<String>();
        for (int round = 0; round < 4; round++) {
            Process process = StoreProcess.start(folder, 3_000_000 + round, 100_000, 0);
            try (BufferedReader told = process.inputReader(UTF_8)) {
                for (int i = 0; i < 3 + round; i++) {
                    kept.add(told.readLine());
                }
                // SIGKILL, while the next file is written; Process itself would close what it told with it.
                assertThat(process.toHandle().destroyForcibly()).isTrue();
                for (String line = told.readLine(); line != null && line.length() == 64; line = told.readLine()) {
                    kept.add(line);
                }
            }
            process.waitFor();
        }
        var whole = new ArrayList<String>();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (!name.startsWith("incoming")) {
                assertThat(sha256(file)).isEqualTo(name);
                whole.add(name);
            }
        }
        assertThat(whole).containsAll(kept);

        store.sweep(Set.copyOf(kept), Instant.now().plusSeconds(60));
        assertThat(files()).extracting(file -> file.getFileName().toString()).containsExactlyInAnyOrderElementsOf(kept);
    }

    /** The system refuses to write beyond 64 KiB, as it does when a disk is full. */
    @Test
    void aDiskThatTakesNoMoreIsSaidToBeAndNothingHalfStays() throws Exception {
        Process process = StoreProcess.start(folder, 100_000, 2, 64);
        List<String> told = process.inputReader(UTF_8).readAllLines();

        assertThat(process.waitFor()).isZero();
        assertThat(told).hasSize(2).allMatch(line -> line.startsWith("refused: the file can't be kept: "));
        assertThat(files()).isEmpty();

        process = StoreProcess.start(folder, 60_000, 1, 64);
        assertThat(process.inputReader(UTF_8).readAllLines()).hasSize(1).allMatch(line -> line.length() == 64);
        assertThat(files()).hasSize(1);
    }

    @Test
    void aFolderThatIsNoneIsSaidToBe() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> new ArtifactStore(file.resolve("store")).add(InputStream.nullInputStream(), 1))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("the file can't be kept")
                .hasMessageNotContaining(folder.toString());
    }

    /** A sender that breaks off is no fault of the disk. */
    @Test
    void aStreamThatBreaksOffLeavesNothing() throws IOException {
        var breaking = new InputStream() {
            private int left = 100_000;

            @Override
            public int read() throws IOException {
                return read(new byte[1], 0, 1) < 0 ? -1 : 0;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (left == 0) {
                    throw new IOException("the sender is gone");
                }
                int count = Math.min(length, left);
                left -= count;
                return count;
            }
        };
        assertThatThrownBy(() -> store.add(breaking, 1 << 20))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(StorageException.class)
                .hasMessage("the sender is gone");
        assertThat(files()).isEmpty();
    }

    @Test
    void filesThatNoRowNamesGoAndOthersStay() throws IOException {
        Artifact.Part named = old("named");
        Artifact.Part lost = old("lost");
        Artifact.Part fresh = add("fresh");
        Path broken = Files.createFile(folder.resolve("incoming123"));
        Files.setLastModifiedTime(broken, FileTime.from(LONG_AGO));
        Path coming = Files.createFile(folder.resolve("incoming124"));

        assertThat(store.sweep(Set.of(named.sha256()), Instant.now().minusSeconds(3_600)))
                .isEqualTo(2);

        assertThat(files()).containsExactlyInAnyOrder(file(named), file(fresh), coming);
        assertThatThrownBy(() -> store.renew(lost)).isInstanceOf(NoSuchFileException.class);
    }

    /** What is kept anew or about to be named counts as new, however long it lay there. */
    @Test
    void whatIsKeptAgainOrRenewedStays() throws IOException {
        Artifact.Part again = old("again");
        Artifact.Part renewed = old("renewed");
        add("again");
        store.renew(renewed);

        assertThat(store.sweep(Set.of(), Instant.now().minusSeconds(3_600))).isZero();
        assertThat(files()).containsExactlyInAnyOrder(file(again), file(renewed));
    }

    /** A sweep that died between setting a file aside and looking at it again. */
    @Test
    void whatASweepLeftAsideGoesBackOrAway() throws IOException {
        Artifact.Part named = old("named");
        Artifact.Part lost = old("lost");
        for (Artifact.Part part : List.of(named, lost)) {
            Files.move(file(part), file(part).resolveSibling(part.sha256() + ".leaving"));
        }

        assertThat(store.sweep(Set.of(named.sha256()), Instant.now().minusSeconds(3_600)))
                .isEqualTo(1);
        assertThat(files()).containsExactly(file(named));
        store.check(new Artifact(new TreeMap<>(java.util.Map.of("model.json", named))));
    }

    /** Who takes a file that is lost for one that the model never had answers without it, and nobody hears of it. */
    @Test
    void aFileThatIsLostIsNotOneThatTheArtifactHasNot() throws IOException {
        Artifact.Part part = add("prices");
        var artifact = new Artifact(new TreeMap<>(java.util.Map.of("prices.json", part)));
        Files.delete(file(part));

        assertThatThrownBy(() -> store.open(artifact, "prices.json"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NoSuchFileException.class)
                .hasMessageStartingWith("the kept file prices.json is gone");
        assertThatThrownBy(() -> store.check(artifact)).hasMessageContaining("prices.json is gone");
        assertThatThrownBy(() -> store.open(artifact, "names.json")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aStoreThatIsNotThereYetHasNothingToSweep() throws IOException {
        assertThat(new ArtifactStore(folder.resolve("none")).sweep(Set.of(), Instant.now()))
                .isZero();
    }
}
