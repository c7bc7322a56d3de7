package io.baigong.journal.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;

/** Entries in the order of the log, as it was at one moment, with its head. Memory stays flat. For one thread. */
public final class AuditExtract implements AutoCloseable {
    private static final int FETCH = 500;

    /** Runs that the record is, has as input or file, or whose case it is; and what tells of them. */
    private static final String TOUCHING = """
            select seq, leaf from audit_entry where tenant = ? and (terms @> array['record:' || ?] or leaf like ? escape '!'
                or terms && (select array_agg('record:' || id) from audit_entry where tenant = ? and kind = 'run'
                    and (terms @> array['record:' || ?] or leaf like ? escape '!' or leaf like ? escape '!')))
            order by seq""";

    private final Connection connection;

    private AuditExtract(Connection connection) {
        this.connection = connection;
    }

    /** Takes an entry. */
    @FunctionalInterface
    public interface Reader {
        void read(AuditReader.Entry entry) throws IOException;
    }

    /** Reads in one transaction of that connection, which is rolled back at the end. */
    public static AuditExtract of(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var begin = connection.createStatement()) {
            begin.execute("set transaction isolation level repeatable read, read only");
        }
        return new AuditExtract(connection);
    }

    /** The signed head. */
    public String head() throws SQLException {
        try (var query = connection.createStatement();
                var row = query.executeQuery("select note from audit_head")) {
            return row.next() ? row.getString(1) : "";
        }
    }

    /** Reads the entries that pass the filter. Their hashes are computed anew. */
    public void read(AuditFilter filter, Reader reader) throws SQLException, IOException {
        try (var query = connection.prepareStatement(
                "select seq, leaf from audit_entry where " + filter.condition() + " order by seq")) {
            filter.bind(query);
            each(query, reader);
        }
    }

    /**
     * Reads all entries of a tenant that a record touches.
     *
     * @param record id of a run or of what an entry is about, digest of an input or a file, or a correlation id
     */
    public void touching(String tenant, String record, Reader reader) throws SQLException, IOException {
        try (var query = connection.prepareStatement(TOUCHING)) {
            String correlation = "%\"correlation\":" + AuditFilter.pattern(record) + ",%";
            String input = "%\"input\":" + AuditFilter.pattern(record) + ",%";
            String[] values = {tenant, record, correlation, tenant, record, correlation, input};
            for (int i = 0; i < values.length; i++) {
                query.setString(i + 1, values[i]);
            }
            each(query, reader);
        }
    }

    private static void each(PreparedStatement query, Reader reader) throws SQLException, IOException {
        query.setFetchSize(FETCH);
        try (var rows = query.executeQuery()) {
            while (rows.next()) {
                String leaf = rows.getString(2);
                byte[] hash = MerkleTree.leafHash(leaf.getBytes(StandardCharsets.UTF_8));
                reader.read(new AuditReader.Entry(
                        rows.getLong(1), leaf, HexFormat.of().formatHex(hash)));
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
    }
}
