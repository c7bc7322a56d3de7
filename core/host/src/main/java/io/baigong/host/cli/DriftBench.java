package io.baigong.host.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.cli.DriftStream.Drift;
import io.baigong.host.cli.DriftStream.Traffic;
import io.baigong.host.decay.DecayConfig;
import io.baigong.host.decay.Measure;
import io.baigong.host.run.PlatformJson;
import io.baigong.host.run.RunJournal;
import io.baigong.host.run.TaskRunner;
import io.baigong.spi.Progress;
import io.baigong.spi.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench drift}: days until the watch sees a planted drift, and false alarms on days without one. */
@Command(
        name = "drift",
        mixinStandardHelpOptions = true,
        description =
                "Days until the watch of what serves sees a planted drift, and its false alarms per 100 quiet days."
                        + " Each row of a table is a run of the task, as it is and with a column shifted; days are drawn from them.")
final class DriftBench implements Callable<Integer> {
    private static final int WATCHED_DAYS = 28;

    @Mixin
    private final Platform platform = new Platform();

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "The table, packed with gzip or not.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(names = "--component", required = true, description = "The file component that a row is given as.")
    @SuppressWarnings("NullAway.Init")
    private String component;

    @Option(names = "--field", paramLabel = "NAME=VALUE", description = "Another component of the input. Repeatable.")
    private Map<String, String> fields = Map.of();

    @Option(names = "--column", required = true, description = "The column that drifts.")
    @SuppressWarnings("NullAway.Init")
    private String column;

    @Option(names = "--shift", required = true, description = "By how much, in its unit.")
    private double shift;

    @Option(names = "--truth", required = true, description = "The column that says what was the case; 0 for no.")
    @SuppressWarnings("NullAway.Init")
    private String truth;

    @Option(
            names = "--answer",
            required = true,
            paramLabel = "LABEL=WORD",
            description = "The label of the output that answers it, and its word for yes.")
    @SuppressWarnings("NullAway.Init")
    private Map<String, String> answer;

    @Option(names = "--runs", defaultValue = "100", description = "Runs a day (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--judged",
            defaultValue = "0.3",
            description = "Share of runs that people judge (default: ${DEFAULT-VALUE}).")
    private double judged;

    @Option(
            names = "--disputed",
            defaultValue = "0.15",
            description =
                    "Share of true answers that people reject when what they want has changed (default: ${DEFAULT-VALUE}).")
    private double disputed;

    @Option(
            names = "--streams",
            defaultValue = "30",
            description = "How often each is repeated (default: ${DEFAULT-VALUE}).")
    private int streams;

    @Option(
            names = "--quiet-days",
            defaultValue = "100",
            description = "Days without a drift in each repetition, after the reference (default: ${DEFAULT-VALUE}).")
    private int quietDays;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the days (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the result as JSON.")
    private @Nullable Path json;

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    /** By which measure a drift was seen, and after how many days each time. */
    private record Seen(String scenario, Map<Measure.Key, List<Integer>> delays) {}

    @Override
    public Integer call() {
        if (runs < 1 || streams < 1 || quietDays < 1 || answer.size() != 1 || !isShare(judged) || !isShare(disputed)) {
            throw new WrongUsage(
                    "--runs, --streams and --quiet-days are at least 1, --judged and --disputed in [0, 1], --answer is one");
        }
        Task<?, ?> task = platform.task();
        DecayConfig config = platform.decay();
        try (var gateway = platform.gateway(platform.registry());
                var progress = new ProgressBar()) {
            var runner = new TaskRunner(
                    gateway, RunJournal.NONE, platform.runs(), Platform.references(), InstantSource.system());
            var plan = new DriftRows.Plan(
                    component,
                    fields,
                    column,
                    shift,
                    truth,
                    answer.entrySet().iterator().next());
            DriftRows rows = DriftRows.run(task, runner, Platform.existing(data), plan, progress);
            long begin = System.nanoTime();
            Map<Measure.Key, Integer> alarms = quiet(rows, config, progress);
            double millis = (System.nanoTime() - begin) / 1e6 / streams / quietDays;
            List<Seen> seen = List.of(
                    drifting(
                            rows, config, column + " shifted by " + shift + " at once", _ -> new Drift(1, 0), progress),
                    drifting(
                            rows,
                            config,
                            column + " shifted by " + shift + " on a share of runs that grows to all in 28 days",
                            day -> new Drift((day + 1.0) / WATCHED_DAYS, 0),
                            progress),
                    drifting(
                            rows,
                            config,
                            "people reject " + disputed + " of true answers",
                            _ -> new Drift(0, disputed),
                            progress));
            report(rows, alarms, seen, millis);
        } catch (IOException e) {
            throw new Failure(Baigong.cause(e), e);
        }
        return CommandLine.ExitCode.OK;
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }

    private DriftStream stream(DriftRows rows, DecayConfig config, int number) {
        var stream = new DriftStream(rows, config, new Traffic(runs, judged), seed * 1_000_003 + number);
        for (long day = 0; day < config.reference().toDays(); day++) {
            stream.pass(Drift.NONE);
        }
        return stream;
    }

    private Map<Measure.Key, Integer> quiet(DriftRows rows, DecayConfig config, Progress progress) {
        var alarms = new TreeMap<Measure.Key, Integer>(order());
        for (int i = 0; i < streams; i++) {
            progress.at((double) i / streams, "quiet days");
            DriftStream stream = stream(rows, config, i);
            for (int day = 0; day < quietDays; day++) {
                stream.pass(Drift.NONE).forEach(key -> alarms.merge(key, 1, Integer::sum));
            }
        }
        return alarms;
    }

    /** A window of quiet days before, so that the drift begins among them. */
    private Seen drifting(
            DriftRows rows, DecayConfig config, String scenario, IntFunction<Drift> drift, Progress progress) {
        var delays = new TreeMap<Measure.Key, List<Integer>>(order());
        for (int i = 0; i < streams; i++) {
            progress.at((double) i / streams, scenario);
            DriftStream stream = stream(rows, config, streams + i);
            for (long day = 0; day < config.window().toDays(); day++) {
                stream.pass(Drift.NONE);
            }
            var first = new HashMap<Measure.Key, Integer>();
            for (int day = 0; day < WATCHED_DAYS; day++) {
                for (Measure.Key key : stream.pass(drift.apply(day))) {
                    first.putIfAbsent(key, day + 1);
                }
            }
            first.forEach((key, day) ->
                    delays.computeIfAbsent(key, _ -> new ArrayList<>()).add(day));
        }
        return new Seen(scenario, delays);
    }

    private static Comparator<Measure.Key> order() {
        return Comparator.comparing(Measure.Key::kind)
                .thenComparing(Measure.Key::name)
                .thenComparing(Measure.Key::statistic);
    }

    private void report(DriftRows rows, Map<Measure.Key, Integer> alarms, List<Seen> all, double millis)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        ObjectNode node = PlatformJson.mapper().createObjectNode();
        int days = streams * quietDays;
        double right = rows.plain().stream().filter(DriftRows.Seen::right).count()
                / (double) rows.plain().size();
        double still = rows.shifted().stream().filter(DriftRows.Seen::right).count()
                / (double) rows.shifted().size();
        out.println(String.format(
                Locale.ROOT,
                "%d rows, right %.4f as they are and %.4f shifted; %d runs a day, %.2f judged; %d repetitions, seed %d; %.1f ms a look",
                rows.plain().size(),
                right,
                still,
                runs,
                judged,
                streams,
                seed,
                millis));
        node.put("rows", rows.plain().size()).put("right", right).put("rightShifted", still);
        node.put("runsPerDay", runs)
                .put("judged", judged)
                .put("repetitions", streams)
                .put("seed", seed);
        int sum = alarms.values().stream().mapToInt(Integer::intValue).sum();
        out.println();
        out.println(String.format(
                Locale.ROOT, "false alarms in %d quiet days: %d, %.2f in 100 days", days, sum, 100.0 * sum / days));
        ObjectNode quiet = node.putObject("quiet").put("days", days).put("alarms", sum);
        quiet.put("per100Days", 100.0 * sum / days);
        ObjectNode by = quiet.putObject("by");
        alarms.forEach((key, count) -> {
            out.println(String.format(
                    Locale.ROOT, "  %-44s %4d  %.2f in 100 days", name(key), count, 100.0 * count / days));
            by.put(name(key), count);
        });
        var drifts = node.putArray("drifts");
        for (Seen seen : all) {
            out.println();
            out.println(seen.scenario() + ": first seen, of " + streams);
            ObjectNode drift = drifts.addObject().put("drift", seen.scenario());
            ObjectNode measures = drift.putObject("measures");
            seen.delays().forEach((key, delays) -> {
                List<Integer> sorted = delays.stream().sorted().toList();
                int median = sorted.get(sorted.size() / 2);
                out.println(String.format(
                        Locale.ROOT,
                        "  %-44s %4d times, median after %d days (%d to %d)",
                        name(key),
                        sorted.size(),
                        median,
                        sorted.getFirst(),
                        sorted.getLast()));
                measures.putObject(name(key))
                        .put("times", sorted.size())
                        .put("medianDays", median)
                        .put("leastDays", sorted.getFirst())
                        .put("mostDays", sorted.getLast());
            });
        }
        out.flush();
        if (json != null) {
            PlatformJson.mapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), node);
        }
    }

    private static String name(Measure.Key key) {
        return key.kind().name().toLowerCase(Locale.ROOT) + " " + key.name() + " "
                + key.statistic().name().toLowerCase(Locale.ROOT);
    }
}
