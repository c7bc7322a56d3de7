package io.baigong.journal.audit;

import io.agroal.api.AgroalDataSource;
import io.baigong.journal.audit.witness.FileWitness;
import io.baigong.journal.audit.witness.ObjectStoreWitness;
import io.baigong.journal.audit.witness.SyslogWitness;
import io.baigong.journal.audit.witness.Witness;
import io.baigong.journal.audit.witness.Witnesses;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;

/**
 * The audit log of the running suite. Thread-safe.
 *
 * <p>What returned from here is durable, together with what its transaction did. Throws {@link AuditUnavailable} where the log
 * can't be written; then nobody may be told that it was done.
 */
@ApplicationScoped
public class AuditLog {
    private static final Duration SIX_MONTHS = Duration.ofDays(183);

    private final EntityManager entities;
    private final Duration patience;
    private final AuditKeys keys;
    private final Outbox outbox;
    private final Witnesses witnesses;
    private final Sequencer sequencer;

    public AuditLog(AgroalDataSource database, EntityManager entities, AuditConfig config) {
        this.entities = entities;
        this.patience = config.patience();
        refuseShort(config.retention());
        try {
            keys = AuditKeys.in(config.folder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        outbox = new Outbox(keys);
        witnesses = witnesses(config.witness());
        sequencer = new Sequencer(database, keys, witnesses);
    }

    static void refuseShort(Duration retention) {
        if (retention.compareTo(SIX_MONTHS) < 0) {
            throw new IllegalArgumentException(
                    "baigong.audit.retention is at least 183 days, six months (EU AI Act, Art. 19), not "
                            + retention.toDays());
        }
    }

    private static Witnesses witnesses(AuditConfig.Witnesses config) {
        List<Witness> all = new ArrayList<>();
        all.add(new FileWitness(config.file()));
        config.syslog().map(SyslogWitness::at).ifPresent(all::add);
        config.objectStore()
                .bucket()
                .map(bucket -> new ObjectStoreWitness(bucket, config.objectStore()))
                .ifPresent(all::add);
        return new Witnesses(all, config.interval());
    }

    /** So that entries which an earlier start left are numbered, whether or not new ones come. */
    void start(@Observes StartupEvent started) {
        // Being called has made this bean, and so started its sequencer.
    }

    /** While there is still a database. */
    void stop(@Observes ShutdownEvent stopped) {
        sequencer.close();
        witnesses.close();
    }

    /** The log's public key. */
    public VerifierKey verifier() {
        return keys.verifier();
    }

    /** Adds an entry of its own. */
    public void append(AuditEntry entry) {
        inTransaction(entries -> {
            entries.accept(entry);
            return entry;
        });
    }

    /**
     * Does something in a transaction of its own, with the entries that tell of it.
     *
     * @param work is given what takes the entries
     */
    public <T> T inTransaction(Function<Consumer<AuditEntry>, T> work) {
        try (Sequencer.Receipt receipt = sequencer.receipt()) {
            T done = QuarkusTransaction.requiringNew()
                    .call(() -> work.apply(entry -> {
                        receipt.expect(entry.id());
                        entities.unwrap(Session.class).doWork(connection -> outbox.add(connection, entry));
                    }));
            receipt.await(patience);
            return done;
        }
    }
}
