package io.baigong.journal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.journal.audit.Tampering.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attacks on exports. What the database adds is attacked in {@link DatabaseLogTest}. */
class LogVerifierTest {
    private static final int SIZE = 300;

    @TempDir
    Path folder;

    private AuditKeys keys = none();
    private SampleLog log = SampleLog.of(keys, 0);

    @SuppressWarnings("NullAway")
    private static AuditKeys none() {
        return null;
    }

    @BeforeEach
    void log() throws IOException {
        keys = AuditKeys.in(folder.resolve("keys"));
        log = SampleLog.of(keys, SIZE);
    }

    private Verification verify(Path export, String... heads) throws IOException {
        try (var source = ExportedLog.open(export)) {
            return LogVerifier.verify(source, keys.verifier(), List.of(heads), _ -> {});
        }
    }

    private void isFound(Kind kind, long seq, Path export, String... heads) throws IOException {
        Verification result = verify(export, heads);
        assertThat(result.tampering()).hasValueSatisfying(found -> {
            assertThat(found.kind()).as(found.text()).isEqualTo(kind);
            assertThat(found.seq()).as(found.text()).isEqualTo(seq);
        });
    }

    /** With the lines of the entries changed, and of the hashes alike. */
    private Path changed(UnaryOperator<List<String>> change) throws IOException {
        Path export = log.export(folder.resolve("export"));
        for (String name : List.of(ExportedLog.ENTRIES, ExportedLog.HASHES)) {
            Path file = export.resolve(name);
            Files.write(file, change.apply(new ArrayList<>(Files.readAllLines(file))));
        }
        return export;
    }

    @Test
    void anHonestLogPasses() throws IOException {
        Verification result = verify(log.export(folder.resolve("export")), log.head(0), log.head(1), log.head(200));

        assertThat(result.ok()).isTrue();
        assertThat(result.entries()).isEqualTo(SIZE);
        assertThat(verify(SampleLog.of(keys, 0).export(folder.resolve("empty"))).ok())
                .isTrue();
    }

    @Test
    void withheldEntriesHideNothingOfTheOthers() throws IOException {
        List<Integer> withheld = List.of(0, 7, 8, 150, SIZE - 1);
        Path export = log.partial(folder.resolve("partial"), withheld);
        assertThat(verify(export, log.head(1), log.head(200)).ok()).isTrue();

        Path entries = export.resolve(ExportedLog.ENTRIES);
        Files.writeString(entries, Files.readString(entries).replace("run 42\"", "run 43\""));
        isFound(Kind.EDITED, 42, export);

        Path hashes = log.partial(folder.resolve("hashes"), withheld).resolve(ExportedLog.HASHES);
        List<String> lines = new ArrayList<>(Files.readAllLines(hashes));
        lines.set(150, lines.get(7));
        Files.write(hashes, lines);
        isFound(Kind.EDITED, 150, hashes.resolveSibling(""));
        lines.set(150, "00");
        Files.write(hashes, lines);
        isFound(Kind.EDITED, 150, hashes.resolveSibling(""));

        Path first = log.partial(folder.resolve("first"), withheld);
        Files.writeString(first.resolve(ExportedLog.FORMAT), ExportedLog.FORMAT_TEXT);
        isFound(Kind.EDITED, 0, first);
    }

    @Test
    void lostEntriesAreNamed() throws IOException {
        for (int at : List.of(0, 1, 150, SIZE - 1)) {
            isFound(Kind.DELETED, at, changed(lines -> {
                lines.remove(at);
                return lines;
            }));
        }
        isFound(Kind.DELETED, 100, changed(lines -> lines.subList(0, 100)));
    }

    @Test
    void swappedEntriesAreNamed() throws IOException {
        isFound(Kind.REORDERED, 17, changed(lines -> {
            Collections.swap(lines, 17, 18);
            return lines;
        }));
        isFound(Kind.REORDERED, 3, changed(lines -> {
            lines.add(lines.remove(3));
            return lines;
        }));
    }

    @Test
    void addedEntriesAreNamed() throws IOException {
        isFound(Kind.INSERTED, 51, changed(lines -> {
            lines.add(51, lines.get(50));
            return lines;
        }));
        isFound(Kind.INSERTED, 20, changed(lines -> {
            lines.add(20, lines.get(90));
            return lines;
        }));
        String head = log.head(SIZE);
        log.add("2026-11-01T01:00:00.000000Z", "one more");
        isFound(Kind.INSERTED, SIZE, log.export(folder.resolve("more"), head));
    }

    @Test
    void everyChangedFieldIsNamed() throws IOException {
        String leaf = log.leaves().get(42);
        for (String[] change : new String[][] {
            {"ANSWERED", "ABSTAINED"},
            {"\"kind\":\"run\"", "\"kind\":\"sun\""},
            {"分析师", "管理员"},
            {"run 42", "run 43"},
            {"default", "another"},
            {"\"seq\":42", "\"seq\":24"},
            {"\"seq\":42", "\"seq\":420000"},
            {"\"id\":\"0", "\"id\":\"1"},
            {"\"mono\":", "\"mono\":1"},
            {"\"process\":\"", "\"process\":\"0"},
            {
                "\"prev\":\"" + leaf.substring(leaf.indexOf("prev\":\"") + 7, leaf.indexOf("prev\":\"") + 9),
                "\"prev\":\"zz"
            },
            {"{\"actor\"", "{ \"actor\""},
        }) {
            assertThat(leaf).contains(change[0]);
            isFound(Kind.EDITED, 42, changed(lines -> {
                lines.set(42, lines.get(42).replace(change[0], change[1]));
                return lines;
            }));
        }
        isFound(Kind.BACK_DATED, 42, changed(lines -> {
            lines.set(42, lines.get(42).replace("2026-11-01T00:00:42", "2026-10-01T00:00:42"));
            return lines;
        }));
    }

    /** Who edits an entry and its hash leaves the link of the next one. */
    @Test
    void anEditWithItsHashIsNamedByTheNextLink() throws IOException {
        log.leaves().set(42, log.leaves().get(42).replace("ANSWERED", "FAILED"));
        isFound(
                Kind.EDITED,
                42,
                log.export(folder.resolve("export"), SampleLog.of(keys, SIZE).head(SIZE)));
    }

    /** Who writes all anew can't sign, so only up to the last head that agrees is certain. */
    @Test
    void aRewrittenLogIsFoundAndHeadsTellFromWhere() throws IOException {
        String signed = log.head(SIZE);
        String[] kept = {log.head(10), log.head(40), log.head(90)};
        log.rewrite(42, "ANSWERED", "FAILED");
        Path export = log.export(folder.resolve("export"), signed);

        isFound(Kind.FORKED, 0, export);
        isFound(Kind.FORKED, 40, export, kept);
    }

    /** Who has the signing key can write all anew; heads kept elsewhere tell. */
    @Test
    void aForkWithTheKeyIsFoundByKeptHeads() throws IOException {
        String[] kept = {log.head(40), log.head(90)};
        log.rewrite(42, "ANSWERED", "FAILED");
        Path export = log.export(folder.resolve("export"));

        assertThat(verify(export).ok()).isTrue();
        isFound(Kind.FORKED, 40, export, kept);
    }

    @Test
    void backDatingWithTheKeyIsFound() throws IOException {
        log.add("2026-10-01T00:00:00.000000Z", "of last month");
        log.add("2026-11-01T01:00:00.000000Z", "of today");
        isFound(Kind.BACK_DATED, SIZE, log.export(folder.resolve("export")));
    }

    @Test
    void anOlderHeadIsFoundByKeptHeads() throws IOException {
        String newest = log.head(SIZE);
        Path export = SampleLog.of(keys, 0).export(folder.resolve("none"));
        isFound(Kind.TRUNCATED, 0, export, newest);

        String older = log.head(200);
        log.leaves().subList(200, SIZE).clear();
        Path cut = log.export(folder.resolve("export"), older);
        assertThat(verify(cut).ok()).isTrue();
        isFound(Kind.TRUNCATED, 200, cut, newest);
    }

    @Test
    void headsOfOthersAreRefused() throws IOException {
        var others = AuditKeys.in(folder.resolve("others"));
        Path export = log.export(folder.resolve("export"));

        isFound(Kind.FALSE_HEAD, 0, export, SampleLog.of(others, 3).head(3));
        isFound(
                Kind.FALSE_HEAD,
                0,
                log.export(folder.resolve("export"), SampleLog.of(others, SIZE).head(SIZE)));
        isFound(Kind.FALSE_HEAD, 0, log.export(folder.resolve("export"), ""));
    }

    @Test
    void hostileFilesEndInAFinding() throws IOException {
        for (String entries : List.of(
                "",
                "\n",
                "{}\n",
                "null\n",
                "[[[[[[",
                "\u0000\n",
                "{\"entry\":".repeat(5_000) + "\n",
                "x".repeat(2 << 20))) {
            Path export = log.export(folder.resolve("export"));
            Files.writeString(export.resolve(ExportedLog.ENTRIES), entries);
            assertThat(verify(export).tampering())
                    .hasValueSatisfying(found -> assertThat(found.seq()).isZero());
        }
    }

    /** The property {@code baigong.audit.edits} says how many; 1,000 takes a minute. */
    @Test
    void randomEditsAreFoundAndNamed() throws IOException {
        var random = new Random(20261128);
        int edits = Integer.getInteger("baigong.audit.edits", 150);
        for (int i = 0; i < edits; i++) {
            var sample = SampleLog.of(keys, 1 + random.nextInt(60));
            Path export = sample.export(folder.resolve("random"));
            assertThat(verify(export).ok()).as("untouched").isTrue();
            String name = List.of(
                            ExportedLog.ENTRIES,
                            ExportedLog.ENTRIES,
                            ExportedLog.ENTRIES,
                            ExportedLog.HASHES,
                            ExportedLog.HEAD)
                    .get(random.nextInt(5));
            Path file = export.resolve(name);
            byte[] bytes = Files.readAllBytes(file);
            byte[] before = bytes.clone();
            int at = random.nextInt(name.equals(ExportedLog.HEAD) ? bytes.length - 1 : bytes.length);
            bytes = edited(bytes, at, random);
            Files.write(file, bytes);
            long line = new String(before, 0, at, StandardCharsets.UTF_8)
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
            long expected = name.equals(ExportedLog.HEAD) ? 0 : line;
            String what = "edit " + i + " of " + name + " at " + at;
            assertThat(verify(export).tampering())
                    .as(what)
                    .hasValueSatisfying(found -> assertThat(found.seq())
                            .as(what + ": " + found.text())
                            .isEqualTo(expected));
        }
    }

    /** A byte changed, cut out, put in, or all from there on cut off. */
    private static byte[] edited(byte[] bytes, int at, Random random) {
        int kind = random.nextInt(4);
        byte[] edited =
                kind == 0 ? bytes.clone() : new byte[kind == 1 ? bytes.length - 1 : kind == 2 ? bytes.length + 1 : at];
        if (kind == 0) {
            edited[at] ^= (byte) (1 << random.nextInt(8));
            return edited;
        }
        System.arraycopy(bytes, 0, edited, 0, at);
        if (kind == 1) {
            System.arraycopy(bytes, at + 1, edited, at, bytes.length - at - 1);
        } else if (kind == 2) {
            edited[at] = (byte) ('a' + random.nextInt(26));
            System.arraycopy(bytes, at, edited, at + 1, bytes.length - at);
        }
        return edited;
    }
}
