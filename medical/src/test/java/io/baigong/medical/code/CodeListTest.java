package io.baigong.medical.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeListTest {
    @TempDir
    Path folder;

    @Test
    void readsCodesTitlesAndSynonymsAfterAHeading() throws IOException {
        var codes = CodeList.read(bytes("编码\t名称\nA00\t霍乱\t霍乱病\t\nA01\t伤寒\n\n"), "list");
        assertThat(codes).hasSize(2);
        assertThat(codes.getFirst()).isEqualTo(new Code("A00", "霍乱", java.util.List.of("霍乱病")));
        assertThat(CodeList.read(gzip("A00\t霍乱\n"), "list")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "code\ttitle\n", "A00\n", "A00\t \n"})
    void saysWhatIsNoList(String content) {
        assertThatThrownBy(() -> CodeList.read(bytes(content), "list.tsv"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("list.tsv");
    }

    @Test
    void refusesOtherEncodingsLongLinesAndBombs() throws IOException {
        assertThatThrownBy(() -> CodeList.read(new byte[] {'A', '\t', (byte) 0xff, '\n'}, "list"))
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> CodeList.read(bytes("A00\t" + "x".repeat(30_000)), "list"))
                .hasMessageContaining("line 1");
        byte[] bomb = gzip("x".repeat(10 << 20));
        assertThatThrownBy(() -> CodeList.read(bomb, "list")).hasMessageContaining("line 1");
    }

    @Test
    void aByteOrderMarkIsNoPartOfACode() throws IOException {
        assertThat(CodeList.read(bytes("\uFEFFA00\t霍乱\n"), "list").getFirst().code())
                .isEqualTo("A00");
    }

    @Test
    void aListOverTheLimitIsRefusedAndNotCut() throws IOException {
        Path file = folder.resolve("large.tsv");
        try (var large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength((64L << 20) + 1);
        }
        assertThatThrownBy(() -> CodeList.read(file)).hasMessageContaining("64 MiB");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(bytes(text));
        }
        return bytes.toByteArray();
    }
}
