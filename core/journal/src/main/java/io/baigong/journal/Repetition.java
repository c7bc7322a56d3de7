package io.baigong.journal;

import io.baigong.journal.audit.AuditUnavailable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** A request that is sent again. */
final class Repetition {
    private Repetition() {}

    /**
     * What the first request made is told of once the audit log has its entry, as to who sent that one.
     *
     * @throws AuditUnavailable before
     */
    static void mustBeAudited(Connection connection, UUID entry) throws SQLException {
        try (var query = connection.prepareStatement("select 1 from audit_entry where id = ?")) {
            query.setObject(1, entry);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    throw new AuditUnavailable("the entry of the first request is not in the audit log yet");
                }
            }
        }
    }
}
