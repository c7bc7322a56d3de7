package io.baigong.journal.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** The end of the log, at which one sequencer writes. Not thread-safe. */
final class LogTail {
    private static final String ENTRIES = """
            with head as (update audit_head set size = ?, note = ?)
            insert into audit_entry (seq, id, tenant, kind, actor, logged, terms, leaf, hash)
            select seq, id, tenant, kind, actor, logged, terms::text[], leaf, hash
            from unnest(?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::bytea[])
                as row (seq, id, tenant, kind, actor, logged, terms, leaf, hash)""";
    private static final HexFormat HEX = HexFormat.of();

    private final AuditKeys keys;
    private final Frontier frontier;
    private String head;
    private String previous;
    private String logged;

    private LogTail(AuditKeys keys, Frontier frontier, String head, String previous, String logged) {
        this.keys = keys;
        this.frontier = frontier;
        this.head = head;
        this.previous = previous;
        this.logged = logged;
    }

    /**
     * Finds it.
     *
     * @throws AuditUnavailable if what is stored is not what the log's key signed; then nothing may be added
     */
    static LogTail of(Connection connection, AuditKeys keys) throws SQLException {
        long size = 0;
        String note;
        try (var query = connection.createStatement();
                var head = query.executeQuery("select note from audit_head")) {
            if (head.next()) {
                note = head.getString(1);
                size = signed(note, keys, connection);
            } else {
                note = first(connection, keys);
            }
        }
        String previous = Leaf.FIRST_PREVIOUS;
        String logged = "";
        try (var query = connection.createStatement();
                var last = query.executeQuery("select seq, hash, leaf from audit_entry order by seq desc limit 1")) {
            boolean some = last.next();
            if ((some ? last.getLong(1) + 1 : 0) != size) {
                throw broken(
                        "its head says " + size + " entries, and " + (some ? last.getLong(1) + 1 : 0) + " are there");
            }
            if (some) {
                previous = HEX.formatHex(last.getBytes(2));
                logged = Leaf.parse(last.getString(3).getBytes(StandardCharsets.UTF_8))
                        .logged();
            }
        } catch (IOException e) {
            throw broken(String.valueOf(e.getMessage()));
        }
        return new LogTail(keys, new StoredTree(connection).frontier(size), note, previous, logged);
    }

    private static long signed(String note, AuditKeys keys, Connection connection) throws SQLException {
        try {
            Checkpoint head = Checkpoint.verified(note, keys.verifier());
            Frontier stored = new StoredTree(connection).frontier(head.size());
            if (!MerkleTree.same(stored.root(), head.rootHash())) {
                throw broken("its entries do not have the root that was signed");
            }
            return head.size();
        } catch (IllegalArgumentException e) {
            throw broken(String.valueOf(e.getMessage()));
        }
    }

    private static AuditUnavailable broken(String why) {
        return new AuditUnavailable("the audit log in the database is not the one that this suite's key signed: " + why
                + ". Nothing is added to it; './baigong audit verify' says more");
    }

    /** The newest signed head. */
    String head() {
        return head;
    }

    /** Adds entries and signs the new head, in the connection's transaction. After a failure, find the tail anew. */
    void add(Connection connection, List<Outbox.Pending> entries) throws SQLException {
        String now = Moment.text(Instant.now());
        logged = now.compareTo(logged) > 0 ? now : logged;
        var rows = new Rows();
        List<Object[]> nodes = new ArrayList<>();
        for (Outbox.Pending pending : entries) {
            String text = Leaf.text(frontier.size(), logged, previous, pending.entry());
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            byte[] hash = MerkleTree.leafHash(bytes);
            try {
                rows.add(Leaf.parse(bytes), text, hash);
            } catch (IOException e) {
                throw new IllegalStateException("an entry of our own is none: " + pending.id(), e);
            }
            frontier.add(hash, (level, number, root) -> nodes.add(new Object[] {level, number, root}));
            previous = HEX.formatHex(hash);
        }
        head = keys.sign(frontier.size(), frontier.root());
        rows.insert(connection, frontier.size(), head);
        for (Object[] node : nodes) {
            try (var insert =
                    connection.prepareStatement("insert into audit_node (level, number, hash) values (?, ?, ?)")) {
                for (int i = 0; i < node.length; i++) {
                    insert.setObject(i + 1, node[i]);
                }
                insert.executeUpdate();
            }
        }
    }

    private static String first(Connection connection, AuditKeys keys) throws SQLException {
        try (var store = connection.prepareStatement("insert into audit_head (size, note) values (0, ?)")) {
            String note = keys.sign(0, new Frontier().root());
            store.setString(1, note);
            store.executeUpdate();
            return note;
        }
    }

    /** Columns of the rows of a batch. */
    private static final class Rows {
        private final List<Long> seqs = new ArrayList<>();
        private final List<UUID> ids = new ArrayList<>();
        private final List<String> tenants = new ArrayList<>();
        private final List<String> kinds = new ArrayList<>();
        private final List<String> actors = new ArrayList<>();
        private final List<String> times = new ArrayList<>();
        private final List<String> terms = new ArrayList<>();
        private final List<String> leaves = new ArrayList<>();
        private final List<byte[]> hashes = new ArrayList<>();

        void add(Leaf leaf, String text, byte[] hash) {
            seqs.add(leaf.seq());
            ids.add(leaf.id());
            tenants.add(leaf.tenant());
            kinds.add(leaf.kind());
            actors.add(leaf.actor());
            times.add(leaf.logged());
            terms.add(Terms.array(leaf.terms()));
            leaves.add(text);
            hashes.add(hash);
        }

        /** With the head that follows. */
        void insert(Connection connection, long size, String head) throws SQLException {
            try (var insert = connection.prepareStatement(ENTRIES)) {
                insert.setLong(1, size);
                insert.setString(2, head);
                insert.setArray(3, connection.createArrayOf("bigint", seqs.toArray()));
                insert.setArray(4, connection.createArrayOf("uuid", ids.toArray()));
                insert.setArray(5, connection.createArrayOf("text", tenants.toArray()));
                insert.setArray(6, connection.createArrayOf("text", kinds.toArray()));
                insert.setArray(7, connection.createArrayOf("text", actors.toArray()));
                insert.setArray(8, connection.createArrayOf("text", times.toArray()));
                insert.setArray(9, connection.createArrayOf("text", terms.toArray()));
                insert.setArray(10, connection.createArrayOf("text", leaves.toArray()));
                insert.setArray(11, connection.createArrayOf("bytea", hashes.toArray(byte[][]::new)));
                insert.executeUpdate();
            }
        }
    }
}
