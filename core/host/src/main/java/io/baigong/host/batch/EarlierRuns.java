package io.baigong.host.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.run.PlatformJson;
import io.baigong.journal.RunStatus;
import io.baigong.journal.Storable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which earlier runs of a task are run again; what is null does not matter. Runs that such a batch has made are never among them, or
 * each would double the next.
 *
 * @param from begun at this moment or later
 * @param to begun before this moment
 * @param model name of a model that answered
 * @param version of that model
 * @param most at most so many, the newest
 */
public record EarlierRuns(
        @Nullable RunStatus status,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String model,
        @Nullable String version,
        int most)
        implements BatchOrigin {
    /** Most records of such a batch. */
    public static final int MOST = 100_000;

    /**
     * Checks what people gave.
     *
     * @throws InvalidInput if there can be no such run
     */
    void check() throws InvalidInput {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new InvalidInput("from is not before to", "Runs begun at from or later, and before to, are taken.");
        }
        if (most < 1 || most > MOST) {
            throw new InvalidInput("most is a number from 1 to " + MOST, "Send one, or none for " + MOST + ".");
        }
    }

    /** What {@code where} says of {@code run r}, and its values. */
    Condition condition(String task) {
        var condition = new Condition();
        condition.and("r.task = ?", task);
        if (status != null) {
            condition.and("r.status = ?", status.name());
        }
        if (from != null) {
            condition.and("r.started_at >= ?", from.atOffset(ZoneOffset.UTC));
        }
        if (to != null) {
            condition.and("r.started_at < ?", to.atOffset(ZoneOffset.UTC));
        }
        ObjectNode answered = PlatformJson.mapper().createObjectNode();
        if (model != null) {
            answered.put("name", Storable.text(model));
        }
        if (version != null) {
            answered.put("version", Storable.text(version));
        }
        if (!answered.isEmpty()) {
            condition.and("r.models @> ?::jsonb", "[" + answered + "]");
        }
        return condition;
    }

    /** Terms that all hold. */
    static final class Condition {
        private final StringBuilder sql =
                new StringBuilder("not exists (select from batch_record made join batch b on b.id = made.batch"
                        + " where made.run = r.id and b.rescoring)");
        private final List<Object> values = new ArrayList<>();

        private void and(String term, Object value) {
            sql.append(" and ").append(term);
            values.add(value);
        }

        String sql() {
            return sql.toString();
        }

        List<Object> values() {
            return values;
        }
    }
}
