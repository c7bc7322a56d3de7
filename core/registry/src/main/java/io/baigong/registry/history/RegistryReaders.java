package io.baigong.registry.history;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.function.Predicate;

/**
 * Tells readers of events what they have not been told yet, each event of a role after the one before it. A reader of whom nothing is
 * known is told of what comes from now on. Thread-safe, also between replicas: one at a time reads for a reader.
 */
@ApplicationScoped
public class RegistryReaders {
    /** Where a reader began, for roles that it was told nothing of. */
    private static final String START = "";

    private final EntityManager entities;

    public RegistryReaders(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Tells a reader of the next event. One that died in between is told again.
     *
     * @param told takes the event; false if it is to be told again
     * @return whether one was told, and there may be more
     */
    public boolean tellNext(String reader, Predicate<RegistryEntry> told) {
        return QuarkusTransaction.requiringNew().timeout(60).call(() -> isFree(reader) && next(reader, told));
    }

    private boolean isFree(String reader) {
        return (boolean) entities.createNativeQuery(
                        "select pg_try_advisory_xact_lock(hashtextextended(:reader, 37))", Boolean.class)
                .setParameter("reader", reader)
                .getSingleResult();
    }

    private boolean next(String reader, Predicate<RegistryEntry> told) {
        entities.createNativeQuery("""
                        insert into registry_reader (reader, role, seq)
                        select :reader, :start, coalesce(max(seq), 0) from registry_entry
                        on conflict do nothing
                        """)
                .setParameter("reader", reader)
                .setParameter("start", START)
                .executeUpdate();
        var found = entities.createNativeQuery("""
                        select e.* from registry_entry e
                        join registry_reader began on began.reader = :reader and began.role = :start
                        left join registry_reader r on r.reader = :reader and r.role = e.role
                        where e.seq > greatest(began.seq, r.seq)
                        order by e.seq limit 1
                        """, RegistryRow.class)
                .setParameter("reader", reader)
                .setParameter("start", START)
                .getResultList();
        if (found.isEmpty() || !(found.getFirst() instanceof RegistryRow row) || !told.test(row.entry())) {
            return false;
        }
        entities.createNativeQuery("""
                        insert into registry_reader (reader, role, seq) values (:reader, :role, :seq)
                        on conflict (reader, role) do update set seq = excluded.seq
                        """)
                .setParameter("reader", reader)
                .setParameter("role", row.role)
                .setParameter("seq", row.seq)
                .executeUpdate();
        return true;
    }
}
