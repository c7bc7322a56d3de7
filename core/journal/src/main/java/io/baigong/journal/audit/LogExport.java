package io.baigong.journal.audit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a log so that others can verify it without us, see {@link ExportedLog}. */
public final class LogExport {
    private LogExport() {}

    /**
     * Writes all into a new folder, or a new ZIP if the name ends so.
     *
     * @param progress is told how many entries were written
     */
    public static void to(LogSource log, VerifierKey key, Path path, LongConsumer progress) throws IOException {
        if (!path.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
            write(log, key, path, progress);
            return;
        }
        try (FileSystem zip = FileSystems.newFileSystem(path, Map.of("create", "true", "useTempFile", true))) {
            write(log, key, zip.getPath("/"), progress);
        }
    }

    /** Writes all as a ZIP, in two passes, for a ZIP has one file after the other. */
    public static void to(DatabaseLog log, VerifierKey key, OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out);
        put(zip, ExportedLog.FORMAT, log.isPartial() ? ExportedLog.PARTIAL_TEXT : ExportedLog.FORMAT_TEXT);
        put(zip, ExportedLog.KEY, key + "\n");
        put(zip, ExportedLog.HEAD, log.head());
        zip.putNextEntry(new ZipEntry(ExportedLog.ENTRIES));
        for (LogSource.Row row = log.next(); row != null; row = log.next()) {
            zip.write(row.leaf);
            zip.write('\n');
        }
        log.rewind();
        zip.putNextEntry(new ZipEntry(ExportedLog.HASHES));
        for (LogSource.Row row = log.next(); row != null; row = log.next()) {
            zip.write(hashLine(row));
        }
        zip.finish();
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hashLine(LogSource.Row row) {
        byte[] hash = row.hash == null ? MerkleTree.leafHash(row.leaf) : row.hash;
        return (HexFormat.of().formatHex(hash) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static void write(LogSource log, VerifierKey key, Path folder, LongConsumer progress) throws IOException {
        Files.createDirectories(folder);
        // Before the entries: in a database, all is of one moment; elsewhere the head must not be newer than they are.
        String head = log.head();
        try (OutputStream entries =
                        new BufferedOutputStream(Files.newOutputStream(folder.resolve(ExportedLog.ENTRIES)));
                OutputStream hashes =
                        new BufferedOutputStream(Files.newOutputStream(folder.resolve(ExportedLog.HASHES)))) {
            long count = 0;
            for (LogSource.Row row = log.next(); row != null; row = log.next()) {
                entries.write(row.leaf);
                entries.write('\n');
                hashes.write(hashLine(row));
                progress.accept(++count);
            }
        }
        Files.writeString(folder.resolve(ExportedLog.HEAD), head);
        Files.writeString(folder.resolve(ExportedLog.KEY), key + "\n");
        Files.writeString(folder.resolve(ExportedLog.FORMAT), ExportedLog.FORMAT_TEXT);
    }
}
