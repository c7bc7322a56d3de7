package io.baigong.host.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.journal.Actor;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKeys;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.DatabaseLog;
import io.baigong.journal.audit.ExportedLog;
import io.baigong.journal.audit.LogExport;
import io.baigong.journal.audit.LogSource;
import io.baigong.journal.audit.LogVerifier;
import io.baigong.journal.audit.Outbox;
import io.baigong.journal.audit.Sequencer;
import io.baigong.journal.audit.StoredTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench audit}: what the audit log costs, and what proving it takes. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description =
                "Audited appends per second against plain INSERTs that are as durable, on the suite's own PostgreSQL;"
                        + " their latency at a steady rate; verification and proofs. Rounds are interleaved; medians.")
final class AuditBench implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(names = "--seconds", defaultValue = "8", description = "Of each measurement (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--callers",
            defaultValue = "24",
            description = "Who append at the same time (default: ${DEFAULT-VALUE}).")
    private int callers;

    @Option(
            names = "--rate",
            defaultValue = "500",
            description = "Appends a second for latency (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--sizes",
            split = ",",
            defaultValue = "100000,1000000",
            description = "Sizes of the log at which proofs and verification are timed (default: ${DEFAULT-VALUE}).")
    private List<Long> sizes = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON.")
    private @Nullable Path json;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    private final Map<String, Double> result = new LinkedHashMap<>();

    /** One append, durable when it returns. */
    @FunctionalInterface
    private interface Append {
        void append(Connection connection, int number) throws SQLException;
    }

    @Override
    public Integer call() throws Exception {
        try (var suite = BenchSuite.start();
                var progress = new ProgressBar()) {
            DataSource database = database(suite.home());
            var keys = AuditKeys.in(suite.home().resolve("bench"));
            try (var sequencer = new Sequencer(database, keys, _ -> {})) {
                var outbox = new Outbox(keys);
                Append plain = (connection, number) -> plain(connection);
                Append audited = (connection, number) -> audited(connection, sequencer, outbox, number);
                appends(database, plain, audited, progress);
                latency(database, plain, audited, progress);
                proofs(suite.home(), database, keys, outbox, progress);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        result.forEach((name, value) -> out.println(String.format(Locale.ROOT, "%-62s %,12.3f", name, value)));
        out.flush();
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), result);
        }
        return CommandLine.ExitCode.OK;
    }

    private static DataSource database(Path home) throws IOException, SQLException {
        String url;
        try (Connection connection = AuditDatabase.ownDatabase(home);
                var statement = connection.createStatement()) {
            statement.execute("create database audit_bench");
            url = connection.getMetaData().getURL().replaceFirst("/postgres(?=\\?|$)", "/audit_bench");
        }
        var database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setUser("baigong");
        database.setPassword(Files.readString(home.resolve("postgres.secret")).strip());
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table plain (id uuid primary key, entry text not null)");
        }
        return database;
    }

    private static AuditEntry entry(int number) {
        return AuditEntry.of(
                AuditKind.RUN,
                Actor.of("analyst"),
                UUID.randomUUID().toString(),
                Map.of("status", "ANSWERED", "number", String.valueOf(number), "filler", "x".repeat(200)));
    }

    private static void plain(Connection connection) throws SQLException {
        try (var insert = connection.prepareStatement("insert into plain (id, entry) values (?, ?)")) {
            AuditEntry entry = entry(0);
            insert.setObject(1, entry.id());
            insert.setString(2, entry.toString());
            insert.executeUpdate();
        }
    }

    private static void audited(Connection connection, Sequencer sequencer, Outbox outbox, int number)
            throws SQLException {
        AuditEntry entry = entry(number);
        try (var receipt = sequencer.receipt()) {
            receipt.expect(entry.id());
            outbox.add(connection, entry);
            receipt.await(PATIENCE);
        }
    }

    private void appends(DataSource database, Append plain, Append audited, ProgressBar progress) throws Exception {
        List<Double> inserts = new ArrayList<>();
        List<Double> appends = new ArrayList<>();
        for (int round = -1; round < rounds; round++) {
            progress.at((round + 1.0) / (rounds + 1), round < 0 ? "warming up" : "appends, round " + (round + 1));
            double insert = perSecond(database, plain);
            double append = perSecond(database, audited);
            if (round >= 0) {
                inserts.add(insert);
                appends.add(append);
            }
        }
        result.put("plain INSERTs a second, " + callers + " callers", median(inserts));
        result.put("audited appends a second, " + callers + " callers", median(appends));
        result.put("audited of plain", median(appends) / median(inserts));
    }

    private double perSecond(DataSource database, Append append) throws Exception {
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        long done = 0;
        try (var threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                counts.add(threads.submit(() -> {
                    long count = 0;
                    try (Connection connection = database.getConnection()) {
                        while (System.nanoTime() < end) {
                            append.append(connection, (int) count++);
                        }
                    }
                    return count;
                }));
            }
            for (Future<Long> count : counts) {
                done += count.get();
            }
        }
        return done / ((System.nanoTime() - begin) / 1e9);
    }

    private void latency(DataSource database, Append plain, Append audited, ProgressBar progress) throws Exception {
        double[] before = new double[2];
        for (String side : List.of("plain INSERT", "audited append")) {
            progress.at(0, "latency of a " + side);
            boolean first = side.startsWith("plain");
            double[] millis = steady(database, first ? plain : audited);
            String name = side + " at " + rate + "/s, ";
            double p50 = millis[millis.length / 2];
            double p99 = millis[(int) (millis.length * 0.99)];
            result.put(name + "p50 ms", p50);
            result.put(name + "p99 ms", p99);
            if (first) {
                before = new double[] {p50, p99};
            } else {
                result.put("added p50 ms", p50 - before[0]);
                result.put("added p99 ms", p99 - before[1]);
            }
        }
    }

    /** Calls are due at fixed times, and their wait for a free caller counts. Sorted. */
    private double[] steady(DataSource database, Append append) throws Exception {
        var millis = new ConcurrentLinkedQueue<Double>();
        long begin = System.nanoTime();
        int calls = rate * seconds;
        try (var threads = Executors.newFixedThreadPool(callers)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                int first = caller;
                ends.add(threads.submit(() -> {
                    try (Connection connection = database.getConnection()) {
                        for (int call = first; call < calls; call += callers) {
                            long due = begin + call * 1_000_000_000L / rate;
                            LockSupport.parkNanos(due - System.nanoTime());
                            append.append(connection, call);
                            millis.add((System.nanoTime() - Math.max(due, begin)) / 1e6);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        }
        double[] sorted =
                millis.stream().skip(rate).mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private void proofs(Path home, DataSource database, AuditKeys keys, Outbox outbox, ProgressBar progress)
            throws Exception {
        for (long size : sizes) {
            fill(database, outbox, size, progress);
            progress.at(1, "proofs in " + size + " entries");
            String name = String.format(Locale.ROOT, "%,d entries: ", size);
            double[] millis = new double[1_000];
            try (Connection connection = database.getConnection()) {
                long entries = count(connection);
                var random = new Random(1);
                for (int i = 0; i < millis.length; i++) {
                    long begin = System.nanoTime();
                    new StoredTree(connection).inclusion(random.nextLong(entries), entries);
                    millis[i] = (System.nanoTime() - begin) / 1e6;
                }
                Arrays.sort(millis);
                result.put(name + "inclusion proof, p50 ms", millis[500]);
                result.put(name + "inclusion proof, p99 ms", millis[990]);
            }
            Path export = home.resolve("export-" + size);
            try (Connection connection = database.getConnection();
                    var log = DatabaseLog.of(connection)) {
                LogExport.to(log, keys.verifier(), export, _ -> {});
            }
            try (var log = ExportedLog.open(export)) {
                result.put(name + "verified of an export, entries a second", verified(log, keys));
            }
            try (Connection connection = database.getConnection();
                    var log = DatabaseLog.of(connection)) {
                result.put(name + "verified in the database, entries a second", verified(log, keys));
            }
        }
    }

    private static double verified(LogSource log, AuditKeys keys) throws IOException {
        long begin = System.nanoTime();
        var verification = LogVerifier.verify(log, keys.verifier(), List.of(), _ -> {});
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (!verification.ok()) {
            throw new Baigong.Failure("the log is not what was signed: " + verification);
        }
        return verification.entries() / seconds;
    }

    private static void fill(DataSource database, Outbox outbox, long size, ProgressBar progress)
            throws SQLException, InterruptedException {
        try (Connection connection = database.getConnection()) {
            long entries = count(connection);
            long wanted = size - entries;
            connection.setAutoCommit(false);
            for (long i = 0; i < wanted; i++) {
                outbox.add(connection, entry((int) i));
                if (i % 1_000 == 0) {
                    connection.commit();
                    progress.at((double) i / wanted, "filling the log to " + size + " entries");
                }
            }
            connection.commit();
            connection.setAutoCommit(true);
            while (count(connection) < size) {
                Thread.sleep(100);
            }
        }
    }

    private static long count(Connection connection) throws SQLException {
        try (var query = connection.createStatement();
                var row = query.executeQuery("select size from audit_head")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static double median(List<Double> values) {
        return PassagesBench.median(
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
