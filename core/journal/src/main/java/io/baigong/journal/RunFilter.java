package io.baigong.journal;

import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which runs are wanted; what is empty does not matter.
 *
 * @param text part of the first 300 characters of the name or of the caller, in either case of letters
 * @param undecided only those that answered and on which nobody has decided anything
 * @param from begun at this moment or later
 * @param to begun before this moment
 * @param before older than this run
 */
public record RunFilter(
        Optional<String> task,
        Optional<RunStatus> status,
        Optional<String> text,
        boolean undecided,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<UUID> before) {

    /** All runs. */
    public static final RunFilter ALL = new RunFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** What {@code where} says of {@code RunEntry r}. */
    String condition() {
        var condition = new StringBuilder("1 = 1");
        task.ifPresent(_ -> condition.append(" and r.task = :task"));
        status.ifPresent(_ -> condition.append(" and r.status = :status"));
        text.ifPresent(_ -> condition.append(" and r.search like :text escape '!'"));
        if (undecided) {
            condition.append(" and r.status = io.baigong.journal.RunStatus.ANSWERED"
                    + " and not exists (select d.id from DecisionEntry d where d.run = r.id)");
        }
        from.ifPresent(_ -> condition.append(" and r.startedAt >= :from"));
        to.ifPresent(_ -> condition.append(" and r.startedAt < :to"));
        before.ifPresent(_ -> condition.append(" and r.id < :before"));
        return condition.toString();
    }

    <T> TypedQuery<T> bind(TypedQuery<T> query) {
        Map<String, Object> values = new LinkedHashMap<>();
        task.ifPresent(value -> values.put("task", value));
        status.ifPresent(value -> values.put("status", value));
        text.ifPresent(
                value -> values.put("text", "%" + value.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%"));
        from.ifPresent(value -> values.put("from", value));
        to.ifPresent(value -> values.put("to", value));
        before.ifPresent(value -> values.put("before", value));
        values.forEach(query::setParameter);
        return query;
    }
}
