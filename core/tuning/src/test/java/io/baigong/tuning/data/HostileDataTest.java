package io.baigong.tuning.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.spi.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileDataTest {
    private static final String GOOD = "{\"id\":\"good\",\"text\":\"a good text\"}";

    @TempDir
    Path folder;

    private CleaningReport clean(byte[] data, int mostLineBytes) throws IOException {
        Path in = Files.write(folder.resolve("in.jsonl"), data);
        var reading = new Reading("text", "id", "label", "group", false, mostLineBytes);
        return new Cleaning(
                        List.of(in),
                        folder.resolve("out.jsonl"),
                        folder.resolve("dropped.jsonl"),
                        CleaningOptionsOf.reading(reading))
                .run(Progress.SILENT);
    }

    private static byte[] gzip(byte[] data) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(data);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"cut off",
                "{\"text\":\"a\"} {\"text\":\"b\"}",
                "[\"text\"]",
                "null",
                "{\"text\":null}",
                "{\"text\":7}",
                "{\"text\":\"  \"}",
                "{\"id\":1}",
                "{\"text\":\"half \\ud83d of a pair\"}",
                "{\"text\":\"a text\",\"other\":{\"deep\":\"\\udc00\"}}",
                "{\"text\":\"Ã is not UTF-8 \u00ff\"}"
            })
    void linesThatAreNoDocumentsAreLeftOutWithTheirPlace(String line) throws IOException {
        CleaningReport report = clean((GOOD + "\n" + line + "\n").getBytes(ISO_8859_1), 1 << 20);
        assertThat(report.kept()).isEqualTo(1);
        assertThat(report.dropped()).containsOnlyKeys(DropReason.UNREADABLE);
        assertThat(Files.readString(folder.resolve("dropped.jsonl")))
                .contains("\"at\":\"in.jsonl:2\"", "\"detail\":\"");
    }

    @Test
    void deepJsonIsLeftOut() throws IOException {
        String deep = "{\"text\":\"a\",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThat(clean((GOOD + "\n" + deep).getBytes(UTF_8), 1 << 20).kept()).isEqualTo(1);
    }

    @Test
    void longLinesAreLeftOutWithoutBeingHeld() throws IOException {
        byte[] data = new byte[20_000_000];
        Arrays.fill(data, (byte) 'x');
        byte[] good = ("\n" + GOOD + "\n").getBytes(UTF_8);
        System.arraycopy(good, 0, data, 15_000_000, good.length);
        CleaningReport report = clean(gzip(data), 1_000);
        assertThat(report.kept()).isEqualTo(1);
        assertThat(report.dropped().get(DropReason.LINE_TOO_LONG).examples())
                .containsExactly("in.jsonl:1", "in.jsonl:3");
    }

    @Test
    void aCutOffArchiveIsRefusedWithTheLineThatWasReached() throws IOException {
        var lines = new StringBuilder();
        var random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            lines.append("{\"text\":\"").append(random.nextLong()).append("\"}\n");
        }
        byte[] whole = gzip(lines.toString().getBytes(UTF_8));
        assertThatThrownBy(() -> clean(Arrays.copyOf(whole, whole.length / 2), 1_000))
                .isInstanceOf(Unusable.class)
                .hasMessageMatching("in.jsonl is damaged or cut off after line \\d+: .*");
        assertThat(folder.resolve("out.jsonl")).doesNotExist();
        assertThatThrownBy(() -> clean(new byte[] {0x1f, (byte) 0x8b, 0}, 1_000))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("can't be read");
        whole[whole.length / 2] ^= 0x55;
        assertThatThrownBy(() -> clean(whole, 1_000)).isInstanceOf(Unusable.class);
    }

    @Test
    void tooManyLabelsAreRefused() {
        var lines = new StringBuilder();
        for (int i = 0; i < 10_001; i++) {
            lines.append("{\"text\":\"text number ")
                    .append(i)
                    .append(" of many\",\"label\":")
                    .append(i)
                    .append("}\n");
        }
        assertThatThrownBy(() -> clean(lines.toString().getBytes(UTF_8), 1_000))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("--label-field");
    }

    /** Whatever the bytes, every line is a document, left out, or blank. */
    @Test
    void noiseIsAnsweredFor() throws IOException {
        var random = new SplittableRandom(2);
        for (int round = 0; round < 30; round++) {
            var data = new ByteArrayOutputStream();
            data.writeBytes((GOOD + "\n").getBytes(UTF_8));
            List<byte[]> parts = new ArrayList<>(List.of(GOOD.getBytes(UTF_8), "\n".getBytes(UTF_8), new byte[] {0}));
            for (int i = 0; i < 200; i++) {
                byte[] part = parts.get(random.nextInt(parts.size())).clone();
                if (random.nextInt(3) == 0) {
                    part[random.nextInt(part.length)] = (byte) random.nextInt(256);
                }
                data.writeBytes(part);
            }
            CleaningReport report = clean(data.toByteArray(), 500);
            long dropped = report.dropped().values().stream()
                    .mapToLong(CleaningReport.Dropped::count)
                    .sum();
            assertThat(report.kept() + dropped).isEqualTo(report.documents());
        }
    }
}
