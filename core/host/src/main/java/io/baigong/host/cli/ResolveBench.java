package io.baigong.host.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.gateway.Gateway;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.PlatformJson;
import io.baigong.registry.ModelLocation;
import io.baigong.registry.ModelShares;
import io.baigong.registry.Registry;
import io.baigong.registry.RunKey;
import io.baigong.spi.ModelRole;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench resolve}: from a role to the version that serves, in memory and by asking the database. */
@Command(
        name = "resolve",
        mixinStandardHelpOptions = true,
        description =
                "Time from a role to the version that a run has, by the code that each run calls, while two versions share the role; to the"
                        + " open model; and the same question asked of the suite's database each time, with one prepared statement. Medians of"
                        + " the rounds. Starts a suite of its own for its database.")
final class ResolveBench implements Callable<Integer> {
    private static final int KEYS = 4_096;
    private static final int CALLS = 2_000_000;
    private static final int OPENED = 200_000;
    private static final int LOOKUPS = 2_000;

    /** What serves, by the last change: two look-ups by index. */
    private static final String LOOKUP = """
            select r.event ->> 'sha256' from registry_entry p
            join registry_entry r on r.role = p.role and r.type = 'registered' and (r.event ->> 'number')::int = (p.event ->> 'number')::int
            where p.role = ? and p.type in ('promoted', 'rolled-back') order by p.seq desc limit 1
            """;

    @Option(names = "--rounds", defaultValue = "5", description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Mixin
    private final JsonOption json = new JsonOption();

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    private long effect;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rounds < 1) {
            throw new WrongUsage("--rounds is at least 1");
        }
        var platform = new Platform();
        Registry registry = platform.registry(null);
        ModelRole role = registry.roles().stream()
                .filter(one -> one.kind() == ModelRole.Kind.PREDICTION
                        && registry.unpromoted(one.name()) instanceof ModelLocation.Shipped)
                .min(Comparator.comparing(ModelRole::name))
                .orElseThrow(() -> new Failure("no vertical ships a model of this kind"));
        double[][] nanos = new double[3][rounds];
        try (var suite = BenchSuite.create();
                var models = new LooseModels();
                Gateway gateway = platform.gateway(registry);
                var progress = new ProgressBar()) {
            progress.at(0, "starting PostgreSQL");
            suite.start(List.of("baigong.batches.workers=0"));
            ModelLocation registered = new ModelLocation.Registered(models.store(), models.usual(role));
            registry.promote(Map.of(
                    role.name(),
                    new ModelShares(List.of(
                            new ModelShares.Part(registered, 90),
                            new ModelShares.Part(registry.unpromoted(role.name()), 10)))));
            gateway.warm(role);
            try (Connection database = AuditDatabase.ownDatabase(suite.home())) {
                promote(database, role.name());
                for (int round = -1; round < rounds; round++) {
                    progress.at((round + 1.0) / (rounds + 1), round < 0 ? "warming up" : "round " + (round + 1));
                    double[] found = {located(registry, role), opened(gateway, role), asked(database, role.name())};
                    for (int i = 0; round >= 0 && i < found.length; i++) {
                        nanos[i][round] = found[i];
                    }
                }
            }
        } catch (SQLException e) {
            throw new Failure("the suite's database does not do it: " + e.getMessage(), e);
        }
        print(role, nanos);
        return CommandLine.ExitCode.OK;
    }

    /** Ten versions, of which the last was promoted: as much as a role that is in use has. */
    private static void promote(Connection database, String role) throws SQLException {
        try (PreparedStatement row = database.prepareStatement("""
                insert into registry_entry (id, role, type, event, by_tenant, by_name, at)
                values (?, ?, ?, ?::jsonb, 'bench', 'bench', now())
                """)) {
            for (int number = 1; number <= 10; number++) {
                add(row, role, "registered", "{\"number\": %d, \"sha256\": \"%064d\"}".formatted(number, number));
                add(row, role, "promoted", "{\"number\": %d, \"reason\": \"bench\"}".formatted(number));
            }
        }
    }

    private static void add(PreparedStatement row, String role, String type, String event) throws SQLException {
        row.setObject(1, UUID.randomUUID());
        row.setString(2, role);
        row.setString(3, type);
        row.setString(4, event);
        row.executeUpdate();
    }

    private double located(Registry registry, ModelRole role) {
        RunKey[] keys = IntStream.range(0, KEYS)
                .mapToObj(i -> RunKey.of(new UUID(0x7000, i)))
                .toArray(RunKey[]::new);
        long begin = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            effect += System.identityHashCode(registry.locate(role.name(), role.kind(), keys[i & (KEYS - 1)]));
        }
        return (System.nanoTime() - begin) / (double) CALLS;
    }

    private double opened(Gateway gateway, ModelRole role) {
        long begin = System.nanoTime();
        for (int i = 0; i < OPENED; i++) {
            effect += gateway.version(role).orElseThrow().sha256().length();
        }
        return (System.nanoTime() - begin) / (double) OPENED;
    }

    private double asked(Connection database, String role) throws SQLException {
        long begin = System.nanoTime();
        try (PreparedStatement lookup = database.prepareStatement(LOOKUP)) {
            for (int i = 0; i < LOOKUPS; i++) {
                lookup.setString(1, role);
                try (ResultSet rows = lookup.executeQuery()) {
                    rows.next();
                    effect += rows.getString(1).length();
                }
            }
        }
        return (System.nanoTime() - begin) / (double) LOOKUPS;
    }

    private void print(ModelRole role, double[][] nanos) throws IOException {
        double located = PassagesBench.median(nanos[0]);
        double opened = PassagesBench.median(nanos[1]);
        double asked = PassagesBench.median(nanos[2]);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (!json.takesTerminal()) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(String.format(
                    Locale.ROOT,
                    "%s, %d rounds, %d processors, load average %.1f",
                    role.name(),
                    rounds,
                    Runtime.getRuntime().availableProcessors(),
                    load));
            out.println(String.format(Locale.ROOT, "role to version, in memory    %12.0f ns", located));
            out.println(String.format(Locale.ROOT, "role to open model, in memory %12.0f ns", opened));
            out.println(String.format(
                    Locale.ROOT, "role to version, by database  %12.0f ns  %.0f x", asked, asked / located));
            out.flush();
        }
        ObjectNode result = PlatformJson.mapper()
                .createObjectNode()
                .put("role", role.name())
                .put("rounds", rounds)
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("load_average", load)
                .put("located_ns", located)
                .put("opened_ns", opened)
                .put("database_ns", asked)
                .put("ratio", asked / located)
                .put("effect", effect); // so that no call is left out for having none
        json.write(() -> result);
    }
}
