package io.baigong.manufacturing.maintenance.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.baigong.spi.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DelimitedFileTest {
    @TempDir
    Path folder;

    private List<List<String>> read(byte[] bytes) throws IOException, UnreadableTelemetry {
        Path file = Files.write(folder.resolve("file.csv"), bytes);
        var rows = new ArrayList<List<String>>();
        DelimitedFile.read(file, "file.csv", header -> {
            rows.add(header);
            return (number, cells) -> rows.add(cells);
        });
        return rows;
    }

    private List<List<String>> read(String text) throws IOException, UnreadableTelemetry {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private void refuses(byte[] bytes, ErrorCode code, String part) {
        assertThatExceptionOfType(UnreadableTelemetry.class)
                .isThrownBy(() -> read(bytes))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.detail()).contains(part);
                    assertThat(e.remedy()).isNotBlank();
                });
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(out)) {
            packed.write(bytes);
        }
        return out.toByteArray();
    }

    /** RFC 4180, sections 2.5 to 2.7. */
    @Test
    void readsQuotesMarksAndWindowsLines() throws Exception {
        assertThat(read("\uFEFFa,b\r\n\"x, \"\"y\"\"\",2\r\n\r\n3,\n"))
                .containsExactly(List.of("a", "b"), List.of("x, \"y\"", "2"), List.of("3", ""));
        assertThat(read("a;b\n1,5;2")).containsExactly(List.of("a", "b"), List.of("1,5", "2"));
        assertThat(read("a\tb\n1\t2\n")).containsExactly(List.of("a", "b"), List.of("1", "2"));
    }

    @Test
    void readsGzip() throws Exception {
        assertThat(read(gzip("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8))))
                .containsExactly(List.of("a", "b"), List.of("1", "2"));
    }

    @Test
    void refusesWhatIsNoTable() throws IOException {
        refuses(new byte[0], ErrorCode.User.EMPTY, "is empty");
        refuses("\n \n".getBytes(StandardCharsets.UTF_8), ErrorCode.User.EMPTY, "is empty");
        byte[] noise = new byte[5000];
        new Random(5).nextBytes(noise);
        refuses(noise, ErrorCode.User.UNSUPPORTED_FORMAT, "file.csv");
        refuses(
                "a,b\n1,2,3\n".getBytes(StandardCharsets.UTF_8),
                ErrorCode.User.INVALID,
                "line 2 of file.csv has 3 fields");
        refuses("a,b\n\"1,2\n".getBytes(StandardCharsets.UTF_8), ErrorCode.User.INVALID, "quote");
        refuses("a,b\n1,\0\n".getBytes(StandardCharsets.UTF_8), ErrorCode.User.UNSUPPORTED_FORMAT, "NUL");
        byte[] packed = gzip("a,b\n1,2\n".repeat(2000).getBytes(StandardCharsets.UTF_8));
        refuses(Arrays.copyOf(packed, packed.length / 2), ErrorCode.User.CORRUPT, "can't be read to its end");
    }

    @Test
    void refusesAMillionColumns() {
        refuses("c,".repeat(20_000).getBytes(StandardCharsets.UTF_8), ErrorCode.User.TOO_LARGE, "1024 columns");
        refuses("c,".repeat(1_000_000).getBytes(StandardCharsets.UTF_8), ErrorCode.User.TOO_LARGE, "longer than 65536");
    }

    /** 64 MiB of blank lines are 64 KiB of gzip; a limit of 1 MiB stops them there. */
    @Test
    void aBombIsStoppedAtTheLimit() throws IOException {
        Path file = Files.write(
                folder.resolve("bomb.csv.gz"), gzip("\n".repeat(64 << 20).getBytes(StandardCharsets.UTF_8)));
        try (InputStream in = BoundedFile.open(file, 1 << 20)) {
            assertThatExceptionOfType(BoundedFile.TooLong.class)
                    .isThrownBy(in::readAllBytes)
                    .satisfies(e -> assertThat(
                                    BoundedFile.unreadable("bomb.csv.gz", e).code())
                            .isEqualTo(ErrorCode.User.TOO_LARGE));
        }
    }
}
