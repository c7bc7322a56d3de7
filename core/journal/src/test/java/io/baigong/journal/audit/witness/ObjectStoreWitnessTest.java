package io.baigong.journal.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.journal.objects.ObjectStoreConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectStoreWitnessTest {
    private static final String HEAD = "clinic.example/log\n42\nroot\n\n— clinic.example/log signature\n";

    @TempDir
    static Path folder;

    private static ObjectStore store;

    @BeforeAll
    static void start() throws Exception {
        store = new ObjectStore(folder);
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    private static void keep(ObjectStoreConfig config, String head) throws IOException {
        keep(ObjectStore.BUCKET, config, head);
    }

    private static void keep(String bucket, ObjectStoreConfig config, String head) throws IOException {
        try (var witness = new ObjectStoreWitness(bucket, config)) {
            witness.keep(head);
        }
    }

    @Test
    void eachHeadIsAnObjectOfItsOwn() throws Exception {
        var config = store.config("kept/");
        String later = HEAD.replace("42", "1000");
        keep(config, HEAD);
        keep(config, later);

        Path kept = store.bucket().resolve("kept/clinic.example/log");
        assertThat(kept.resolve("000000000000042.txt")).hasContent(HEAD);
        assertThat(kept.resolve("000000000001000.txt")).hasContent(later);
    }

    @Test
    void theSameHeadMayComeTwiceAndAnotherOfItsSizeMayNot() throws Exception {
        var config = store.config("forked/");
        keep(config, HEAD);

        assertThatCode(() -> keep(config, HEAD)).doesNotThrowAnyException();
        assertThatThrownBy(() -> keep(config, HEAD.replace("root", "toor")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("forked/clinic.example/log/000000000000042.txt")
                .hasMessageContaining("forked or written anew");
        assertThat(store.bucket().resolve("forked/clinic.example/log/000000000000042.txt"))
                .hasContent(HEAD);
    }

    @Test
    void whatTheStoreRefusesIsSaid() {
        assertThatThrownBy(() -> keep("no-such-bucket", store.config(""), HEAD))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bucket does not exist");
        ObjectStore.credentials("a wrong secret");
        try {
            assertThatThrownBy(() -> keep(store.config("forged/"), HEAD))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("signature");
        } finally {
            store.ownCredentials();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"minio.example", "minio.example:9000", "//minio.example", "https:///heads"})
    void aStoreHasAnAddress(String endpoint) {
        assertThatThrownBy(() -> keep(ObjectStore.at(URI.create(endpoint), ""), HEAD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("object-store.endpoint");
    }

    @Test
    void aStoreThatDoesNotAnswerIsGivenUp() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var config = ObjectStore.at(URI.create("http://127.0.0.1:" + silent.getLocalPort()), "");

            assertThatThrownBy(() -> keep(config, HEAD))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("timeout");
        }
    }
}
