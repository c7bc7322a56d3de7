package io.baigong.journal.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Entries that wait for their number, in {@code audit_pending}. Thread-safe. */
public final class Outbox {
    /**
     * The transaction need not wait for the disk: the sequencer's, which comes after it and on which the caller waits, flushes
     * the log of both.
     */
    private static final String INSERT = "insert into audit_pending (id, entry, mac) select ?, ?, ?"
            + " from set_config('synchronous_commit', 'off', true)";

    /** Ids are looked for as arrays, so that the plan asks the index however large the log is. */
    private static final String TAKE = """
            with taken as (
                delete from audit_pending where position = any (array(
                    select position from audit_pending where position > ? order by position limit ?))
                returning position, id, entry, mac)
            select position, id, entry, mac, id = any (array(
                select logged.id from audit_entry logged where logged.id = any (array(select id from taken))))
            from taken""";

    private final AuditKeys keys;

    public Outbox(AuditKeys keys) {
        this.keys = keys;
    }

    /**
     * An entry that waits.
     *
     * @param mac its code, in hex
     * @param genuine whether it was written with the log's key
     * @param logged whether an entry of that id is in the log already
     */
    record Pending(long position, UUID id, String entry, String mac, boolean genuine, boolean logged) {}

    /** Adds an entry in the connection's transaction, which is durable once the entry has its number, and not before. */
    public void add(Connection connection, AuditEntry entry) throws SQLException {
        String json = entry.json();
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, entry.id());
            insert.setString(2, json);
            insert.setBytes(3, keys.mac(json.getBytes(StandardCharsets.UTF_8)));
            insert.executeUpdate();
        }
    }

    /** Takes the oldest ones after {@code after}, at most {@code most}. */
    List<Pending> take(Connection connection, long after, int most) throws SQLException {
        List<Pending> taken = new ArrayList<>();
        try (var take = connection.prepareStatement(TAKE)) {
            take.setLong(1, after);
            take.setInt(2, most);
            try (var rows = take.executeQuery()) {
                while (rows.next()) {
                    String entry = rows.getString(3);
                    byte[] mac = rows.getBytes(4);
                    taken.add(new Pending(
                            rows.getLong(1),
                            rows.getObject(2, UUID.class),
                            entry,
                            HexFormat.of().formatHex(mac),
                            MessageDigest.isEqual(mac, keys.mac(entry.getBytes(StandardCharsets.UTF_8))),
                            rows.getBoolean(5)));
                }
            }
        }
        taken.sort(Comparator.comparingLong(Pending::position));
        return taken;
    }
}
