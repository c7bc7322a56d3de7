package io.baigong.journal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier for third parties, which shares no line with ours; needs Python 3. */
class PythonVerifierTest {
    private static final Path SCRIPT = Path.of("../../deploy/audit-verifier/verify.py");

    @TempDir
    Path folder;

    /** What a run of it said. */
    private record Said(int status, String text) {}

    private Said verify(Path export, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-B", SCRIPT.toString(), export.toString()));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("PYTHONIOENCODING", "utf-8"));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException("this test needs Python 3 as python3 (Debian: apt install python3)", e);
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Said(process.exitValue(), text);
    }

    private void replace(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void honestExportsPassAndOthersAreNamed() throws Exception {
        var keys = AuditKeys.in(folder.resolve("keys"));
        var log = SampleLog.of(keys, 70);
        Path key = folder.resolve("keys/audit.pub");
        Path heads = folder.resolve("heads.txt");
        Files.writeString(heads, log.head(10) + "\n" + log.head(40) + "\n" + log.head(70) + "\n");

        Said good = verify(log.export(folder.resolve("good")), "--key", key.toString(), "--head", heads.toString());
        assertThat(good.text()).startsWith("70 entries are what baigong-audit/");
        assertThat(good.status()).isZero();
        assertThat(verify(folder.resolve("good")).text()).contains("shows only that it is whole");

        Path bucket = Files.createDirectories(folder.resolve("bucket/baigong-audit"));
        Files.writeString(bucket.resolve("000000000000040.txt"), log.head(40));
        assertThat(verify(folder.resolve("good"), "--head", bucket.getParent().toString())
                        .status())
                .isZero();
        Files.writeString(
                bucket.resolve("000000000000050.txt"), SampleLog.of(keys, 50).head(50));
        assertThat(verify(folder.resolve("good"), "--head", bucket.getParent().toString())
                        .text())
                .startsWith("entry 40 forked: a head kept elsewhere of 50 entries");

        Path none = Files.createDirectories(folder.resolve("none"));
        Files.writeString(none.resolve("empty.txt"), "");
        Said headless = verify(folder.resolve("good"), "--head", none.toString());
        assertThat(headless.status()).isEqualTo(1);
        assertThat(headless.text()).contains("no signed head in");

        Path edited = log.export(folder.resolve("edited"));
        replace(edited.resolve(ExportedLog.ENTRIES), "run 42", "run 43");
        assertThat(verify(edited)).isEqualTo(new Said(1, "entry 42 edited: its hash is not that in hashes.txt\n"));

        Path partial = log.partial(folder.resolve("partial"), List.of(0, 7, 69));
        assertThat(verify(partial, "--head", heads.toString()).status()).isZero();
        replace(partial.resolve(ExportedLog.HASHES), SampleLog.hash(log.leaves().get(7)), "ab".repeat(32));
        assertThat(verify(partial).text()).startsWith("entry 8 edited, or the one before it");

        Path deleted = log.export(folder.resolve("deleted"));
        for (String name : List.of(ExportedLog.ENTRIES, ExportedLog.HASHES)) {
            List<String> lines = new ArrayList<>(Files.readAllLines(deleted.resolve(name)));
            lines.remove(7);
            Files.write(deleted.resolve(name), lines);
        }
        assertThat(verify(deleted).text()).startsWith("entry 7 deleted");

        Path head = log.export(folder.resolve("head"));
        replace(head.resolve(ExportedLog.HEAD), "\n70\n", "\n71\n");
        assertThat(verify(head).text()).contains("not signed by the log's key");

        var others = AuditKeys.in(folder.resolve("others"));
        Path forged = SampleLog.of(others, 70).export(folder.resolve("forged"));
        assertThat(verify(forged).status()).as("whole in itself").isZero();
        assertThat(verify(forged, "--key", key.toString()).text()).contains("not the key that was given");

        log.rewrite(42, "ANSWERED", "FAILED");
        Path fork = log.export(folder.resolve("fork"));
        assertThat(verify(fork, "--head", heads.toString()).text()).startsWith("entry 40 forked");
        log.leaves().subList(60, 70).clear();
        Path cut = log.export(folder.resolve("cut"));
        assertThat(verify(cut, "--head", heads.toString()).text()).startsWith("entry 60 truncated");

        assertThat(verify(folder.resolve("nowhere")).status()).isEqualTo(1);
    }
}
