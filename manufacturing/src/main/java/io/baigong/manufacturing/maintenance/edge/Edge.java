package io.baigong.manufacturing.maintenance.edge;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.manufacturing.maintenance.fleet.AlarmRule;
import io.baigong.manufacturing.maintenance.fleet.FailurePredictor;
import io.baigong.manufacturing.maintenance.fleet.FleetFolder;
import io.baigong.manufacturing.maintenance.fleet.MachineHistory;
import io.baigong.manufacturing.maintenance.telemetry.UnreadableTelemetry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * {@code java -jar baigong-manufacturing-<version>-edge.jar MODEL DATA [REPEATS]}: judges the machines of a folder at their last
 * hour, a line of JSON each.
 *
 * <p>MODEL is an artifact of {@code ./baigong train}; DATA a folder with {@code telemetry.csv} and, if there, {@code errors.csv},
 * {@code maintenance.csv} and {@code machines.csv}. With REPEATS the first machine is judged so many times, and times are printed.
 */
public final class Edge {
    private static final String ROLE = "edge";
    private static final int RECENT_HOURS = 60 * 24;
    private static final int WARM_UP = 2000;
    private static final JsonMapper JSON = new JsonMapper();

    private Edge() {}

    public static void main(String[] arguments) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(arguments, out, System.err));
    }

    /** The program; returns its exit code: 0 done, 1 failed, 2 wrong usage. */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        if (arguments.length < 2 || arguments.length > 3) {
            err.println("usage: java -jar baigong-manufacturing-<version>-edge.jar MODEL DATA [REPEATS]");
            return 2;
        }
        try {
            var predictor = new FailurePredictor(new EdgeModels(Path.of(arguments[0])), ROLE);
            AlarmRule rule = predictor.rule(predictor.costs());
            List<MachineHistory> machines = FleetFolder.read(Path.of(arguments[1]), ZoneOffset.UTC).machines().stream()
                    .map(machine -> machine.recent(RECENT_HOURS))
                    .toList();
            for (MachineHistory machine : machines) {
                out.println(judged(machine, predictor, rule));
            }
            if (arguments.length == 3) {
                time(machines.getFirst(), predictor, rule, Integer.parseInt(arguments[2]), out);
            }
            return 0;
        } catch (UnreadableTelemetry e) {
            err.println(e.detail() + ". " + e.remedy());
        } catch (IOException | RuntimeException e) {
            err.println(e.getMessage());
        }
        return 1;
    }

    private static String judged(MachineHistory machine, FailurePredictor predictor, AlarmRule rule) {
        FailurePredictor.Asked asked = predictor.on(machine);
        ObjectNode json = JSON.createObjectNode();
        json.put("machine", machine.machine());
        json.put(
                "asOf",
                Instant.ofEpochSecond((machine.series().lastHour() + 1) * 3600).toString());
        var components = json.putArray("components");
        for (int c = 0; c < predictor.components().size(); c++) {
            double[] now = asked.now(c, FailurePredictor.HORIZONS);
            var component = components.addObject();
            component.put("component", predictor.components().get(c));
            for (int h = 0; h < now.length; h++) {
                component.put("within" + FailurePredictor.HORIZONS.get(h) + "h", now[h]);
            }
            component.put("alarm", now[FailurePredictor.HORIZONS.indexOf(rule.horizon())] >= rule.threshold());
        }
        return json.toString();
    }

    private static void time(
            MachineHistory machine, FailurePredictor predictor, AlarmRule rule, int repeats, PrintStream out) {
        long[] nanos = new long[Math.max(1, repeats)];
        int sink = 0;
        for (int i = -WARM_UP; i < nanos.length; i++) {
            long begin = System.nanoTime();
            sink += judged(machine, predictor, rule).length();
            if (i >= 0) {
                nanos[i] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(nanos);
        out.println(String.format(
                Locale.ROOT,
                "%d windows: p50 %.3f ms, p99 %.3f ms, longest %.3f ms (%d)",
                nanos.length,
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6,
                nanos[nanos.length - 1] / 1e6,
                sink % 10));
    }
}
