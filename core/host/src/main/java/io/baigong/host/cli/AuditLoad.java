package io.baigong.host.cli;

import io.baigong.journal.Actor;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.Outbox;
import io.baigong.journal.audit.Sequencer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** Many callers that write records, each in a transaction of its own, with or without an entry in the audit log. */
final class AuditLoad {
    /** Longest wait for an entry. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DataSource database;
    private final int callers;

    AuditLoad(DataSource database, int callers) {
        this.database = database;
        this.callers = callers;
    }

    /** Writes one record, which is durable when this returns. */
    @FunctionalInterface
    interface Writer {
        void write(DataSource database, long number) throws SQLException;
    }

    /** A plain row. */
    static void plain(DataSource database, long number) throws SQLException {
        try (Connection connection = database.getConnection()) {
            record(connection, number);
        }
    }

    /** An entry of the audit log alone. */
    static Writer entry(Outbox outbox, Sequencer sequencer) {
        return (database, number) -> audited(database, number, outbox, sequencer, (_, _) -> {});
    }

    /** A plain row with its entry in the audit log. */
    static Writer both(Outbox outbox, Sequencer sequencer) {
        return (database, number) -> audited(database, number, outbox, sequencer, AuditLoad::record);
    }

    /** What else a transaction does. */
    @FunctionalInterface
    private interface Beside {
        void write(Connection connection, long number) throws SQLException;
    }

    private static void record(Connection connection, long number) throws SQLException {
        try (var insert = connection.prepareStatement("insert into bench_record (id, entry, mac) values (?, ?, ?)")) {
            insert.setObject(1, UUID.randomUUID());
            insert.setString(2, "a record of about as many bytes as an entry has, " + "x".repeat(300) + number);
            insert.setBytes(3, new byte[32]);
            insert.executeUpdate();
        }
    }

    /** As the suite does it: the connection goes back before the wait. */
    private static void audited(DataSource database, long number, Outbox outbox, Sequencer sequencer, Beside beside)
            throws SQLException {
        try (Sequencer.Receipt receipt = sequencer.receipt()) {
            AuditEntry entry = entry(number);
            receipt.expect(entry.id());
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                beside.write(connection, number);
                outbox.add(connection, entry);
                connection.commit();
            }
            receipt.await(PATIENCE);
        }
    }

    static AuditEntry entry(long number) {
        return AuditEntry.of(
                AuditKind.RUN, Actor.of("bench"), "run " + number, Map.of("status", "ANSWERED", "task", "bench"));
    }

    /** Records per second while all callers write one after the other. */
    double perSecond(int seconds, Writer writer) throws InterruptedException {
        var written = new LongAdder();
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        inParallel(() -> {
            for (long number = 0; System.nanoTime() < end; number++) {
                writer.write(database, number);
                written.increment();
            }
        });
        return written.sum() / ((System.nanoTime() - begin) / 1e9);
    }

    /**
     * Milliseconds from when a record was due until it was written, sorted, at that many records due per second. A late caller
     * does not put off the next: waiting counts.
     */
    double[] latencies(int seconds, int perSecond, Writer writer) throws InterruptedException {
        double[] millis = new double[seconds * perSecond];
        var next = new AtomicInteger();
        long begin = System.nanoTime();
        inParallel(() -> {
            for (int number = next.getAndIncrement(); number < millis.length; number = next.getAndIncrement()) {
                long due = begin + number * 1_000_000_000L / perSecond;
                for (long rest = due - System.nanoTime(); rest > 0; rest = due - System.nanoTime()) {
                    LockSupport.parkNanos(rest);
                }
                writer.write(database, number);
                millis[number] = (System.nanoTime() - due) / 1e6;
            }
        });
        Arrays.sort(millis);
        return millis;
    }

    /** What each caller does. */
    @FunctionalInterface
    private interface Caller {
        void call() throws SQLException;
    }

    private void inParallel(Caller work) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = IntStream.range(0, callers)
                    .mapToObj(caller -> threads.submit(() -> {
                        work.call();
                        return caller;
                    }))
                    .toList();
            for (var each : all) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a record could not be written", e);
        }
    }
}
