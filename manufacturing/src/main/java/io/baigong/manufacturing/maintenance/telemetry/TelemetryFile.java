package io.baigong.manufacturing.maintenance.telemetry;

import io.baigong.spi.ErrorCode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Telemetry as delimited text: a time, a machine, and a column a {@link Signal}, with its unit in brackets if it is another:
 * {@code datetime,machineID,volt,rotate [Hz],pressure [kPa],vibration}. Other columns are passed over.
 */
public final class TelemetryFile {
    /** Most samples of a file. */
    public static final int MOST_SAMPLES = 20_000_000;

    /** Most machines of a file, or of readings. */
    static final int MOST_MACHINES = 10_000;

    private static final Pattern UNIT = Pattern.compile("(.*?)\\s*[\\[(]([^\\])]*)[\\])]\\s*");

    private TelemetryFile() {}

    /** Samples by machine. */
    public static Map<String, Samples> read(Path file, String name, ZoneId zone) throws UnreadableTelemetry {
        Map<String, Samples> machines = new LinkedHashMap<>();
        DelimitedFile.read(file, name, header -> rows(header, name, zone, machines));
        if (machines.isEmpty()) {
            throw new UnreadableTelemetry(
                    ErrorCode.User.EMPTY, name + " has a header, but no sample", "Send a line for each sample.");
        }
        return machines;
    }

    private static DelimitedFile.Rows rows(List<String> header, String name, ZoneId zone, Map<String, Samples> machines)
            throws UnreadableTelemetry {
        int time = EventFile.column(header, EventFile.TIME, name);
        int machine = EventFile.column(header, EventFile.MACHINE, name);
        int width = Signal.ALL.size();
        int[] columns = new int[width];
        double[] factors = new double[width];
        Arrays.fill(columns, -1);
        for (int c = 0; c < header.size(); c++) {
            Matcher unit = UNIT.matcher(header.get(c));
            boolean stated = unit.matches();
            String column = stated ? unit.group(1) : header.get(c);
            for (int s = 0; s < width; s++) {
                if (Signal.ALL.get(s).isNamed(column)) {
                    columns[s] = c;
                    factors[s] = stated ? factor(Signal.ALL.get(s), unit.group(2), name) : 1;
                }
            }
        }
        if (Arrays.stream(columns).allMatch(c -> c < 0)) {
            throw new UnreadableTelemetry(
                    ErrorCode.User.INVALID,
                    name + " has no column that is a signal; it has " + EventFile.shown(header),
                    "Name the columns of the signals "
                            + Signal.ALL.stream().map(Signal::column).toList() + ".");
        }
        float[] values = new float[width];
        int[] count = {0};
        return (number, cells) -> {
            if (++count[0] > MOST_SAMPLES) {
                throw new UnreadableTelemetry(
                        ErrorCode.User.TOO_LARGE,
                        name + " has more than " + MOST_SAMPLES + " samples",
                        "Send it in parts, each of fewer machines or a shorter time.");
            }
            Instant at = EventFile.time(cells.get(time), zone, number, name);
            for (int s = 0; s < width; s++) {
                values[s] = columns[s] < 0 ? Float.NaN : (float) (number(cells.get(columns[s])) * factors[s]);
            }
            String id = EventFile.machine(cells.get(machine), number, name);
            Samples own = machines.get(id);
            if (own == null) {
                own = add(machines, id, name);
            }
            own.add(at.getEpochSecond(), values, Times.hasOffset(cells.get(time)));
        };
    }

    /** Makes room for one more machine. */
    static Samples add(Map<String, Samples> machines, String id, String name) throws UnreadableTelemetry {
        if (machines.size() >= MOST_MACHINES) {
            throw new UnreadableTelemetry(
                    ErrorCode.User.TOO_LARGE,
                    "there are more than " + MOST_MACHINES + " machines in " + name,
                    "Send it in parts, each of fewer machines.");
        }
        var own = new Samples();
        machines.put(id, own);
        return own;
    }

    private static double factor(Signal signal, String unit, String name) throws UnreadableTelemetry {
        return signal.factor(unit)
                .orElseThrow(() -> new UnreadableTelemetry(
                        ErrorCode.User.INVALID,
                        "%s gives %s in \"%s\", which is no unit known for it"
                                .formatted(name, signal.column(), EventFile.shown(List.of(unit))),
                        "Give it in one of " + signal.units() + "."));
    }

    /** A number, or NaN where there is none. */
    static double number(String cell) {
        if (cell.isEmpty()) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
