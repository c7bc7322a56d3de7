package io.baigong.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/**
 * The append-only journal. Thread-safe; each call is one transaction.
 *
 * <p>Throws a {@link RuntimeException} when the database can't be reached; then nothing was written.
 */
@ApplicationScoped
public class Journal {
    /** Most bytes of one attachment that the journal keeps. */
    public static final long MAX_ATTACHMENT_BYTES = ContentStore.MAX_BYTES;

    private final EntityManager entities;

    public Journal(EntityManager entities) {
        this.entities = entities;
    }

    /** A new id for a run or a decision; later ids are greater. */
    public static UUID newId() {
        return UuidVersion7Strategy.INSTANCE.generateUuid(null);
    }

    /**
     * Adds a run. It is on disk when this returns.
     *
     * @param contents the attachments' bytes by digest
     */
    @Transactional
    public void append(RunRecord run, Map<String, Path> contents) {
        entities.unwrap(Session.class).doWork(connection -> {
            for (var content : contents.entrySet()) {
                ContentStore.add(connection, content.getKey(), content.getValue());
            }
        });
        entities.persist(new RunEntry(run));
    }

    @Transactional
    public Optional<RunRecord> find(UUID id) {
        return Optional.ofNullable(entities.find(RunEntry.class, id)).map(RunEntry::record);
    }

    /**
     * Runs, newest first.
     *
     * @param task only of this task, if given
     * @param before only older ones than this run, if given
     */
    @Transactional
    public List<RunSummary> list(Optional<String> task, Optional<UUID> before, int limit) {
        var query = entities.createQuery(
                "select new io.baigong.journal.RunSummary(r.id, r.task, r.status, r.name, r.startedAt, r.durationMillis,"
                        + " r.caller, (select count(distinct d.subject) from DecisionEntry d where d.run = r.id))"
                        + " from RunEntry r where 1 = 1"
                        + (task.isPresent() ? " and r.task = :task" : "")
                        + (before.isPresent() ? " and r.id < :before" : "")
                        + " order by r.id desc",
                RunSummary.class);
        task.ifPresent(t -> query.setParameter("task", t));
        before.ifPresent(b -> query.setParameter("before", b));
        return query.setMaxResults(limit).getResultList();
    }

    /** Adds a decision on a run that exists. */
    @Transactional
    public void append(Decision decision) {
        entities.persist(new DecisionEntry(decision));
    }

    /** The decisions on a run, oldest first. */
    @Transactional
    public List<Decision> decisions(UUID run) {
        return entities.createQuery("from DecisionEntry d where d.run = :run order by d.id", DecisionEntry.class)
                .setParameter("run", run)
                .getResultStream()
                .map(DecisionEntry::decision)
                .toList();
    }

    /** Writes an attachment's bytes. */
    @Transactional
    public void copy(StoredAttachment attachment, OutputStream out) {
        entities.unwrap(Session.class).doWork(connection -> ContentStore.copy(connection, attachment.sha256(), out));
    }
}
