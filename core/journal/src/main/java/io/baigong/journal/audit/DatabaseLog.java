package io.baigong.journal.audit;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The log in the database, as it was at one moment. */
public final class DatabaseLog implements LogSource {
    /** Of one stored level, read together. */
    private static final int NODES = 4_096;

    private final Connection connection;
    private final @Nullable String tenant;
    private final Map<Long, byte[]> nodes = new HashMap<>();
    private int nodesLevel = -1;
    private @Nullable CopiedEntries entries;

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
            CopiedEntries open = entries;
            if (open == null) {
                open = new CopiedEntries(connection, tenant);
                entries = open;
            }
            return open.next();
        } catch (SQLException e) {
            throw new IOException("the audit log can't be read: " + e.getMessage(), e);
        }
    }

    /** Whether entries are withheld. */
    boolean isPartial() {
        return tenant != null;
    }

    /** Goes back to the first row. */
    void rewind() throws IOException {
        try {
            if (entries != null) {
                entries.close();
            }
            entries = null;
        } catch (SQLException e) {
            throw new IOException("the audit log can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean hasNodes() {
        return true;
    }

    @Override
    public byte @Nullable [] node(int level, long number) throws IOException {
        if (level != nodesLevel || !nodes.containsKey(number)) {
            nodes.clear();
            nodesLevel = level;
            try (var statement = connection.prepareStatement(
                    "select number, hash from audit_node where level = ? and number between ? and ?")) {
                statement.setInt(1, level);
                statement.setLong(2, number);
                statement.setLong(3, number + NODES - 1);
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        nodes.put(rows.getLong(1), rows.getBytes(2));
                    }
                }
            } catch (SQLException e) {
                throw new IOException("the audit log's nodes can't be read: " + e.getMessage(), e);
            }
        }
        return nodes.get(number);
    }

    @Override
    public void close() throws IOException {
        try {
            if (entries != null) {
                entries.close();
            }
            connection.rollback();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
