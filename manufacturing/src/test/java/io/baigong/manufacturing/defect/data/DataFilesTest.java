package io.baigong.manufacturing.defect.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.manufacturing.defect.drawn.DrawnStrip;
import io.baigong.manufacturing.defect.drawn.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFilesTest {
    @TempDir
    Path folder;

    private Path zip() throws IOException {
        Path file = folder.resolve("set.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : List.of("red/1.png", "red/2.png", "blue/3.png")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(Pictures.file(DrawnStrip.scratched(32, name.hashCode()), "png"));
            }
            out.putNextEntry(new ZipEntry("red/note.txt"));
        }
        return file;
    }

    @Test
    void readsAZipAFolderOfZipsAndAFolderOfFiles() throws IOException {
        Path zip = zip();
        assertThat(ClassFolders.read(zip))
                .extracting(ClassFolders.Labelled::label)
                .containsExactly("blue", "red", "red");
        assertThat(ClassFolders.read(folder)).hasSize(3);
        Path unpacked = Files.createDirectories(folder.resolve("unpacked/green"));
        Files.write(unpacked.resolve("a.png"), Pictures.file(DrawnStrip.scratched(32, 1), "png"));
        assertThat(ClassFolders.read(folder.resolve("unpacked")))
                .extracting(ClassFolders.Labelled::label)
                .containsExactly("green");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        byte[] whole = Files.readAllBytes(zip());
        Path cut = Files.write(folder.resolve("cut.bin"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> DataFiles.read(cut))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut.bin");
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> ClassFolders.read(empty))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty");
        Path bad = Files.createDirectories(folder.resolve("bad/red"));
        Files.writeString(bad.resolve("x.png"), "no picture");
        assertThatThrownBy(() -> ClassFolders.read(folder.resolve("bad")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("red/x.png");
    }

    @Test
    void findsNearDuplicates() {
        var first = Pictures.of(DrawnStrip.scratched(64, 1));
        var same = first.resized(60, 60);
        var other = Pictures.of(DrawnStrip.scratched(64, 2));
        assertThat(NearDuplicates.groups(List.of(first, other, same))).containsExactly(0, 1, 0);
    }

    @Test
    void foldsAreFairAndFixed() {
        int[] counts = new int[5];
        for (int i = 0; i < 5000; i++) {
            counts[Folds.of("red/" + i + ".png", 5)]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(850, 1150);
        }
    }
}
