package io.baigong.journal.audit;

import com.fasterxml.jackson.databind.node.TextNode;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries of a tenant are wanted; what is empty does not matter.
 *
 * @param text part of the entry as it stands, in either case of letters; reads all entries that pass the rest
 * @param kinds any, if none is named
 * @param record id of what they are about, such as a run's, or the digest of a file that they touched
 * @param model {@code name@version}
 * @param from logged at this moment or later
 * @param to logged before this moment
 */
public record AuditFilter(
        String tenant,
        Optional<String> text,
        Set<AuditKind> kinds,
        Optional<String> actor,
        Optional<String> task,
        Optional<String> record,
        Optional<String> model,
        Optional<Instant> from,
        Optional<Instant> to) {
    public AuditFilter {
        kinds = Set.copyOf(kinds);
    }

    /** All of a tenant. */
    public static AuditFilter of(String tenant) {
        return new AuditFilter(
                tenant,
                Optional.empty(),
                Set.of(),
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
        if (!kinds.isEmpty()) {
            condition.append(" and kind = any (?::text[])");
        }
        actor.ifPresent(_ -> condition.append(" and actor = ?"));
        if (!terms().isEmpty()) {
            condition.append(" and terms @> ?::text[]");
        }
        text.ifPresent(_ -> condition.append(" and lower(leaf) like ? escape '!'"));
        from.ifPresent(_ -> condition.append(" and logged >= ?"));
        to.ifPresent(_ -> condition.append(" and logged < ?"));
        return condition.toString();
    }

    /** Sets the parameters of {@link #condition}; the number of the next one. */
    int bind(PreparedStatement query) throws SQLException {
        int next = 1;
        query.setString(next++, tenant);
        if (!kinds.isEmpty()) {
            query.setString(
                    next++, Terms.array(kinds.stream().map(AuditKind::word).toList()));
        }
        if (actor.isPresent()) {
            query.setString(next++, actor.get());
        }
        if (!terms().isEmpty()) {
            query.setString(next++, Terms.array(terms()));
        }
        if (text.isPresent()) {
            query.setString(next++, part(text.get()));
        }
        if (from.isPresent()) {
            query.setObject(next++, from.get().atOffset(ZoneOffset.UTC));
        }
        if (to.isPresent()) {
            query.setObject(next++, to.get().atOffset(ZoneOffset.UTC));
        }
        return next;
    }

    /** What {@code like} finds a text by where JSON has it, with its quotes; the escape is an exclamation mark. */
    static String pattern(String text) {
        return CanonicalJson.of(TextNode.valueOf(text)).replaceAll("([!%_])", "!$1");
    }

    private static String part(String text) {
        String pattern = pattern(text.toLowerCase(Locale.ROOT));
        return "%" + pattern.substring(1, pattern.length() - 1) + "%";
    }

    private List<String> terms() {
        List<String> terms = new ArrayList<>();
        task.ifPresent(value -> terms.add(Terms.task(value)));
        record.ifPresent(value -> terms.add(Terms.record(value)));
        model.ifPresent(value -> terms.add("model:" + value));
        return terms;
    }
}
