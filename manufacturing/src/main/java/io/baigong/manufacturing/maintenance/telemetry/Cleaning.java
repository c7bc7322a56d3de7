package io.baigong.manufacturing.maintenance.telemetry;

import io.baigong.manufacturing.maintenance.telemetry.DataIssue.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a machine's samples on the hour, and says what was wrong with them.
 *
 * <p>In this order: far-off times go ({@link Kind#CLOCK_JUMP}), samples are put in order ({@link Kind#OUT_OF_ORDER},
 * {@link Kind#LATE}), of those of one second the last that came stays ({@link Kind#DUPLICATE}, {@link Kind#CONFLICT}), a signal whose
 * median no machine runs at is left out ({@link Kind#IMPLAUSIBLE}), as is one that stands still ({@link Kind#STUCK}); what is left
 * of an hour is averaged.
 */
public final class Cleaning {
    private static final long HOUR = 3600;
    private static final long DAY = 24 * HOUR;

    /** A gap that a clock jumps over, but a machine that stands hardly does. */
    private static final long JUMP = 30 * DAY;

    /** Largest share of samples that may be on the far side of a jump; one may where there are three or more. */
    private static final double FEW = 0.02;

    /** Hours of the very same value after which a sensor is stuck. */
    private static final int STUCK_HOURS = 12;

    /** Longest time that one series may span: ten years. */
    private static final long LONGEST_HOURS = 10L * 366 * 24;

    private final String machine;
    private final Samples samples;
    private final List<DataIssue> issues = new ArrayList<>();

    private Cleaning(String machine, Samples samples) {
        this.machine = machine;
        this.samples = samples;
    }

    /**
     * The result.
     *
     * @param issues what was wrong, in the order above
     */
    public record Cleaned(HourlySeries series, List<DataIssue> issues) {}

    /** Cleans at least one sample. */
    public static Cleaned of(String machine, Samples samples) {
        return new Cleaning(machine, samples).clean();
    }

    private Cleaned clean() {
        if (samples.zonesMixed()) {
            add(null, Kind.ZONE_MIXED, samples.size(), first(), last());
        }
        int[] order = withoutJumps(sorted());
        countDisorder(order);
        order = withoutTwins(order);
        HourlySeries series = hourly(order);
        for (int s = 0; s < Signal.ALL.size(); s++) {
            if (!dropImplausible(series, s)) {
                openStuck(series, s);
            }
        }
        countGaps(series);
        return new Cleaned(series, List.copyOf(issues));
    }

    private void add(@Nullable Signal signal, Kind kind, long count, long from, long to) {
        issues.add(DataIssue.of(machine, signal, kind, count, from, to));
    }

    private long first() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < samples.size(); i++) {
            least = Math.min(least, samples.second(i));
        }
        return least;
    }

    private long last() {
        long most = Long.MIN_VALUE;
        for (int i = 0; i < samples.size(); i++) {
            most = Math.max(most, samples.second(i));
        }
        return most;
    }

    /** Samples by time; those of one time as they came. */
    private int[] sorted() {
        Integer[] order = new Integer[samples.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(samples.second(a), samples.second(b)));
        return Arrays.stream(order).mapToInt(i -> i).toArray();
    }

    /** Leaves out stretches at either end that are few and far from the rest, and what is beyond the longest span. */
    private int[] withoutJumps(int[] order) {
        int from = 0;
        int to = order.length;
        int few = Math.max(order.length > 2 ? 1 : 0, (int) (order.length * FEW));
        for (int i = 1; i <= few; i++) {
            if (samples.second(order[i]) - samples.second(order[i - 1]) > JUMP) {
                from = i;
            }
            int back = order.length - i;
            if (samples.second(order[back]) - samples.second(order[back - 1]) > JUMP) {
                to = back;
            }
        }
        long end = samples.second(order[to - 1]);
        while (end - samples.second(order[from]) > LONGEST_HOURS * HOUR) {
            from++;
        }
        if (from > 0) {
            add(null, Kind.CLOCK_JUMP, from, samples.second(order[0]), samples.second(order[from - 1]));
        }
        if (to < order.length) {
            add(
                    null,
                    Kind.CLOCK_JUMP,
                    order.length - to,
                    samples.second(order[to]),
                    samples.second(order[order.length - 1]));
        }
        return Arrays.copyOfRange(order, from, to);
    }

    private void countDisorder(int[] order) {
        boolean[] kept = new boolean[samples.size()];
        for (int sample : order) {
            kept[sample] = true;
        }
        var disorder = new Tally();
        var late = new Tally();
        long youngest = Long.MIN_VALUE;
        for (int i = 0; i < samples.size(); i++) {
            long second = samples.second(i);
            if (kept[i]) {
                if (second < youngest) {
                    (youngest - second > DAY ? late : disorder).add(second);
                }
                youngest = Math.max(youngest, second);
            }
        }
        disorder.report(null, Kind.OUT_OF_ORDER);
        late.report(null, Kind.LATE);
    }

    private int[] withoutTwins(int[] order) {
        var duplicates = new Tally();
        var conflicts = new Tally();
        int[] kept = new int[order.length];
        int size = 0;
        for (int i = 0; i < order.length; i++) {
            if (i + 1 < order.length && samples.second(order[i]) == samples.second(order[i + 1])) {
                (alike(order[i], order[i + 1]) ? duplicates : conflicts).add(samples.second(order[i]));
            } else {
                kept[size++] = order[i];
            }
        }
        duplicates.report(null, Kind.DUPLICATE);
        conflicts.report(null, Kind.CONFLICT);
        return Arrays.copyOf(kept, size);
    }

    private boolean alike(int a, int b) {
        for (int s = 0; s < Signal.ALL.size(); s++) {
            if (Float.compare(samples.value(a, s), samples.value(b, s)) != 0) {
                return false;
            }
        }
        return true;
    }

    private HourlySeries hourly(int[] order) {
        int width = Signal.ALL.size();
        long firstHour = Math.floorDiv(samples.second(order[0]), HOUR);
        int hours = Math.toIntExact(Math.floorDiv(samples.second(order[order.length - 1]), HOUR) - firstHour + 1);
        double[][] sums = new double[hours][width];
        int[][] counts = new int[hours][width];
        Tally[] missing = new Tally[width];
        Arrays.setAll(missing, s -> new Tally());
        for (int sample : order) {
            long second = samples.second(sample);
            int hour = Math.toIntExact(Math.floorDiv(second, HOUR) - firstHour);
            for (int s = 0; s < width; s++) {
                float value = samples.value(sample, s);
                if (Float.isFinite(value)) {
                    sums[hour][s] += value;
                    counts[hour][s]++;
                } else {
                    missing[s].add(second);
                }
            }
        }
        for (int s = 0; s < width; s++) {
            missing[s].report(Signal.ALL.get(s), Kind.NOT_A_NUMBER);
        }
        float[][] values = new float[hours][width];
        for (int hour = 0; hour < hours; hour++) {
            for (int s = 0; s < width; s++) {
                values[hour][s] = counts[hour][s] == 0 ? Float.NaN : (float) (sums[hour][s] / counts[hour][s]);
            }
        }
        return new HourlySeries(firstHour, values);
    }

    private boolean dropImplausible(HourlySeries series, int s) {
        Signal signal = Signal.ALL.get(s);
        float[] known = new float[series.hours()];
        int size = 0;
        for (float[] row : series.values()) {
            if (!Float.isNaN(row[s])) {
                known[size++] = row[s];
            }
        }
        if (size == 0) {
            return true;
        }
        Arrays.sort(known, 0, size);
        if (signal.plausible(known[size / 2])) {
            return false;
        }
        for (float[] row : series.values()) {
            row[s] = Float.NaN;
        }
        add(signal, Kind.IMPLAUSIBLE, size, series.firstHour() * HOUR, series.lastHour() * HOUR);
        return true;
    }

    private void openStuck(HourlySeries series, int s) {
        float[][] values = series.values();
        var stuck = new Tally();
        int begin = 0;
        for (int hour = 1; hour <= values.length; hour++) {
            if (hour < values.length && values[hour][s] == values[begin][s]) {
                continue;
            }
            if (hour - begin >= STUCK_HOURS && !Float.isNaN(values[begin][s])) {
                for (int h = begin; h < hour; h++) {
                    values[h][s] = Float.NaN;
                    stuck.add((series.firstHour() + h) * HOUR);
                }
            }
            begin = hour;
        }
        stuck.report(Signal.ALL.get(s), Kind.STUCK);
    }

    private void countGaps(HourlySeries series) {
        var gaps = new Tally();
        for (int hour = 0; hour < series.hours(); hour++) {
            boolean empty = true;
            for (float value : series.values()[hour]) {
                empty &= Float.isNaN(value);
            }
            if (empty) {
                gaps.add((series.firstHour() + hour) * HOUR);
            }
        }
        gaps.report(null, Kind.MISSING);
    }

    /** Counts samples of one kind, with the first and the last time. */
    private final class Tally {
        private long count;
        private long from = Long.MAX_VALUE;
        private long to = Long.MIN_VALUE;

        void add(long second) {
            count++;
            from = Math.min(from, second);
            to = Math.max(to, second);
        }

        void report(@Nullable Signal signal, Kind kind) {
            if (count > 0) {
                Cleaning.this.add(signal, kind, count, from, to);
            }
        }
    }
}
