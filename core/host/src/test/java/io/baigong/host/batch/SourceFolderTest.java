package io.baigong.host.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A watched folder shows its own complete files, and no way out. */
class SourceFolderTest {
    @TempDir
    Path root;

    @Test
    void itShowsPlainFilesOnly() throws IOException {
        Path inbox = Files.createDirectories(root.resolve("acme/inbox/batches"));
        Files.writeString(inbox.resolve("a.jsonl"), "{}");
        Files.writeString(inbox.resolve("b.jsonl.part"), "{");
        Files.writeString(inbox.resolve(".c.jsonl"), "{");
        Files.createDirectory(inbox.resolve("d"));
        Path secret = Files.writeString(root.resolve("secret"), "secret");
        Files.createSymbolicLink(inbox.resolve("e.jsonl"), secret);

        try (var folder = new SourceFolder(root, "acme", "inbox/batches")) {
            assertThat(folder.files()).extracting(SourceFolder.Entry::name).containsExactly("a.jsonl");
            Path copy = root.resolve("copy");
            folder.copy("a.jsonl", copy);
            assertThat(copy).hasContent("{}");
            assertThatThrownBy(() -> folder.copy("e.jsonl", copy)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void thereIsNoWayOut() throws IOException {
        Files.createDirectories(root.resolve("acme/inbox"));
        Files.createDirectories(root.resolve("other/inbox"));
        Files.createSymbolicLink(root.resolve("acme/link"), root.resolve("other"));
        for (String folder : List.of(
                "",
                ".",
                "..",
                "../other/inbox",
                "inbox/../../other/inbox",
                "/inbox",
                "link",
                "link/inbox",
                "none",
                "a\0b")) {
            assertThatThrownBy(() -> new SourceFolder(root, "acme", folder))
                    .as(folder)
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> new SourceFolder(root, "..", "inbox")).isInstanceOf(IOException.class);
    }
}
