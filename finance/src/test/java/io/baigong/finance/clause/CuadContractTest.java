package io.baigong.finance.clause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CuadContractTest {
    private static final String LINE =
            "{\"id\":\"a\",\"text\":\"\uD83D\uDE00 under the laws of Ohio.\",\"clauses\":{\"Governing Law\":[[2,24]]}}";

    @TempDir
    Path folder;

    @Test
    void turnsCodePointsIntoUtf16Units() throws IOException {
        var contract = CuadContract.read(write("a.jsonl", LINE)).getFirst();
        var span = contract.spans().getFirst();
        assertThat(span.type()).isEqualTo(ClauseType.GOVERNING_LAW);
        assertThat(contract.text().substring(span.start(), span.end())).isEqualTo("under the laws of Ohio");
    }

    @Test
    void readsGzippedFilesAndFolders() throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("b.jsonl.gz")))) {
            out.write((LINE + "\n\n" + LINE + "\n").getBytes(StandardCharsets.UTF_8));
        }
        write("a.jsonl", LINE);
        assertThat(CuadContract.read(folder.resolve("b.jsonl.gz"))).hasSize(2);
        assertThat(CuadContract.read(folder)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"a\"",
                "[]",
                "{\"id\":1,\"text\":\"x\",\"clauses\":{}}",
                "{\"id\":\"a\",\"text\":\"x\",\"clauses\":{\"Weather\":[]}}",
                "{\"id\":\"a\",\"text\":\"x\",\"clauses\":{\"Parties\":[[0,9]]}}",
                "{\"id\":\"a\",\"text\":\"xyz\",\"clauses\":{\"Parties\":[[2,1]]}}",
                "{\"id\":\"a\",\"text\":\"xyz\",\"clauses\":{\"Parties\":[[-1,1]]}}",
                "{\"id\":\"a\",\"text\":\"xyz\",\"clauses\":{\"Parties\":[7]}}"
            })
    void namesFileAndLineOfWhatIsNoContract(String line) throws IOException {
        Path file = write("bad.jsonl", LINE + "\n" + line);
        assertThatThrownBy(() -> CuadContract.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("bad.jsonl, line 2");
    }

    @Test
    void refusesEmptyAndTruncatedFiles() throws IOException {
        assertThatThrownBy(() -> CuadContract.read(write("empty.jsonl", ""))).hasMessageContaining("holds no contract");
        assertThatThrownBy(() -> CuadContract.read(folder.resolve("missing.jsonl")))
                .isInstanceOf(IOException.class);
        try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("whole.gz")))) {
            out.write(LINE.repeat(50).getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = Files.readAllBytes(folder.resolve("whole.gz"));
        Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> CuadContract.read(cut)).isInstanceOf(IOException.class);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
