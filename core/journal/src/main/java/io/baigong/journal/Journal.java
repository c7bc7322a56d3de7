package io.baigong.journal;

import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.AuditLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;

/**
 * The append-only journal. Thread-safe; each call is one transaction of its own.
 *
 * <p>Throws a {@link RuntimeException} when the database can't be reached; then nothing was written.
 */
@ApplicationScoped
public class Journal {
    /** Most bytes of one attachment that the journal keeps. */
    public static final long MAX_ATTACHMENT_BYTES = ContentStore.MAX_BYTES;

    private final EntityManager entities;
    private final AuditLog audit;

    public Journal(EntityManager entities, AuditLog audit) {
        this.entities = entities;
        this.audit = audit;
    }

    /** A new id for a run or a decision; later ids are greater. */
    public static UUID newId() {
        return UuidVersion7Strategy.INSTANCE.generateUuid(null);
    }

    /**
     * Adds a run. It and its entry in the audit log are on disk when this returns.
     *
     * @param contents the attachments' bytes by digest
     */
    public void append(RunRecord run, Map<String, Path> contents) {
        append(List.of(new Unwritten(run, contents)), () -> {});
    }

    /**
     * A run that has ended and is not kept yet.
     *
     * @param contents the attachments' bytes by digest
     */
    public record Unwritten(RunRecord run, Map<String, Path> contents) {}

    /**
     * Adds runs, each with its entry in the audit log, and does something beside in the same transaction: either all of it is on disk
     * when this returns, or nothing.
     */
    public void append(List<Unwritten> runs, Runnable beside) {
        audit.inTransaction(entries -> {
            for (Unwritten unwritten : runs) {
                var row = new RunEntry(unwritten.run());
                entities.unwrap(Session.class).doWork(connection -> {
                    for (var content : unwritten.contents().entrySet()) {
                        ContentStore.add(connection, content.getKey(), content.getValue());
                    }
                });
                entities.persist(row);
                entries.accept(JournalAudit.entry(row.record()));
            }
            entities.flush();
            beside.run();
            return runs;
        });
    }

    @Transactional
    public Optional<RunRecord> find(UUID id) {
        return Optional.ofNullable(entities.find(RunEntry.class, id)).map(RunEntry::record);
    }

    /** A page of the runs that pass the filter. */
    @Transactional
    public RunPage list(RunFilter filter, RunOrder order, int offset, int limit) {
        String from = " from RunEntry r where " + filter.condition();
        long total = filter.bind(entities.createQuery("select count(r)" + from, Long.class))
                .getSingleResult();
        // Which they are is told by indexes; what they are by the wide rows of the page alone.
        List<UUID> page = filter.bind(
                        entities.createQuery("select r.id" + from + " order by " + order.clause(), UUID.class))
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
        return new RunPage(decided(summaries(page)), total);
    }

    private List<RunSummary> summaries(List<UUID> ids) {
        Map<UUID, RunSummary> found = entities.createQuery(
                        "select new io.baigong.journal.RunSummary(r.id, r.task, r.status, r.name, r.startedAt,"
                                + " r.durationMillis, r.confidence, r.stake, r.caller, 0L) from RunEntry r where r.id in :ids",
                        RunSummary.class)
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(RunSummary::id, run -> run));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** Says of each how much of it is decided: of the page alone, for a query would count for all that it leaves out too. */
    private List<RunSummary> decided(List<RunSummary> runs) {
        Map<UUID, Long> subjects = entities.createQuery(
                        "select d.run, count(distinct d.subject) from DecisionEntry d where d.run in :runs group by d.run",
                        Object[].class)
                .setParameter("runs", runs.stream().map(RunSummary::id).toList())
                .getResultStream()
                .collect(Collectors.toMap(row -> (UUID) row[0], row -> (Long) row[1]));
        return runs.stream()
                .map(run -> run.withDecided(subjects.getOrDefault(run.id(), 0L)))
                .toList();
    }

    /** Adds a decision on a run that exists. It and its entry in the audit log are on disk when this returns. */
    public Decision append(Decision decision) {
        return append(decision, null);
    }

    /**
     * As above, once: who repeats a request, since its answer was lost, is given what the first one made.
     *
     * @param key of the request, which the tenant uses for no other
     * @return the decision as it is kept
     * @throws KeyReusedException if a request that asked for something else had this key
     */
    public Decision append(Decision decision, @Nullable UUID key) {
        Decision kept = new DecisionEntry(decision).decision();
        return audit.inTransaction(entries -> {
            if (entities.unwrap(Session.class).doReturningWork(connection -> Decisions.insert(connection, kept, key))) {
                RunRecord run = entities.find(RunEntry.class, kept.run()).record();
                entries.accept(JournalAudit.entry(kept, run));
                return kept;
            }
            UUID first = entities.unwrap(Session.class)
                    .doReturningWork(connection -> repeated(connection, kept, Objects.requireNonNull(key)));
            return entities.find(DecisionEntry.class, first).decision();
        });
    }

    private static UUID repeated(Connection connection, Decision decision, UUID key) throws SQLException {
        UUID first = Decisions.same(connection, decision, key).orElseThrow(KeyReusedException::new);
        Repetition.mustBeAudited(connection, first);
        return first;
    }

    /** Tenants with runs that began before a moment. */
    @Transactional
    public List<String> tenantsBefore(Instant moment) {
        return entities.createQuery("select distinct r.tenant from RunEntry r where r.id < :first", String.class)
                .setParameter("first", firstId(moment))
                .getResultList();
    }

    /** The ids of a tenant's runs that began before a moment, oldest first; at most so many. */
    @Transactional
    public List<UUID> startedBefore(Instant moment, String tenant, int most) {
        return entities.createQuery(
                        "select r.id from RunEntry r where r.tenant = :tenant and r.id < :first order by r.id",
                        UUID.class)
                .setParameter("tenant", tenant)
                .setParameter("first", firstId(moment))
                .setMaxResults(most)
                .getResultList();
    }

    /** The least id that {@link #newId} may give at a moment (RFC 9562, section 5.7). */
    private static UUID firstId(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16 | 0x7000, 0x8000_0000_0000_0000L);
    }

    /**
     * Deletes a run of the actor's tenant for good: its texts, its decisions, and files that no other run has. Its entries in the
     * audit log stay, and a new one says that it was erased.
     *
     * @return whether there was such a run
     */
    public boolean erase(UUID run, Actor by, String reason) {
        // A tenant may add bytes of files, which are kept once for all, and not delete them.
        return Tenancy.platform()
                .call(() -> audit.inTransaction(entries -> {
                    boolean found = entities.unwrap(Session.class)
                            .doReturningWork(connection -> Erasure.erase(connection, run, by.tenant()));
                    if (found) {
                        entries.accept(AuditEntry.of(AuditKind.ERASURE, by, run.toString(), Map.of("reason", reason)));
                    }
                    return found;
                }));
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
        copy(attachment.sha256(), out);
    }

    /** Writes the bytes of that digest, if a run that may be seen has them. */
    @Transactional
    public void copy(String sha256, OutputStream out) {
        entities.unwrap(Session.class).doWork(connection -> ContentStore.copy(connection, sha256, out));
    }
}
