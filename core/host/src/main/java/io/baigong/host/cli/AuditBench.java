package io.baigong.host.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.baigong.journal.audit.AuditKeys;
import io.baigong.journal.audit.DatabaseLog;
import io.baigong.journal.audit.LogVerifier;
import io.baigong.journal.audit.Outbox;
import io.baigong.journal.audit.Sequencer;
import io.baigong.journal.audit.StoredTree;
import io.baigong.journal.audit.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench audit}: what the audit log costs, and how it grows. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Audited appends per second against plain inserts of as many bytes, both durable; the latency that an entry adds to a"
                    + " record at a fixed rate; then, in a log that grows, entries verified per second and the time of an inclusion"
                    + " proof. In a PostgreSQL of its own. Rounds are interleaved; medians."
        })
final class AuditBench implements Callable<Integer> {
    private static final int PROOFS = 1_000;
    private static final int FILL = 2_000;

    /** As many as the suite has. */
    private static final int CONNECTIONS = 16;

    @Option(names = "--seconds", defaultValue = "5", description = "Of each measurement (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--callers", defaultValue = "64", description = "That append at once (default: ${DEFAULT-VALUE}).")
    private int callers;

    @Option(
            names = "--rate",
            defaultValue = "500",
            description = "Records a second where latency is measured (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--entries",
            defaultValue = "1000000",
            description = "To which the log grows, by steps of ten (default: ${DEFAULT-VALUE}).")
    private int entries;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON.")
    private @Nullable Path json;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    private final Map<String, Object> result = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        try (var suite = BenchSuite.create();
                var progress = new ProgressBar()) {
            progress.at(0, "starting PostgreSQL");
            suite.start(List.of("baigong.batches.workers=0"));
            AuditKeys keys = AuditKeys.in(suite.folder().resolve("keys"));
            var outbox = new Outbox(keys);
            try (AgroalDataSource database = database(suite.home())) {
                try (var sequencer = new Sequencer(database, keys, _ -> {})) {
                    load(new AuditLoad(database, callers), outbox, sequencer, progress);
                }
                grow(database, keys, outbox, progress);
            }
        }
        if (json != null) {
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), result);
        }
        return CommandLine.ExitCode.OK;
    }

    /** A database beside the suite's, with the same tables. */
    private static AgroalDataSource database(Path home) throws IOException, SQLException {
        try (Connection own = AuditDatabase.ownDatabase(home);
                var create = own.createStatement()) {
            create.execute("create database bench_audit");
            String url = own.getMetaData().getURL().replace("/postgres", "/bench_audit");
            String password = AuditDatabase.ownPassword(home);
            var database = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(CONNECTIONS)
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                                    .principal(new NamePrincipal("baigong"))
                                    .credential(new SimplePassword(password))
                                    .initialSql("set app.tenant = '*'; set app.tasks = '*'"))));
            Flyway.configure().dataSource(database).load().migrate();
            try (Connection connection = database.getConnection();
                    var table = connection.createStatement()) {
                table.execute(
                        "create table bench_record (id uuid primary key, entry text not null, mac bytea not null)");
            }
            return database;
        }
    }

    private void load(AuditLoad load, Outbox outbox, Sequencer sequencer, ProgressBar progress)
            throws InterruptedException {
        Map<String, List<Double>> measured = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            progress.at(0.4 * (round + 1) / (rounds + 1), round < 0 ? "warming up" : "round " + (round + 1));
            keep(measured, round, "plain", load.perSecond(seconds, AuditLoad::plain));
            keep(measured, round, "audited", load.perSecond(seconds, AuditLoad.entry(outbox, sequencer)));
            double[] without = load.latencies(seconds, rate, AuditLoad::plain);
            double[] with = load.latencies(seconds, rate, AuditLoad.both(outbox, sequencer));
            for (double share : new double[] {0.5, 0.99}) {
                keep(measured, round, "without " + share, quantile(without, share));
                keep(measured, round, "with " + share, quantile(with, share));
            }
        }
        Map<String, Double> median = new LinkedHashMap<>();
        measured.forEach((name, values) -> median.put(
                name,
                PassagesBench.median(
                        values.stream().mapToDouble(Double::doubleValue).toArray())));
        result.put("callers", callers);
        result.put("rate", rate);
        result.put("medians", median);
        print(String.format(Locale.ROOT, "audited appends            %9.0f/s", at(median, "audited")));
        print(String.format(
                Locale.ROOT,
                "plain inserts              %9.0f/s, ratio %.2f",
                at(median, "plain"),
                at(median, "audited") / at(median, "plain")));
        for (double share : new double[] {0.5, 0.99}) {
            double with = at(median, "with " + share);
            double without = at(median, "without " + share);
            print(String.format(
                    Locale.ROOT,
                    "p%.0f at %d records/s       %9.2f ms audited, %.2f ms plain, added %.2f ms",
                    100 * share,
                    rate,
                    with,
                    without,
                    with - without));
        }
    }

    private static double at(Map<String, Double> medians, String name) {
        return medians.getOrDefault(name, Double.NaN);
    }

    private static void keep(Map<String, List<Double>> measured, int round, String name, double value) {
        if (round >= 0) {
            measured.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }

    private void grow(DataSource database, AuditKeys keys, Outbox outbox, ProgressBar progress) throws Exception {
        List<Map<String, Object>> sizes = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            long size = size(connection);
            for (long goal = 10_000; goal <= entries; goal *= 10) {
                if (goal < size) {
                    continue;
                }
                try (var sequencer = new Sequencer(database, keys, _ -> {})) {
                    for (; size < goal; size += FILL) {
                        fill(connection, outbox, sequencer, (int) Math.min(FILL, goal - size));
                        progress.at(0.4 + 0.6 * size / entries, size + " entries");
                    }
                }
                try (var analyse = connection.createStatement()) {
                    analyse.execute("analyze audit_entry");
                }
                connection.commit();
                sizes.add(measure(connection, keys));
                size = size(connection);
            }
        }
        result.put("log", sizes);
    }

    private static void fill(Connection connection, Outbox outbox, Sequencer sequencer, int count) throws SQLException {
        try (Sequencer.Receipt receipt = sequencer.receipt()) {
            for (int i = 0; i < count; i++) {
                var entry = AuditLoad.entry(i);
                receipt.expect(entry.id());
                outbox.add(connection, entry);
            }
            connection.commit();
            receipt.await(AuditLoad.PATIENCE);
        }
    }

    private static long size(Connection connection) throws IOException {
        try (var log = DatabaseLog.of(connection)) {
            return log.size();
        }
    }

    private Map<String, Object> measure(Connection connection, AuditKeys keys) throws IOException, SQLException {
        long begin = System.nanoTime();
        Verification verification;
        try (var log = DatabaseLog.of(connection)) {
            verification = LogVerifier.verify(log, keys.verifier(), List.of(), _ -> {});
        }
        if (!verification.ok()) {
            throw new IOException("the log does not verify: " + verification.tampering());
        }
        double perSecond = verification.entries() / ((System.nanoTime() - begin) / 1e9);
        double[] proofs = new double[PROOFS];
        var random = new Random(1);
        for (int i = 0; i < PROOFS; i++) {
            long index = random.nextLong(verification.entries());
            long from = System.nanoTime();
            int length = new StoredTree(connection)
                    .inclusion(index, verification.entries())
                    .size();
            proofs[i] = (System.nanoTime() - from) / 1e6;
            if (length == 0) {
                throw new IOException("the proof of entry " + index + " is empty");
            }
        }
        connection.commit();
        Arrays.sort(proofs);
        print(String.format(
                Locale.ROOT,
                "log of %,d entries: verified %,.0f/s; inclusion proof p50 %.2f ms, p99 %.2f ms",
                verification.entries(),
                perSecond,
                quantile(proofs, 0.5),
                quantile(proofs, 0.99)));
        return Map.of(
                "entries", verification.entries(),
                "verified_per_second", perSecond,
                "proof_p50_ms", quantile(proofs, 0.5),
                "proof_p99_ms", quantile(proofs, 0.99));
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
