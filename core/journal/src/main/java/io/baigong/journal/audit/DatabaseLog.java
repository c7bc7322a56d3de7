package io.baigong.journal.audit;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The log in the database, as it was at one moment. */
public final class DatabaseLog implements LogSource {
    private static final int FETCH = 2_000;
    private static final String ROWS = """
            select case when ?::text is null or tenant = ? then leaf end, hash, seq, id::text, tenant, kind, actor,
                to_char(logged at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                array_to_string(terms, U&'\\001F'), cardinality(terms)
            from audit_entry order by seq""";

    private final Connection connection;
    private final @Nullable String tenant;
    private @Nullable PreparedStatement query;
    private @Nullable ResultSet rows;

    private DatabaseLog(Connection connection, @Nullable String tenant) {
        this.connection = connection;
        this.tenant = tenant;
    }

    /** Reads in one transaction of that connection, which is rolled back when the log is closed. */
    public static DatabaseLog of(Connection connection) throws IOException {
        begin(connection);
        return within(connection);
    }

    /** As above, but withholds the entries of other tenants. */
    public static DatabaseLog of(Connection connection, String tenant) throws IOException {
        begin(connection);
        return new DatabaseLog(connection, tenant);
    }

    private static void begin(Connection connection) throws IOException {
        try {
            connection.setAutoCommit(false);
            try (var begin = connection.createStatement()) {
                begin.execute("set transaction isolation level repeatable read, read only");
            }
        } catch (SQLException e) {
            throw new IOException("the database can't be read: " + e.getMessage(), e);
        }
    }

    /** Reads in the transaction that has begun. */
    static DatabaseLog within(Connection connection) {
        return new DatabaseLog(connection, null);
    }

    @Override
    public String head() throws IOException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select note from audit_head")) {
            return row.next() ? row.getString(1) : "";
        } catch (SQLException e) {
            throw new IOException("the audit log's head can't be read: " + e.getMessage(), e);
        }
    }

    /** How many entries there are, more or less, to tell progress by. */
    public long size() throws IOException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select coalesce(max(seq), -1) + 1 from audit_entry")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IOException("the audit log can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable Row next() throws IOException {
        try {
            ResultSet open = rows;
            if (open == null) {
                PreparedStatement opening = connection.prepareStatement(ROWS);
                opening.setFetchSize(FETCH);
                opening.setString(1, tenant);
                opening.setString(2, tenant);
                query = opening;
                open = opening.executeQuery();
                rows = open;
            }
            if (!open.next()) {
                return null;
            }
            byte[] leaf = open.getBytes(1);
            if (leaf == null) {
                return Row.withheld(open.getBytes(2));
            }
            return new Row(
                    leaf,
                    open.getBytes(2),
                    new Columns(
                            open.getLong(3),
                            open.getString(4),
                            open.getString(5),
                            open.getString(6),
                            open.getString(7),
                            open.getString(8),
                            open.getString(9),
                            open.getInt(10)));
        } catch (SQLException e) {
            throw new IOException("the audit log can't be read: " + e.getMessage(), e);
        }
    }

    /** Whether entries of other tenants than one are withheld. */
    boolean isPartial() {
        return tenant != null;
    }

    /** Begins anew with the first row. */
    void rewind() throws IOException {
        try {
            if (query != null) {
                query.close();
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
        query = null;
        rows = null;
    }

    @Override
    public boolean hasNodes() {
        return true;
    }

    @Override
    public byte @Nullable [] node(int level, long number) throws IOException {
        try (var statement =
                connection.prepareStatement("select hash from audit_node where level = ? and number = ?")) {
            statement.setInt(1, level);
            statement.setLong(2, number);
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        } catch (SQLException e) {
            throw new IOException("the audit log's nodes can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (query != null) {
                query.close();
            }
            connection.rollback();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
