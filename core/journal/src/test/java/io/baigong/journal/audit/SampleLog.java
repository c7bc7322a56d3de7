package io.baigong.journal.audit;

import io.baigong.journal.Actor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A log without a database, as honest or as false as a test wants it. */
final class SampleLog {
    private static final HexFormat HEX = HexFormat.of();

    private final AuditKeys keys;
    private final List<String> leaves = new ArrayList<>();

    private SampleLog(AuditKeys keys) {
        this.keys = keys;
    }

    static SampleLog of(AuditKeys keys, int entries) {
        var log = new SampleLog(keys);
        for (int i = 0; i < entries; i++) {
            log.add("2026-11-01T00:%02d:%02d.000000Z".formatted(i / 60 % 60, i % 60), "run " + i);
        }
        return log;
    }

    void add(String logged, String subject) {
        var entry = AuditEntry.of(AuditKind.RUN, Actor.of("分析师"), subject, Map.of("status", "ANSWERED"));
        String json = entry.json().replaceFirst("\"time\":\"[^\"]*\"", "\"time\":\"" + logged + "\"");
        String previous = leaves.isEmpty() ? Leaf.FIRST_PREVIOUS : hash(leaves.getLast());
        leaves.add(Leaf.text(leaves.size(), logged, previous, json));
    }

    static String hash(String leaf) {
        return HEX.formatHex(MerkleTree.leafHash(leaf.getBytes(StandardCharsets.UTF_8)));
    }

    List<String> leaves() {
        return leaves;
    }

    /** The head of its first entries. */
    String head(int size) {
        var frontier = new Frontier();
        leaves.subList(0, size).forEach(leaf -> frontier.add(HEX.parseHex(hash(leaf)), (level, number, root) -> {}));
        return keys.sign(size, frontier.root());
    }

    /** Replaces an entry and all links after it, as who has no key could. */
    void rewrite(int seq, String from, String to) {
        leaves.set(seq, leaves.get(seq).replace(from, to));
        relink(seq + 1);
    }

    void relink(int first) {
        for (int i = first; i < leaves.size(); i++) {
            String previous = i == 0 ? Leaf.FIRST_PREVIOUS : hash(leaves.get(i - 1));
            leaves.set(
                    i,
                    leaves.get(i)
                            .replaceFirst("\"prev\":\"[^\"]*\"", "\"prev\":\"" + previous + "\"")
                            .replaceFirst("\"seq\":\\d+}$", "\"seq\":" + i + "}"));
        }
    }

    Path export(Path folder) throws IOException {
        return export(folder, head(leaves.size()));
    }

    /** Of which the entries in {@code withheld} are not told. */
    Path partial(Path folder, List<Integer> withheld) throws IOException {
        Path export = export(folder);
        List<String> told = new ArrayList<>(leaves);
        withheld.forEach(at -> told.set(at, ""));
        Files.write(export.resolve(ExportedLog.ENTRIES), told);
        Files.writeString(export.resolve(ExportedLog.FORMAT), ExportedLog.PARTIAL_TEXT);
        return export;
    }

    Path export(Path folder, String head) throws IOException {
        Files.createDirectories(folder);
        var entries = new StringBuilder();
        var hashes = new StringBuilder();
        for (String leaf : leaves) {
            entries.append(leaf).append('\n');
            hashes.append(hash(leaf)).append('\n');
        }
        Files.writeString(folder.resolve(ExportedLog.ENTRIES), entries);
        Files.writeString(folder.resolve(ExportedLog.HASHES), hashes);
        Files.writeString(folder.resolve(ExportedLog.HEAD), head);
        Files.writeString(folder.resolve(ExportedLog.KEY), keys.verifier() + "\n");
        Files.writeString(folder.resolve(ExportedLog.FORMAT), ExportedLog.FORMAT_TEXT);
        return folder;
    }
}
