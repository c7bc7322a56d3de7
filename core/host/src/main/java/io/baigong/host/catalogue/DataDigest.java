package io.baigong.host.catalogue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 of a data set: of a file its bytes; of a folder each file's relative path, a NUL, and its bytes, by path. */
public final class DataDigest {
    private DataDigest() {}

    /** The digest of a file or folder, in lower-case hex. */
    public static String of(Path data) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            if (Files.isRegularFile(data)) {
                Files.copy(data, out);
            } else {
                for (Path file : files(data)) {
                    out.write(data.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                    out.write(0);
                    Files.copy(file, out);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
