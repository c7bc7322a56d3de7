package io.baigong.manufacturing.maintenance.turbofan;

import io.baigong.manufacturing.maintenance.telemetry.BoundedFile;
import io.baigong.manufacturing.maintenance.telemetry.UnreadableTelemetry;
import io.baigong.spi.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/** C-MAPSS text: a line a cycle, 26 numbers with blanks between: unit, cycle, 3 settings, 21 sensors. */
public final class CmapssFile {
    private static final long MAX_BYTES = 256L << 20;
    private static final int MAX_LINE = 4096;
    private static final int COLUMNS = 2 + Engine.SETTINGS + Engine.SENSORS;

    private CmapssFile() {}

    /**
     * Engines in the order of the file, cycles in their own order.
     *
     * @param name what to call the file in a message, and the first part of each engine's id
     */
    public static List<Engine> engines(Path file, String name) throws UnreadableTelemetry {
        Map<Integer, List<double[]>> rows = new LinkedHashMap<>();
        for (double[] row : numbers(file, name, COLUMNS)) {
            rows.computeIfAbsent((int) row[0], unit -> new ArrayList<>()).add(row);
        }
        var engines = new ArrayList<Engine>();
        for (var unit : rows.entrySet()) {
            List<double[]> cycles = unit.getValue();
            cycles.sort((a, b) -> Double.compare(a[1], b[1]));
            for (int i = 0; i < cycles.size(); i++) {
                if (cycles.get(i)[1] != i + 1) {
                    throw new UnreadableTelemetry(
                            ErrorCode.User.INVALID,
                            "unit %d of %s has no cycle %d, or has it twice".formatted(unit.getKey(), name, i + 1),
                            "Give each unit its cycles from 1 on, each once.");
                }
            }
            engines.add(new Engine(
                    name + "-" + unit.getKey(),
                    part(cycles, 2, 2 + Engine.SETTINGS),
                    part(cycles, 2 + Engine.SETTINGS, COLUMNS)));
        }
        return engines;
    }

    /** True remaining useful life, a number a line, in the order of the engines of the test set. */
    public static double[] remainingLife(Path file, String name) throws UnreadableTelemetry {
        return numbers(file, name, 1).stream().mapToDouble(row -> row[0]).toArray();
    }

    private static double[][] part(List<double[]> rows, int from, int to) {
        return rows.stream()
                .map(row -> java.util.Arrays.copyOfRange(row, from, to))
                .toArray(double[][]::new);
    }

    private static List<double[]> numbers(Path file, String name, int columns) throws UnreadableTelemetry {
        var rows = new ArrayList<double[]>();
        try (var text = new BufferedReader(
                new InputStreamReader(BoundedFile.open(file, MAX_BYTES), StandardCharsets.ISO_8859_1))) {
            var line = new StringBuilder();
            for (int c = text.read(); c >= 0; c = text.read()) {
                if (c != '\n') {
                    line.append((char) c);
                    if (line.length() > MAX_LINE) {
                        throw wrong(name, rows.size() + 1, columns);
                    }
                    continue;
                }
                add(line, name, columns, rows);
            }
            add(line, name, columns, rows);
        } catch (IOException e) {
            throw BoundedFile.unreadable(name, e);
        }
        if (rows.isEmpty()) {
            throw new UnreadableTelemetry(
                    ErrorCode.User.EMPTY,
                    name + " holds no line of numbers",
                    "Send a file with a line for each cycle.");
        }
        return rows;
    }

    private static void add(StringBuilder line, String name, int columns, List<double[]> rows)
            throws UnreadableTelemetry {
        var words = new StringTokenizer(line.toString());
        line.setLength(0);
        if (!words.hasMoreTokens()) {
            return;
        }
        if (words.countTokens() != columns) {
            throw wrong(name, rows.size() + 1, columns);
        }
        double[] row = new double[columns];
        for (int i = 0; i < columns; i++) {
            try {
                row[i] = Double.parseDouble(words.nextToken());
            } catch (NumberFormatException e) {
                throw wrong(name, rows.size() + 1, columns);
            }
            if (!Double.isFinite(row[i])) {
                throw wrong(name, rows.size() + 1, columns);
            }
            if (i < 2 && columns > 2 && !(row[i] >= 1 && row[i] <= 1_000_000 && row[i] == Math.rint(row[i]))) {
                throw wrong(name, rows.size() + 1, columns);
            }
        }
        rows.add(row);
    }

    private static UnreadableTelemetry wrong(String name, int line, int columns) {
        return new UnreadableTelemetry(
                ErrorCode.User.INVALID,
                "line %d of %s is not %d numbers".formatted(line, name, columns),
                columns == 1
                        ? "Give the remaining cycles of one engine a line."
                        : "Send C-MAPSS text: unit, cycle, 3 settings and 21 sensors a line, with blanks between.");
    }
}
