package io.baigong.manufacturing.maintenance.turbofan;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of an engine after each of its cycles, from that cycle and those before it alone.
 *
 * <p>Per sensor, in standard deviations from what is usual in its flight condition: exponentially smoothed levels, the change since
 * the engine's first cycles, slopes and spread over windows, and the mean of its life so far; and its age.
 */
final class EngineFeatures {
    /** Sensors that change as engines wear, by column of {@link Engine#sensors}; the other six are constant or steps. */
    private static final int[] SENSORS = {1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13, 14, 16, 19, 20};

    private static final String[] SENSOR_NAMES = {
        "T24", "T30", "T50", "P15", "P30", "Nf", "Nc", "Ps30", "phi", "NRf", "NRc", "BPR", "htBleed", "W31", "W32"
    };
    private static final String[] KINDS = {
        "level",
        "level_fast",
        "level_slow_gap",
        "change",
        "slope_15",
        "slope_30",
        "slope_60",
        "spread_30",
        "first",
        "life_mean"
    };
    private static final double LEVEL = 0.1;
    private static final double LEVEL_FAST = 0.25;
    private static final double LEVEL_SLOW = 0.03;

    /** Cycles that say how the engine began. */
    private static final int FIRST = 10;

    /** Cycles of the mean that is compared with the first. */
    private static final int RECENT = 20;

    private EngineFeatures() {}

    /** Names of the columns, in order: {@code age}, then each sensor's kinds. */
    static List<String> names() {
        var names = new ArrayList<String>();
        names.add("age");
        for (String sensor : SENSOR_NAMES) {
            for (String kind : KINDS) {
                names.add(sensor + "_" + kind);
            }
        }
        return names;
    }

    /** The features after each cycle, {@code [cycles, names]}. */
    static float[][] of(Engine engine, OperatingPoints points) {
        double[][] values = points.normalised(engine, SENSORS);
        float[][] rows = new float[engine.cycles()][1 + SENSORS.length * KINDS.length];
        for (int s = 0; s < SENSORS.length; s++) {
            double[] series = new double[values.length];
            for (int t = 0; t < series.length; t++) {
                series[t] = values[t][s];
            }
            fill(rows, 1 + s * KINDS.length, series);
        }
        for (int t = 0; t < rows.length; t++) {
            rows[t][0] = t + 1;
        }
        return rows;
    }

    private static void fill(float[][] rows, int column, double[] x) {
        var level = new Smoothed(LEVEL);
        var fast = new Smoothed(LEVEL_FAST);
        var slow = new Smoothed(LEVEL_SLOW);
        var sums = new Sums(x);
        for (int t = 0; t < x.length; t++) {
            double now = level.next(x[t]);
            double first = sums.mean(0, Math.min(t + 1, FIRST));
            float[] row = rows[t];
            row[column] = (float) now;
            row[column + 1] = (float) fast.next(x[t]);
            row[column + 2] = (float) (now - slow.next(x[t]));
            row[column + 3] = (float) (sums.mean(Math.max(0, t + 1 - RECENT), t + 1) - first);
            row[column + 4] = (float) sums.slope(Math.max(0, t + 1 - 15), t + 1);
            row[column + 5] = (float) sums.slope(Math.max(0, t + 1 - 30), t + 1);
            row[column + 6] = (float) sums.slope(Math.max(0, t + 1 - 60), t + 1);
            row[column + 7] = (float) sums.spread(Math.max(0, t + 1 - 30), t + 1);
            row[column + 8] = (float) first;
            row[column + 9] = (float) sums.mean(0, t + 1);
        }
    }

    /** A mean whose weights fall off by {@code 1 - share} a step, and sum to one from the first value on. */
    private static final class Smoothed {
        private final double share;
        private double sum;
        private double weight;

        Smoothed(double share) {
            this.share = share;
        }

        double next(double x) {
            sum = (1 - share) * sum + share * x;
            weight = (1 - share) * weight + share;
            return sum / weight;
        }
    }

    /** Running sums of a series, so that statistics of any window {@code [from, to)} cost the same. */
    private static final class Sums {
        private final double[] x;
        private final double[] squares;
        private final double[] products;

        Sums(double[] values) {
            x = new double[values.length + 1];
            squares = new double[values.length + 1];
            products = new double[values.length + 1];
            for (int t = 0; t < values.length; t++) {
                x[t + 1] = x[t] + values[t];
                squares[t + 1] = squares[t] + values[t] * values[t];
                products[t + 1] = products[t] + t * values[t];
            }
        }

        double mean(int from, int to) {
            return (x[to] - x[from]) / (to - from);
        }

        double spread(int from, int to) {
            double mean = mean(from, to);
            return Math.sqrt(Math.max(0, (squares[to] - squares[from]) / (to - from) - mean * mean));
        }

        /** Least-squares slope a step; 0 for a single value. */
        double slope(int from, int to) {
            double n = to - from;
            if (n < 2) {
                return 0;
            }
            double meanTime = (from + to - 1) / 2.0;
            double variance = (n * n - 1) / 12;
            return ((products[to] - products[from]) / n - meanTime * mean(from, to)) / variance;
        }
    }
}
