package io.baigong.host.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.host.run.InvalidInput;
import io.baigong.spi.Attachment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records out of files, and files that hold none. */
class BatchReaderTest {
    /** A task's input. */
    public record Note(
            @Nullable Attachment document,
            @Nullable String text,
            @Nullable List<Integer> numbers) {}

    /** One without a file. */
    public record Plain(@Nullable String text) {}

    /** A code. */
    public record Code(String code, double confidence) {}

    /** A task's output. */
    public record Coded(boolean late, @Nullable String principal, double share, List<Code> codes) {}

    @TempDir
    Path folder;

    private List<BatchInput> read(Class<? extends Record> type, String name, byte[] bytes)
            throws IOException, InvalidInput {
        Path file = Files.write(folder.resolve("given"), bytes);
        var records = new ArrayList<BatchInput>();
        new BatchReader(type, Coded.class, records::add).read(name, file);
        return records;
    }

    private List<BatchInput> read(String name, String text) throws IOException, InvalidInput {
        return read(Note.class, name, text.getBytes(UTF_8));
    }

    private void isRefused(String name, byte[] bytes, String said) {
        assertThatThrownBy(() -> read(Note.class, name, bytes))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(said);
    }

    private static byte[] zip(Map<String, String> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void aLineOfJsonIsARecord() throws Exception {
        var records = read("notes.JSONL", """
                {"name": "first", "text": "one", "numbers": [1, 2]}

                {"text": "two", "document": "its words", "numbers": null}
                """);

        assertThat(records).hasSize(2);
        assertThat(records.getFirst().name()).isEqualTo("first");
        assertThat(records.getFirst().fields()).isEqualTo(Map.of("text", "one", "numbers", "[1,2]"));
        assertThat(records.get(1).name()).isEqualTo("notes.JSONL 2");
        assertThat(records.get(1).fields()).isEqualTo(Map.of("text", "two"));
        assertThat(records.get(1).files()).singleElement().satisfies(file -> {
            assertThat(file.component()).isEqualTo("document");
            assertThat(new String(file.bytes(), UTF_8)).isEqualTo("its words");
        });
    }

    @Test
    void aRowOfATableIsARecord() throws Exception {
        var records = read("notes.csv", "\uFEFFname,text\r\na,\"one, \"\"two\"\"\nthree\"\r\nb,\r\n");

        assertThat(records).hasSize(2);
        assertThat(records.getFirst().name()).isEqualTo("a");
        assertThat(records.getFirst().fields()).isEqualTo(Map.of("text", "one, \"two\"\nthree"));
        assertThat(records.get(1).fields()).isEmpty();
    }

    @Test
    void aTableOfOtherColumnsIsADocument() throws Exception {
        String table = "machine,vibration\n1,0.5\n";
        assertThat(read("machine.csv", table)).singleElement().satisfies(record -> {
            assertThat(record.name()).isEqualTo("machine.csv");
            assertThat(record.files().getFirst().bytes()).isEqualTo(table.getBytes(UTF_8));
        });
        assertThatThrownBy(() -> read(Plain.class, "machine.csv", table.getBytes(UTF_8)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("machine, vibration");
    }

    @Test
    void aZipIsReadEntryByEntry() throws Exception {
        var records = read(
                Note.class,
                "all.zip",
                zip(Map.of(
                        "a/lease.txt", "words",
                        "__MACOSX/a/lease.txt", "no",
                        "a/.hidden", "no",
                        "more.jsonl", "{\"text\": \"1\"}\n{\"text\": \"2\"}")));

        assertThat(records)
                .extracting(BatchInput::name)
                .containsExactlyInAnyOrder("lease.txt", "more.jsonl 1", "more.jsonl 2");
    }

    @Test
    void whatCannotBeReadIsNamedWithItsPlace() throws Exception {
        isRefused("a.jsonl", "{\"text\": \"1\"}\n{\"text\": ".getBytes(UTF_8), "a.jsonl can't be read at record 2");
        isRefused("a.jsonl", "{\"text\": \"1\"}\n[1]".getBytes(UTF_8), "record 2");
        isRefused("a.jsonl", "\u0000\u0001".getBytes(UTF_8), "record 1");
        isRefused("a.jsonl", new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'}, "record 1");
        isRefused("a.jsonl", "[".repeat(5_000).getBytes(UTF_8), "record 1");
        isRefused(
                "a.jsonl",
                "{\"text\": \"1\"}\n{\"colour\": 1}".getBytes(UTF_8),
                "record 2 of a.jsonl has a member colour");
        isRefused("a.csv", "name,text\na,b\nc,d,e\n".getBytes(UTF_8), "a.csv can't be read at row 3");
        isRefused("a.csv", "name,text\na\n".getBytes(UTF_8), "row 2");
        isRefused("a.csv", "name,text\na,\"b\n".getBytes(UTF_8), "row 2");
        isRefused("a.zip", zip(Map.of("b.zip", "")), "holds another zip file");
        isRefused("a.zip", new byte[0], "no zip file");
        isRefused("a.zip", "no zip".getBytes(UTF_8), "no zip file");
        byte[] damaged = zip(Map.of("a.txt", "some words to be damaged ".repeat(100)));
        Arrays.fill(damaged, 45, 60, (byte) 0x55);
        isRefused("a.zip", damaged, "damaged");
    }

    @Test
    void everyTruncationEndsInRecordsOrARefusal() throws Exception {
        byte[] whole = zip(Map.of("a.jsonl", "{\"text\": \"1\"}\n{\"text\": \"2\"}", "b.txt", "words"));
        for (int length = 0; length < whole.length; length++) {
            try {
                assertThat(read(Note.class, "a.zip", Arrays.copyOf(whole, length)))
                        .hasSizeLessThanOrEqualTo(3);
            } catch (InvalidInput e) {
                assertThat(e.remedy()).isNotBlank();
            }
        }
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItFillsMemory() throws Exception {
        Path bomb = folder.resolve("bomb");
        byte[] zeros = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(bomb);
                var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a.pdf"));
            for (int i = 0; i < 60; i++) {
                zip.write(zeros);
            }
        }
        assertThat(Files.size(bomb)).isLessThan(1 << 17);
        assertThatThrownBy(() -> new BatchReader(Note.class, Coded.class, record -> {}).read("bomb.zip", bomb))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("a.pdf is larger than 50 MiB");
    }

    @Test
    void manyRecordsPassOneByOne() throws Exception {
        Path file = folder.resolve("many.jsonl");
        try (var out = Files.newBufferedWriter(file)) {
            var random = new Random(1);
            for (int i = 0; i < 100_000; i++) {
                out.write("{\"text\": \"" + random.nextInt() + "\"}\n");
            }
        }
        var seen = new int[1];
        new BatchReader(Note.class, Coded.class, record -> seen[0]++).read("many.jsonl", file);
        assertThat(seen[0]).isEqualTo(100_000);
    }

    @Test
    void whatIsRightComesWithARecord() throws Exception {
        assertThat(read(
                                "a.jsonl",
                                "{\"text\": \"x\", \"truth\": {\"late\": true, \"share\": \"0.5\", \"codes.code\": [\"I10\", \"R05\"],"
                                        + " \"codes.length\": 2, \"principal\": null}}")
                        .getFirst()
                        .truth())
                .isEqualTo("{\"late\":\"true\",\"share\":0.5,\"codes.code\":[\"I10\",\"R05\"],\"codes.length\":2.0}");
        assertThat(read("a.csv", "text,truth.codes.code,truth.principal\nx,I10; R05,I10\ny,,\n"))
                .extracting(BatchInput::truth)
                .containsExactly("{\"codes.code\":[\"I10\",\"R05\"],\"principal\":\"I10\"}", null);
        assertThat(read("a.csv", "text,truth\nx,\"{\"\"late\"\": false}\"\n")
                        .getFirst()
                        .truth())
                .isEqualTo("{\"late\":\"false\"}");
    }

    @Test
    void aTruthThatCannotBeComparedIsRefused() {
        for (String truth : List.of(
                "7",
                "\"{\"",
                "{\"codes\": \"I10\"}",
                "{\"colour\": \"red\"}",
                "{\"codes.code.x\": \"red\"}",
                "{\"late\": \"perhaps\"}",
                "{\"share\": \"half\"}",
                "{\"share\": \"NaN\"}",
                "{\"principal\": {}}",
                "{\"codes.code\": [[]]}")) {
            isRefused("a.jsonl", ("{\"text\": \"x\", \"truth\": " + truth + "}").getBytes(UTF_8), "truth of record 1");
        }
    }

    private static byte[] fixture(String name) throws IOException {
        try (var in = BatchReaderTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    /** The fixtures were written by PyArrow, in both compressions that writers choose by themselves. */
    @Test
    void parquetFilesHaveARecordARow() throws Exception {
        for (String name : List.of("notes-snappy.parquet", "notes-zstd.parquet")) {
            List<BatchInput> records = read(Note.class, name, fixture(name));
            assertThat(records).extracting(BatchInput::name).containsExactly("one", "two", name + " 3");
            assertThat(records.getFirst().fields()).isEqualTo(Map.of("text", "héllo", "numbers", "[1,2]"));
            assertThat(records.getFirst().truth()).isEqualTo("{\"late\":\"true\",\"codes.code\":[\"I10\",\"R05\"]}");
            assertThat(records.get(1).files().getFirst().bytes())
                    .startsWith('%', 'P', 'D', 'F')
                    .endsWith(0xFF);
            assertThat(records.get(2).fields()).isEqualTo(Map.of("text", "x'; drop", "numbers", "[]"));
        }
    }

    @Test
    void damagedParquetFilesAreRefused() throws Exception {
        byte[] good = fixture("notes-snappy.parquet");
        isRefused("a.parquet", new byte[0], "no Parquet file");
        isRefused("a.parquet", "PAR1PAR1".getBytes(UTF_8), "no Parquet file");
        isRefused("a.parquet", "note\nx\n".getBytes(UTF_8), "no Parquet file");
        isRefused("a.parquet", Arrays.copyOf(good, good.length - 9), "no Parquet file");
        isRefused("a.zip", zip(Map.of("a.parquet", "PAR1")), "no Parquet file");
    }
}
