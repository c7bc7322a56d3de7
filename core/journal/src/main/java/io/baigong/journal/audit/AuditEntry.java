package io.baigong.journal.audit;

import io.baigong.journal.Actor;
import io.baigong.journal.Occasion;
import io.baigong.journal.Storable;
import io.baigong.spi.ModelVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;

/**
 * Who did what, when, with which models; never the text itself.
 *
 * @param id of the run or decision that it tells of, so that each has one entry, or else a new one
 * @param subject id of the record that it is about, such as a run's or a key's
 * @param records digests of files that it touched
 * @param detail what else is to say, by name
 */
public record AuditEntry(
        UUID id,
        AuditKind kind,
        Actor actor,
        Moment moment,
        String subject,
        @Nullable String task,
        List<ModelVersion> models,
        Digests digests,
        List<String> records,
        Occasion occasion,
        Map<String, String> detail) {
    /** Longest text of an entry; what is longer belongs in a record. */
    private static final int LONGEST = 4_000;

    public AuditEntry {
        models = List.copyOf(models);
        records = List.copyOf(records);
        detail = Map.copyOf(detail);
    }

    /** An entry that has nothing to do with a task. */
    public static AuditEntry of(AuditKind kind, Actor actor, String subject, Map<String, String> detail) {
        return new AuditEntry(
                UuidVersion7Strategy.INSTANCE.generateUuid(null),
                kind,
                actor,
                Moment.now(),
                subject,
                null,
                List.of(),
                Digests.NONE,
                List.of(),
                Occasion.NONE,
                detail);
    }

    /** Its canonical JSON. */
    String json() {
        Map<String, Object> members = new TreeMap<>();
        members.put("actor", text(actor.name()));
        members.put("id", id.toString());
        members.put("kind", kind.word());
        members.put("mono", moment.micros());
        members.put("process", moment.process().toString());
        members.put("subject", text(subject));
        members.put("tenant", text(actor.tenant()));
        members.put("time", Moment.text(moment.utc()));
        put(members, "task", task);
        put(members, "purpose", occasion.purpose());
        put(members, "correlation", occasion.correlation());
        put(members, "input", digests.input());
        put(members, "output", digests.output());
        put(members, "evidence", digests.evidence());
        put(members, "record", digests.record());
        if (!records.isEmpty()) {
            members.put("records", records);
        }
        if (!models.isEmpty()) {
            members.put("models", models.stream().map(AuditEntry::json).toList());
        }
        if (!detail.isEmpty()) {
            Map<String, String> storable = new LinkedHashMap<>();
            detail.forEach((name, value) -> storable.put(text(name), text(value)));
            members.put("detail", storable);
        }
        return CanonicalJson.of(members);
    }

    private static String text(String text) {
        return Storable.text(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    }

    private static void put(Map<String, Object> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, text(value));
        }
    }

    private static Map<String, String> json(ModelVersion model) {
        return Map.of(
                "name", text(model.name()),
                "role", text(model.role()),
                "sha256", text(model.sha256()),
                "version", text(model.version()));
    }
}
