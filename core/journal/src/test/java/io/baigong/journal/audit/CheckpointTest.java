package io.baigong.journal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    @TempDir
    Path folder;

    /** The example of C2SP signed-note, signed by Go's golang.org/x/mod/sumdb/note (its package documentation). */
    @Test
    void aKeyOfTheGoLibraryIsRead() {
        String key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        String text = """
                If you think cryptography is the answer to your problem,
                then you don't know what your problem is.
                """;
        String signature =
                "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";
        var verifier = VerifierKey.parse(key);

        assertThat(verifier.toString()).isEqualTo(key);
        byte[] hashed = Base64.getDecoder().decode(signature);
        byte[] bytes = Arrays.copyOfRange(hashed, 4, hashed.length);
        assertThat(verifier.verifies(text.getBytes(StandardCharsets.UTF_8), bytes))
                .isTrue();
        assertThat(verifier.verifies((text + " ").getBytes(StandardCharsets.UTF_8), bytes))
                .isFalse();
    }

    @Test
    void whatIsSignedIsRead() throws IOException {
        var keys = AuditKeys.in(folder);
        byte[] root = MerkleTree.leafHash(new byte[] {1});

        var checkpoint = Checkpoint.verified(keys.sign(17, root), keys.verifier());

        assertThat(checkpoint.size()).isEqualTo(17);
        assertThat(checkpoint.rootHash()).isEqualTo(root);
        assertThat(AuditKeys.in(folder).verifier()).as("the keys stay").isEqualTo(keys.verifier());
    }

    @Test
    void everyChangedByteIsSeen() throws IOException {
        var keys = AuditKeys.in(folder);
        byte[] note = keys.sign(17, MerkleTree.emptyRoot()).getBytes(StandardCharsets.UTF_8);
        // The last byte ends the line; without it the same is signed.
        for (int i = 0; i < note.length - 1; i++) {
            byte[] changed = note.clone();
            changed[i] ^= 1;
            String text = new String(changed, StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Checkpoint.verified(text, keys.verifier()))
                    .as("byte " + i)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anothersHeadIsRefused() throws IOException {
        var ours = AuditKeys.in(folder.resolve("ours"));
        var theirs = AuditKeys.in(folder.resolve("theirs"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Checkpoint.verified(theirs.sign(1, new byte[32]), ours.verifier()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "a",
                "a\n1\nAA==\n\n\u2014 a b\n",
                "a\n-1\n\n\n",
                "a+b+c",
                "a+b",
                "++",
                "a+00000000+AQ=="
            })
    void whatIsNoneIsSaidToBeNone(String text) throws IOException {
        var keys = AuditKeys.in(folder);

        assertThatIllegalArgumentException().isThrownBy(() -> Checkpoint.verified(text, keys.verifier()));
        assertThatIllegalArgumentException().isThrownBy(() -> VerifierKey.parse(text));
    }

    @Test
    void secretsAreTheirOwnersAlone() throws IOException {
        AuditKeys.in(folder);

        for (String secret : List.of("audit.key", "outbox.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(secret))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void brokenKeysAreNamed() throws IOException {
        AuditKeys.in(folder);
        Files.writeString(folder.resolve("audit.key"), "nothing");

        assertThatThrownBy(() -> AuditKeys.in(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("put back");
    }
}
