package io.baigong.manufacturing.maintenance.turbofan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.baigong.manufacturing.maintenance.telemetry.UnreadableTelemetry;
import io.baigong.spi.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CmapssFileTest {
    @TempDir
    Path folder;

    static String line(int unit, int cycle) {
        return unit + " " + cycle + " 0.0007 -0.0004 100.0 "
                + IntStream.range(0, 21).mapToObj(s -> (500 + s) + "." + cycle).collect(Collectors.joining(" "));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("test_FD001.txt"), text);
    }

    private void refuses(String text, ErrorCode code, String part) {
        assertThatExceptionOfType(UnreadableTelemetry.class)
                .isThrownBy(() -> CmapssFile.engines(file(text), "f"))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.detail()).contains(part);
                });
    }

    @Test
    void readsEnginesWhateverTheOrderOfLines() throws Exception {
        List<Engine> engines =
                CmapssFile.engines(file(line(2, 1) + "  \r\n" + line(1, 2) + "\n\n" + line(1, 1)), "fd001");

        assertThat(engines).extracting(Engine::id).containsExactly("fd001-2", "fd001-1");
        assertThat(engines.get(1).cycles()).isEqualTo(2);
        assertThat(engines.get(1).settings()[0]).containsExactly(0.0007, -0.0004, 100);
        assertThat(engines.get(1).sensors()[1][20]).isEqualTo(520.2);
        assertThat(engines.get(1).after(1).cycles()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNotCmapss() throws IOException {
        refuses("", ErrorCode.User.EMPTY, "no line of numbers");
        refuses("1 1 2 3\n", ErrorCode.User.INVALID, "line 1 of f is not 26 numbers");
        refuses(line(1, 1) + "\n" + line(1, 3), ErrorCode.User.INVALID, "unit 1 of f has no cycle 2");
        refuses(line(1, 1) + "\n" + line(1, 1), ErrorCode.User.INVALID, "or has it twice");
        refuses(line(1, 1).replace("100.0", "full"), ErrorCode.User.INVALID, "line 1 of f");
        refuses(line(1, 1).replace("100.0", "NaN"), ErrorCode.User.INVALID, "line 1 of f");
        refuses(line(1, 1).replace("100.0", "-Infinity"), ErrorCode.User.INVALID, "line 1 of f");
        refuses(line(1, 1).replace("100.0", "1e999"), ErrorCode.User.INVALID, "line 1 of f");
        refuses(line(0, 1), ErrorCode.User.INVALID, "line 1 of f");
        refuses("1 ".repeat(100_000), ErrorCode.User.INVALID, "line 1 of f");
        byte[] noise = new byte[5000];
        new java.util.Random(5).nextBytes(noise);
        Files.write(folder.resolve("noise"), noise);
        assertThatExceptionOfType(UnreadableTelemetry.class)
                .isThrownBy(() -> CmapssFile.engines(folder.resolve("noise"), "f"));
    }

    @Test
    void findsSetsByName() throws IOException {
        Files.writeString(folder.resolve("train_FD003.txt"), line(1, 1));
        Files.writeString(folder.resolve("test_FD001.txt"), line(1, 1) + "\n" + line(2, 1));
        Files.writeString(folder.resolve("RUL_FD001.txt"), "112\n98\n");
        Files.writeString(folder.resolve("readme.txt"), "no data");
        var sets = new CmapssSets(folder);

        assertThat(sets.names()).containsExactly("fd001", "fd003");
        assertThat(sets.test("fd001")).extracting(CmapssSets.Cut::left).containsExactly(112.0, 98.0);
        assertThat(sets.test("fd003")).isEmpty();
        assertThat(sets.training("fd003")).hasSize(1);
        Files.writeString(folder.resolve("RUL_FD001.txt"), "112\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> sets.test("fd001"))
                .withMessageContaining("has 2 engines, but RUL_FD001.txt has 1 lines");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new CmapssSets(Files.createDirectory(folder.resolve("empty"))));
    }
}
