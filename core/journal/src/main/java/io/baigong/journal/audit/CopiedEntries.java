package io.baigong.journal.audit;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * All entries in their order, by {@code COPY} in binary, which costs the database half of what a cursor does. PostgreSQL 18 manual,
 * "COPY", "Binary Format"; one message has one row (section 54.2.7).
 */
final class CopiedEntries {
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int COLUMNS = 9;

    /** In place of a number of columns: there are no more rows. */
    private static final int END = -1;

    /** In place of a length. */
    private static final int NULL = -1;

    /** 2000-01-01, from which PostgreSQL counts microseconds. */
    private static final long EPOCH_SECONDS = 946_684_800;

    private static final long MICROS = 1_000_000;

    private final CopyOut copy;
    private boolean begun;
    private boolean ended;
    private long loggedMicros = Long.MIN_VALUE;
    private String logged = "";

    /**
     * Begins. Until the last row, or the end by {@link #close}, the connection can do nothing else.
     *
     * @param tenant whose entries are not withheld; those of all if null
     */
    CopiedEntries(Connection connection, @Nullable String tenant) throws SQLException {
        var postgres = connection.unwrap(PGConnection.class);
        String leaf =
                tenant == null ? "leaf" : "case when tenant = '" + postgres.escapeLiteral(tenant) + "' then leaf end";
        copy = postgres.getCopyAPI()
                .copyOut("copy (select " + leaf
                        + ", hash, seq, id, tenant, kind, actor, logged, terms from audit_entry order by seq)"
                        + " to stdout (format binary)");
    }

    /** The next row; null after the last. */
    LogSource.@Nullable Row next() throws SQLException, IOException {
        byte[] message = ended ? null : copy.readFromCopy();
        if (message == null) {
            ended = true;
            return null;
        }
        var row = ByteBuffer.wrap(message);
        try {
            if (!begun) {
                header(row);
                begun = true;
            }
            int columns = row.getShort();
            if (columns == END) {
                return next();
            } else if (columns != COLUMNS) {
                throw new IOException("a row of the audit log has " + columns + " columns, not " + COLUMNS);
            }
            int length = row.getInt();
            if (length == NULL) {
                return LogSource.Row.withheld(bytes(row));
            }
            byte[] leaf = bytes(row, length);
            byte[] hash = bytes(row);
            row.getInt();
            long seq = row.getLong();
            row.getInt();
            var id = new UUID(row.getLong(), row.getLong());
            String tenant = text(row);
            String kind = text(row);
            String actor = text(row);
            row.getInt();
            String time = time(row.getLong());
            return new LogSource.Row(leaf, hash, new LogSource.Columns(seq, id, tenant, kind, actor, time, texts(row)));
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new IOException("the database's copy of the audit log is cut off", e);
        }
    }

    private static void header(ByteBuffer row) throws IOException {
        byte[] signature = new byte[SIGNATURE.length];
        row.get(signature);
        if (!Arrays.equals(signature, SIGNATURE)) {
            throw new IOException("the database's copy of the audit log does not begin as PostgreSQL's copies do");
        }
        row.getInt(); // flags: none
        int extension = row.getInt();
        row.position(row.position() + extension);
    }

    private static byte[] bytes(ByteBuffer row) {
        return bytes(row, row.getInt());
    }

    private static byte[] bytes(ByteBuffer row, int length) {
        byte[] bytes = new byte[length];
        row.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer row) {
        return new String(bytes(row), StandardCharsets.UTF_8);
    }

    /** Entries of one transaction have one time. */
    private String time(long micros) {
        if (micros != loggedMicros) {
            loggedMicros = micros;
            logged = Moment.text(Instant.ofEpochSecond(
                    EPOCH_SECONDS + Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000));
        }
        return logged;
    }

    /** An array of one dimension, or of none when it is empty. */
    private static List<String> texts(ByteBuffer row) {
        row.getInt();
        int dimensions = row.getInt();
        row.getInt(); // whether there are nulls: never
        row.getInt(); // type of the elements
        List<String> texts = new ArrayList<>();
        if (dimensions > 0) {
            int count = row.getInt();
            row.getInt(); // lower bound
            for (int i = 0; i < count; i++) {
                texts.add(text(row));
            }
        }
        return texts;
    }

    /** Reads no further. */
    void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
