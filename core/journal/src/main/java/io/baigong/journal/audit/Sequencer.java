package io.baigong.journal.audit;

import io.baigong.journal.Tenancy;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives waiting entries their numbers: many in one transaction, which makes them and the transactions that brought them durable
 * (group commit). Of all instances on a database one does so, by an advisory lock; the others wait for it, and take over when
 * it is gone. Thread-safe; has one thread of its own.
 */
public final class Sequencer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sequencer.class.getName());

    /** Of PostgreSQL's advisory locks, the one that says who numbers entries: "baigongA" in ASCII. */
    private static final long LOCK = 0x626169676f6e6741L;

    private static final int BATCH = 2_000;
    private static final long BUSY_MILLIS = 5;
    private static final long IDLE_MILLIS = 100;
    private static final long FOLLOW_MILLIS = 10;
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long RETRY_MILLIS = 250;
    private static final long STOP_MILLIS = 5_000;

    private final DataSource database;
    private final AuditKeys keys;
    private final Outbox outbox;
    private final Consumer<String> heads;
    private final Map<UUID, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
    private final Semaphore work = new Semaphore(0);
    private final Thread thread;
    private volatile @Nullable AuditUnavailable broken;
    private volatile boolean closed;

    /**
     * Starts.
     *
     * @param heads is told the newest signed head again and again
     */
    public Sequencer(DataSource database, AuditKeys keys, Consumer<String> heads) {
        this.database = database;
        this.keys = keys;
        this.heads = heads;
        outbox = new Outbox(keys);
        thread = Thread.ofPlatform()
                .name("audit-sequencer")
                .daemon()
                .start(() -> Tenancy.platform().run(this::run));
    }

    /** Entries of one caller that are not durable yet. */
    public final class Receipt implements AutoCloseable {
        private final Map<UUID, CompletableFuture<Void>> entries = new ConcurrentHashMap<>();

        private Receipt() {}

        /** To be called before the entry's transaction is committed. */
        public void expect(UUID entry) {
            entries.put(entry, waiting.computeIfAbsent(entry, _ -> new CompletableFuture<>()));
        }

        /**
         * Waits until all are durable. To be called after the commit.
         *
         * @throws AuditUnavailable if they do not become so in that time
         */
        public void await(Duration patience) {
            if (entries.isEmpty()) {
                return;
            }
            work.release();
            try {
                CompletableFuture.allOf(entries.values().toArray(CompletableFuture[]::new))
                        .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                AuditUnavailable known = broken;
                throw known != null
                        ? known
                        : new AuditUnavailable(
                                "the audit log could not be written within " + patience.toSeconds() + " s");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AuditUnavailable("the suite is shutting down");
            }
        }

        /** Waits no longer. */
        @Override
        public void close() {
            entries.forEach(waiting::remove);
        }
    }

    /** For entries that are about to be added. */
    public Receipt receipt() {
        AuditUnavailable known = broken;
        if (known != null) {
            throw known;
        }
        return new Receipt();
    }

    private void run() {
        while (!closed) {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    if (locked(connection)) {
                        lead(connection);
                    } else {
                        follow(connection);
                    }
                } finally {
                    leave(connection);
                }
            } catch (SQLException e) {
                if (!closed) {
                    LOG.log(Level.WARNING, "entries of the audit log wait to be written: " + e.getMessage());
                    pause(RETRY_MILLIS);
                }
            } catch (AuditUnavailable e) {
                if (broken == null) {
                    LOG.log(Level.ERROR, e.getMessage());
                }
                broken = e;
                pause(1_000);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "entries of the audit log can't be written", e);
                pause(RETRY_MILLIS);
            }
        }
    }

    private static void leave(Connection connection) throws SQLException {
        connection.rollback();
        try (var unlock = connection.createStatement()) {
            unlock.execute("select pg_advisory_unlock_all()");
        }
        connection.commit();
    }

    private static boolean locked(Connection connection) throws SQLException {
        try (var lock = connection.createStatement();
                var row = lock.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
            row.next();
            boolean got = row.getBoolean(1);
            connection.commit();
            return got;
        }
    }

    private void lead(Connection connection) throws SQLException, InterruptedException {
        LogTail tail = LogTail.of(connection, keys);
        connection.commit();
        broken = null;
        long taken = 0;
        long swept = System.nanoTime() - SWEEP_NANOS;
        long pause = BUSY_MILLIS;
        while (!closed) {
            work.drainPermits();
            // Rows of transactions that were slow to commit come before those already taken; only a sweep from the
            // start sees them.
            boolean sweep = System.nanoTime() - swept > SWEEP_NANOS;
            List<Outbox.Pending> batch = outbox.take(connection, sweep ? 0 : taken - BATCH, BATCH);
            swept = sweep ? System.nanoTime() : swept;
            if (batch.isEmpty()) {
                connection.rollback();
                heads.accept(tail.head());
                // Other instances' entries wake nobody here: look for them often while there are some.
                work.tryAcquire(pause, TimeUnit.MILLISECONDS);
                pause = Math.min(2 * pause, IDLE_MILLIS);
                continue;
            }
            pause = BUSY_MILLIS;
            taken = Math.max(taken, batch.getLast().position());
            List<Outbox.Pending> ours = genuine(connection, batch);
            if (!ours.isEmpty()) {
                tail.add(connection, ours);
            }
            connection.commit();
            ours.forEach(pending -> durable(pending.id()));
            heads.accept(tail.head());
        }
    }

    private void durable(UUID entry) {
        CompletableFuture<Void> future = waiting.remove(entry);
        if (future != null) {
            future.complete(null);
        }
    }

    /** Without rows that others planted, and without repetitions of rows that are in the log already. */
    private List<Outbox.Pending> genuine(Connection connection, List<Outbox.Pending> batch) throws SQLException {
        Set<UUID> seen = new HashSet<>();
        List<Outbox.Pending> genuine = new ArrayList<>(batch.size());
        for (Outbox.Pending pending : batch) {
            if (pending.genuine() && !pending.logged() && seen.add(pending.id())) {
                genuine.add(pending);
            } else {
                LOG.log(
                        Level.ERROR,
                        "a row that is not ours was planted in audit_pending, with the id " + pending.id()
                                + "; it is in audit_planted, and not in the log");
                try (var keep = connection.prepareStatement(
                        "insert into audit_planted (position, id, entry, mac) values (?, ?, ?, ?) on conflict do nothing")) {
                    keep.setLong(1, pending.position());
                    keep.setObject(2, pending.id());
                    keep.setString(3, pending.entry());
                    keep.setBytes(4, HexFormat.of().parseHex(pending.mac()));
                    keep.executeUpdate();
                }
            }
        }
        return genuine;
    }

    private static Set<UUID> known(Connection connection, List<UUID> ids) throws SQLException {
        Set<UUID> known = new HashSet<>();
        try (var query = connection.prepareStatement("select id from audit_entry where id = any (?)")) {
            query.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    known.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return known;
    }

    /** Another instance numbers; this one looks whether its entries are done. */
    private void follow(Connection connection) throws SQLException, InterruptedException {
        broken = null;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (!closed && System.nanoTime() < end) {
            List<UUID> entries = List.copyOf(waiting.keySet());
            if (!entries.isEmpty()) {
                known(connection, entries).forEach(this::durable);
                connection.rollback();
            }
            work.drainPermits();
            work.tryAcquire(entries.isEmpty() ? IDLE_MILLIS : FOLLOW_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends after the transaction in progress; what still waits is numbered by whoever comes next. */
    @Override
    public void close() {
        closed = true;
        work.release();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
