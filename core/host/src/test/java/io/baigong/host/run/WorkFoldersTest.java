package io.baigong.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of a record stays on disk. */
class WorkFoldersTest {
    @TempDir
    Path parent;

    @Test
    void whatAKilledProcessLeftIsDeletedAndNothingElse() throws Exception {
        Path left = Files.createDirectories(parent.resolve("baigong-batch1/chunk1"));
        Files.writeString(left.resolve("record"), "a note");
        Files.createFile(parent.resolve("baigong-batch1/lock"));
        Path beginning = Files.createDirectories(parent.resolve("baigong-batch2"));
        Path other = Files.createDirectories(parent.resolve("other"));

        try (var folders = new WorkFolders(parent, "baigong-batch")) {
            assertThat(parent.resolve("baigong-batch1")).doesNotExist();
            Path chunk = folders.create();
            Files.writeString(chunk.resolve("record"), "a note");
            try (var second = new WorkFolders(parent, "baigong-batch")) {
                assertThat(chunk).isNotEmptyDirectory();
                WorkFolders.delete(second.create());
            }
        }
        assertThat(parent).isDirectoryNotContaining(path -> !path.equals(beginning) && !path.equals(other));
    }
}
