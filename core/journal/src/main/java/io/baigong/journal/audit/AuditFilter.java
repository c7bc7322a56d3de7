package io.baigong.journal.audit;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which entries of a tenant are wanted; what is empty does not matter.
 *
 * @param record id of what they are about, such as a run's, or the digest of a file that they touched
 * @param model {@code name@version}
 * @param from logged at this moment or later
 * @param to logged before this moment
 */
public record AuditFilter(
        String tenant,
        Optional<AuditKind> kind,
        Optional<String> actor,
        Optional<String> task,
        Optional<String> record,
        Optional<String> model,
        Optional<Instant> from,
        Optional<Instant> to) {
    /** All of a tenant. */
    public static AuditFilter of(String tenant) {
        return new AuditFilter(
                tenant,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** What {@code where} says. */
    String condition() {
        var condition = new StringBuilder("tenant = ?");
        kind.ifPresent(_ -> condition.append(" and kind = ?"));
        actor.ifPresent(_ -> condition.append(" and actor = ?"));
        if (!terms().isEmpty()) {
            condition.append(" and terms @> ?::text[]");
        }
        from.ifPresent(_ -> condition.append(" and logged >= ?"));
        to.ifPresent(_ -> condition.append(" and logged < ?"));
        return condition.toString();
    }

    /** Sets the parameters of {@link #condition}; the number of the next one. */
    int bind(PreparedStatement query) throws SQLException {
        int next = 1;
        query.setString(next++, tenant);
        if (kind.isPresent()) {
            query.setString(next++, kind.get().word());
        }
        if (actor.isPresent()) {
            query.setString(next++, actor.get());
        }
        if (!terms().isEmpty()) {
            query.setString(next++, Terms.array(terms()));
        }
        if (from.isPresent()) {
            query.setObject(next++, from.get().atOffset(ZoneOffset.UTC));
        }
        if (to.isPresent()) {
            query.setObject(next++, to.get().atOffset(ZoneOffset.UTC));
        }
        return next;
    }

    private List<String> terms() {
        List<String> terms = new ArrayList<>();
        task.ifPresent(value -> terms.add(Terms.task(value)));
        record.ifPresent(value -> terms.add(Terms.record(value)));
        model.ifPresent(value -> terms.add("model:" + value));
        return terms;
    }
}
