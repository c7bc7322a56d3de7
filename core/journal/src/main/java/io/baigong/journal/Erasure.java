package io.baigong.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Deletes what a right to erasure covers. */
final class Erasure {
    private Erasure() {}

    /** In the connection's transaction; false if that tenant has no such run. */
    static boolean erase(Connection connection, UUID run, String tenant) throws SQLException {
        try (var known = connection.prepareStatement("select 1 from run where id = ? and tenant = ? for update")) {
            known.setObject(1, run);
            known.setString(2, tenant);
            try (var row = known.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
            }
        }
        List<String> files = new ArrayList<>();
        try (var query = connection.prepareStatement("select sha256 from run_attachment where run_id = ?")) {
            query.setObject(1, run);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    files.add(rows.getString(1));
                }
            }
        }
        try (var allow = connection.createStatement()) {
            allow.execute("select set_config('baigong.erasing', 'yes', true)");
        }
        for (String rows : List.of(
                "second_review where decision_id in (select id from decision where run_id = ?)",
                "decision where run_id = ?",
                "run_comment where run_id = ?",
                "run_attachment where run_id = ?",
                "run where id = ?")) {
            try (var delete = connection.prepareStatement("delete from " + rows)) {
                delete.setObject(1, run);
                delete.executeUpdate();
            }
        }
        for (String table : List.of("content_piece", "content")) {
            try (var delete = connection.prepareStatement("delete from " + table + " c where sha256 = any (?)"
                    + " and not exists (select 1 from run_attachment a where a.sha256 = c.sha256)")) {
                delete.setArray(1, connection.createArrayOf("text", files.toArray()));
                delete.executeUpdate();
            }
        }
        return true;
    }
}
