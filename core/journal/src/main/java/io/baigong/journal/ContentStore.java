package io.baigong.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Bytes of attachments, each kept once under its digest, in pieces of one MiB. */
final class ContentStore {
    /** Most bytes of one attachment. */
    static final long MAX_BYTES = 50L << 20;

    private static final int PIECE = 1 << 20;

    private ContentStore() {}

    /** Adds the file's bytes unless they are there already. */
    static void add(Connection connection, String sha256, Path file) throws SQLException {
        try (InputStream in = Files.newInputStream(file)) {
            try (var content = connection.prepareStatement(
                    "insert into content (sha256, bytes) values (?, ?) on conflict do nothing")) {
                content.setString(1, sha256);
                content.setLong(2, Files.size(file));
                if (content.executeUpdate() == 0) {
                    return;
                }
            }
            try (var piece =
                    connection.prepareStatement("insert into content_piece (sha256, number, bytes) values (?, ?, ?)")) {
                int number = 0;
                for (byte[] bytes = in.readNBytes(PIECE); bytes.length > 0; bytes = in.readNBytes(PIECE)) {
                    piece.setString(1, sha256);
                    piece.setInt(2, number++);
                    piece.setBytes(3, bytes);
                    piece.executeUpdate();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the bytes of that digest. */
    static void copy(Connection connection, String sha256, OutputStream out) throws SQLException {
        try (var pieces =
                connection.prepareStatement("select bytes from content_piece where sha256 = ? and number = ?")) {
            for (int number = 0; ; number++) {
                pieces.setString(1, sha256);
                pieces.setInt(2, number);
                try (var row = pieces.executeQuery()) {
                    if (!row.next()) {
                        return;
                    }
                    out.write(row.getBytes(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
