package io.baigong.registry.history;

import io.baigong.journal.Actor;
import io.baigong.journal.audit.AuditLog;
import io.baigong.registry.artifact.Artifact;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The histories of all roles, in the database. Thread-safe; each call is one transaction, and what it wrote is on disk when it
 * returns. Events of one role are decided one after another, also between replicas.
 */
@ApplicationScoped
public class ModelHistories {
    private final EntityManager entities;
    private final AuditLog audit;

    public ModelHistories(EntityManager entities, AuditLog audit) {
        this.entities = entities;
        this.audit = audit;
    }

    @Transactional
    public ModelHistory of(String role) {
        return read(role);
    }

    /**
     * Adds what follows from the history as it is now, and tells the audit log. Throws what {@code next} throws; then nothing is
     * added.
     */
    public RegistryEntry append(String role, Actor by, Function<ModelHistory, RegistryEvent> next) {
        return audit.inTransaction(entries -> {
            entities.createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:role, 9))", Integer.class)
                    .setParameter("role", role)
                    .getSingleResult();
            RegistryEvent event = next.apply(read(role));
            var row = new RegistryRow(role, event, by);
            entities.persist(row);
            if (event instanceof RegistryEvent.Evaluated evaluated) {
                evaluated.metrics().forEach((name, metric) -> {
                    if (!metric.draws().isEmpty()) {
                        entities.persist(new DrawsRow(row.id, name, metric.draws()));
                    }
                });
            }
            entries.accept(RegistryAudit.entry(row.entry()));
            return row.entry();
        });
    }

    /** Grows with every event; equal as long as nothing happened. */
    @Transactional
    public long last() {
        return entities.createQuery("select coalesce(max(r.seq), 0) from RegistryRow r", Long.class)
                .getSingleResult();
    }

    /** By role, where not only what ships serves. */
    @Transactional
    public Map<String, ModelHistory> serving() {
        Map<String, ModelHistory> serving = all();
        serving.values().removeIf(history -> history.shares().equals(Share.whole(ModelHistory.SHIPPED)));
        return serving;
    }

    /** By role, where something happened. */
    @Transactional
    public Map<String, ModelHistory> all() {
        return entities
                .createQuery("from RegistryRow r order by r.seq", RegistryRow.class)
                .getResultStream()
                .map(RegistryRow::entry)
                .collect(Collectors.groupingBy(RegistryEntry::role))
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> new ModelHistory(one.getValue()), (one, _) -> one, HashMap::new));
    }

    /** What the bootstrap drew in an evaluation, by metric; entries hold metrics without it. */
    @Transactional
    public Map<String, List<Double>> draws(UUID evaluation) {
        return entities.createQuery("from DrawsRow d where d.entry = :entry", DrawsRow.class)
                .setParameter("entry", evaluation)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.metric, DrawsRow::values));
    }

    /** SHA-256 of all files that versions name, whatever their state. */
    @Transactional
    public Set<String> files() {
        return entities.createQuery("from RegistryRow r where r.type = 'registered'", RegistryRow.class)
                .getResultStream()
                .map(row -> row.entry().event())
                .filter(RegistryEvent.Registered.class::isInstance)
                .flatMap(event -> ((RegistryEvent.Registered) event).artifact().files().values().stream())
                .map(Artifact.Part::sha256)
                .collect(Collectors.toSet());
    }

    private ModelHistory read(String role) {
        List<RegistryEntry> entries = entities.createQuery(
                        "from RegistryRow r where r.role = :role order by r.seq", RegistryRow.class)
                .setParameter("role", role)
                .getResultStream()
                .map(RegistryRow::entry)
                .toList();
        return new ModelHistory(entries);
    }
}
