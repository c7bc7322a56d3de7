package io.baigong.journal.audit;

import io.baigong.journal.Tenancy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.jdbc.ReturningWork;

/** Reads the audit log, with proofs. Thread-safe; each call is one transaction. */
@ApplicationScoped
public class AuditReader {
    private final EntityManager entities;

    public AuditReader(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * An entry as it is in the tree.
     *
     * @param leaf canonical JSON; these bytes are hashed
     * @param hash RFC 6962's hash of the leaf, in hex
     */
    public record Entry(long seq, String leaf, String hash) {}

    /** Part of a list, and how long it is in all. */
    public record Page(List<Entry> entries, long total) {}

    /**
     * An entry and that it is in the log.
     *
     * <p>Nothing of it is checked here: who asks for a proof does not believe us.
     *
     * @param proof hashes in Base64, from the leaf to the root; none where the stored tree has a hole
     * @param checkpoint signed note of the head that the proof leads to
     */
    public record Proved(Entry entry, long size, List<String> proof, String checkpoint) {}

    /** The newest head, a signed note. */
    public String head() {
        return ofAll(AuditReader::head);
    }

    /** The tree is of all tenants, and so are proofs. */
    private <T> T ofAll(ReturningWork<T> work) {
        return Tenancy.platform().call(() -> read(work));
    }

    private <T> T read(ReturningWork<T> work) {
        return QuarkusTransaction.requiringNew()
                .call(() -> entities.unwrap(Session.class).doReturningWork(work));
    }

    private static String head(Connection connection) throws SQLException {
        try (var query = connection.createStatement();
                var row = query.executeQuery("select note from audit_head")) {
            return row.next() ? row.getString(1) : "";
        }
    }

    /** A page of the entries that pass the filter. */
    public Page list(AuditFilter filter, AuditOrder order, int offset, int limit) {
        return read(connection -> {
            String from = " from audit_entry where " + filter.condition();
            long total;
            try (var count = connection.prepareStatement("select count(*)" + from)) {
                filter.bind(count);
                try (var row = count.executeQuery()) {
                    row.next();
                    total = row.getLong(1);
                }
            }
            List<Entry> entries = new ArrayList<>();
            try (var query = connection.prepareStatement(
                    "select seq, leaf, hash" + from + " order by " + order.clause() + " offset ? limit ?")) {
                int next = filter.bind(query);
                query.setInt(next, offset);
                query.setInt(next + 1, limit);
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        entries.add(entry(rows.getLong(1), rows.getString(2), rows.getBytes(3)));
                    }
                }
            }
            return new Page(entries, total);
        });
    }

    private static Entry entry(long seq, String leaf, byte[] hash) {
        return new Entry(seq, leaf, HexFormat.of().formatHex(hash));
    }

    /** An entry of that tenant, with its proof; empty if there is none. */
    public Optional<Proved> find(String tenant, long seq) {
        return ofAll(connection -> {
            String note = head(connection);
            long size = size(connection);
            try (var query =
                    connection.prepareStatement("select leaf, hash from audit_entry where tenant = ? and seq = ?")) {
                query.setString(1, tenant);
                query.setLong(2, seq);
                try (var row = query.executeQuery()) {
                    if (!row.next() || seq >= size) {
                        return Optional.empty();
                    }
                    return Optional.of(new Proved(
                            entry(seq, row.getString(1), row.getBytes(2)),
                            size,
                            inclusion(connection, seq, size),
                            note));
                }
            }
        });
    }

    /** That the first {@code from} entries are the first of {@code to} too; empty if there are not so many. */
    public Optional<List<String>> consistency(long from, long to) {
        return ofAll(connection -> {
            long size = size(connection);
            return from < 0 || from > to || to > size
                    ? Optional.empty()
                    : Optional.of(base64(new StoredTree(connection).consistency(from, to)));
        });
    }

    private static long size(Connection connection) throws SQLException {
        try (var query = connection.createStatement();
                var row = query.executeQuery("select size from audit_head")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static List<String> inclusion(Connection connection, long seq, long size) throws SQLException {
        try {
            return base64(new StoredTree(connection).inclusion(seq, size));
        } catch (StoredTree.HoleException e) {
            return List.of();
        }
    }

    private static List<String> base64(List<byte[]> hashes) {
        return hashes.stream().map(Base64.getEncoder()::encodeToString).toList();
    }
}
