package io.baigong.registry.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.journal.objects.ObjectStoreConfig;
import io.baigong.journal.objects.ObjectStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a real object store. */
class BucketShelfTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final String PREFIX = "baigong/models/";

    @TempDir
    static Path outside;

    private static ObjectStore server;
    private static S3Client client;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        server = new ObjectStore(outside);
        client = client(server.endpoint());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static S3Client client(URI endpoint) {
        record Given(Optional<String> bucket, String prefix, Optional<URI> endpoint, String region, boolean pathStyle)
                implements ObjectStoreConfig {}
        return ObjectStores.client(
                new Given(Optional.of(ObjectStore.BUCKET), "", Optional.of(endpoint), "us-east-1", true),
                "test",
                Duration.ofSeconds(10));
    }

    /** A replica with a folder of its own. */
    private ArtifactStore replica(String name, long most) {
        return new ArtifactStore(folder.resolve(name), client, ObjectStore.BUCKET, PREFIX, most);
    }

    private static Artifact.Part add(ArtifactStore store, String text) throws IOException {
        return store.add(new ByteArrayInputStream(text.getBytes(UTF_8)), 1 << 20);
    }

    private static String read(ArtifactStore store, Artifact.Part part) throws IOException {
        try (InputStream in = store.open(part)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static Path object(Artifact.Part part) {
        return server.bucket().resolve(PREFIX + part.sha256().substring(0, 2) + "/" + part.sha256());
    }

    private Path kept(String replica, Artifact.Part part) {
        return folder.resolve(replica).resolve(part.sha256().substring(0, 2)).resolve(part.sha256());
    }

    private List<Path> kept(String replica) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(replica))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void whatOneReplicaKeepsAnotherReads() throws IOException {
        Artifact.Part part = add(replica("one", 1 << 20), "shared");

        assertThat(object(part)).hasContent("shared");
        assertThat(read(replica("two", 1 << 20), part)).isEqualTo("shared");
        assertThat(kept("two", part)).hasContent("shared");
        assertThatThrownBy(() -> replica("two", 1 << 20).open(new Artifact.Part("0".repeat(64), 1)))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void anObjectThatIsLostIsNotAFileThatTheArtifactHasNot() throws IOException {
        Artifact.Part part = add(replica("one", 1 << 20), "lost");
        var artifact = new Artifact(new TreeMap<>(Map.of("prices.json", part)));
        Files.delete(object(part));

        assertThatThrownBy(() -> replica("two", 1 << 20).open(artifact, "prices.json"))
                .isNotInstanceOf(NoSuchFileException.class)
                .hasMessageStartingWith("the kept file prices.json is gone");
    }

    @Test
    void anObjectThatWasChangedIsNotServed() throws IOException {
        Artifact.Part part = add(replica("one", 1 << 20), "as it was");
        Files.writeString(object(part), "as it is not");

        assertThatThrownBy(() -> read(replica("two", 1 << 20), part)).hasMessageContaining("was changed");
        assertThat(kept("two")).isEmpty();
    }

    @Test
    void aKeptFileThatWasChangedIsNotServedAndFetchedAnew() throws IOException {
        ArtifactStore store = replica("one", 1 << 20);
        Artifact.Part part = add(store, "whole");
        Files.writeString(kept("one", part), "spoiled");

        assertThatThrownBy(() -> read(store, part)).hasMessageContaining("was changed");
        assertThat(read(store, part)).isEqualTo("whole");
    }

    @Test
    void theFolderHoldsNoMoreThanItMay() throws IOException {
        ArtifactStore store = replica("one", 250_000);
        var parts = new ArrayList<Artifact.Part>();
        for (int i = 0; i < 6; i++) {
            parts.add(add(store, String.valueOf(i).repeat(100_000)));
        }
        assertThat(kept("one")).hasSizeBetween(1, 2);
        for (int i = 0; i < 6; i++) {
            assertThat(read(store, parts.get(i))).hasSize(100_000).startsWith(String.valueOf(i));
            assertThat(kept("one")).hasSizeBetween(1, 2);
        }
        // What is larger than all that the folder may hold is served nevertheless, and stays alone.
        Artifact.Part large = add(store, "x".repeat(300_000));
        assertThat(read(store, large)).hasSize(300_000);
        assertThat(kept("one")).containsExactly(kept("one", large));
    }

    @Test
    void objectsThatNoRowNamesGoAndOthersStay() throws IOException {
        ArtifactStore store = replica("one", 1 << 20);
        Artifact.Part named = add(store, "named");
        Artifact.Part lost = add(store, "lost between the object and its row");
        Artifact.Part fresh = add(store, "fresh");
        Artifact.Part renewed = add(store, "renewed");
        for (Artifact.Part part : List.of(named, lost, renewed)) {
            Files.setLastModifiedTime(object(part), FileTime.from(LONG_AGO));
        }
        Path head = server.bucket().resolve(PREFIX + "heads/42.txt");
        Files.createDirectories(head.getParent());
        Files.setLastModifiedTime(Files.writeString(head, "of others"), FileTime.from(LONG_AGO));
        replica("other", 1 << 20).renew(renewed);

        store.sweep(Set.of(named.sha256()), Instant.now().minusSeconds(3_600));

        assertThat(object(lost)).doesNotExist();
        assertThat(List.of(object(named), object(fresh), object(renewed), head)).allMatch(Files::exists);
        assertThatThrownBy(() -> replica("two", 1 << 20).open(lost)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store.renew(lost)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aStoreThatIsDownTakesNothingAndWhatIsKeptGoesOnServing() throws IOException {
        Artifact.Part part = add(replica("one", 1 << 20), "kept here too");
        try (S3Client nobody = client(URI.create("http://127.0.0.1:1"))) {
            var store = new ArtifactStore(folder.resolve("one"), nobody, ObjectStore.BUCKET, PREFIX, 1 << 20);
            assertThatThrownBy(() -> add(store, "new"))
                    .isInstanceOf(StorageException.class)
                    .hasMessageStartingWith("the file can't be kept: the object store");
            assertThat(kept("one")).containsExactly(kept("one", part));
            assertThat(read(store, part)).isEqualTo("kept here too");
        }
    }

    /** The folder was filled before there was a bucket. */
    @Test
    void whatOnlyTheFolderHasComesIntoTheBucketBeforeItGoes() throws IOException {
        Artifact.Part only = addedWithoutBucket("only here", "a");
        ArtifactStore store = replica("one", 150_000);

        add(store, "b".repeat(100_000));

        assertThat(kept("one", only)).doesNotExist();
        assertThat(object(only)).hasSize(100_000);
        assertThat(read(store, only)).hasSize(100_000);
    }

    private Artifact.Part addedWithoutBucket(String why, String text) throws IOException {
        Artifact.Part part = add(new ArtifactStore(folder.resolve("one")), why + text.repeat(100_000 - why.length()));
        Files.setLastModifiedTime(kept("one", part), FileTime.from(LONG_AGO));
        assertThat(object(part)).doesNotExist();
        return part;
    }

    @Test
    void aSpoiledFileThatIsTheOnlyOneStaysAndOthersMakeRoom() throws IOException {
        Artifact.Part only = addedWithoutBucket("spoiled", "c");
        Files.writeString(kept("one", only), "d".repeat(100_000));
        Files.setLastModifiedTime(kept("one", only), FileTime.from(LONG_AGO));
        ArtifactStore store = replica("one", 250_000);

        assertThatThrownBy(() -> read(store, only)).hasMessageContaining("was changed");
        Artifact.Part first = add(store, "e".repeat(100_000));
        Artifact.Part second = add(store, "f".repeat(100_000));

        assertThat(kept("one")).containsExactlyInAnyOrder(kept("one", only), kept("one", second));
        assertThat(List.of(object(first), object(second))).allMatch(Files::exists);
        assertThat(object(only)).doesNotExist();
    }

    /** Nobody knows then what the bucket has. */
    @Test
    void aSpoiledFileStaysWhileTheStoreIsDown() throws IOException {
        Artifact.Part part = add(replica("one", 1 << 20), "spoiled soon");
        Files.writeString(kept("one", part), "spoiled");
        try (S3Client nobody = client(URI.create("http://127.0.0.1:1"))) {
            var store = new ArtifactStore(folder.resolve("one"), nobody, ObjectStore.BUCKET, PREFIX, 1 << 20);
            assertThatThrownBy(() -> read(store, part)).hasMessageContaining("was changed");
        }
        assertThat(kept("one", part)).hasContent("spoiled");
    }

    /** What goes wrong while room is made does not undo what was kept, and nothing goes of which nobody knows whether the bucket has it. */
    @Test
    void whereNoRoomCanBeMadeNothingIsRefusedAndAllStays() throws IOException {
        Artifact.Part first = add(replica("one", 1 << 20), "first");
        var store = new ArtifactStore(folder.resolve("one"), withoutHeads(), ObjectStore.BUCKET, PREFIX, 1);

        Artifact.Part second = add(store, "second");

        assertThat(read(store, second)).isEqualTo("second");
        assertThat(kept("one")).containsExactlyInAnyOrder(kept("one", first), kept("one", second));
    }

    /** A store that takes and gives, but does not say what it has. */
    private static S3Client withoutHeads() {
        return (S3Client) Proxy.newProxyInstance(
                S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (_, method, arguments) -> {
                    if (method.getName().equals("headObject")) {
                        throw SdkClientException.create("no answer");
                    }
                    return method.invoke(client, arguments);
                });
    }

    /** Replicas that share a folder delete and renew what the others are looking at. */
    @Test
    void replicasThatMakeRoomAtOnceDisturbNobody() throws Exception {
        var parts = new ArrayList<Artifact.Part>();
        for (int i = 0; i < 40; i++) {
            parts.add(add(replica("shared", 1 << 20), "number " + i));
        }
        try (var readers = Executors.newFixedThreadPool(4)) {
            var all = new ArrayList<Future<?>>();
            for (int reader = 0; reader < 4; reader++) {
                int first = reader * 10;
                all.add(readers.submit(() -> {
                    ArtifactStore store = replica("shared", 200);
                    for (int i = 0; i < parts.size(); i++) {
                        int number = (first + i) % parts.size();
                        assertThat(read(store, parts.get(number))).isEqualTo("number " + number);
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }
}
