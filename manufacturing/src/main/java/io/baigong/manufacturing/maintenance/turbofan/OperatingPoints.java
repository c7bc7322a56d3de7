package io.baigong.manufacturing.maintenance.turbofan;

import java.util.ArrayList;
import java.util.List;

/**
 * Flight conditions, and what is usual for each sensor in each of them.
 *
 * <p>A sensor says little until the condition is taken out: T24 differs by 100 °R between take-off and cruise, by 2 between new and
 * worn. C-MAPSS flies at six points; settings within {@link #REACH} of a point belong to it.
 */
record OperatingPoints(List<Point> points) {
    /** How far settings lie from their point at most: 1000 ft, Mach, degrees. */
    private static final double[] REACH = {2, 0.1, 10};

    private static final int MOST = 32;

    OperatingPoints {
        points = List.copyOf(points);
    }

    /**
     * A flight condition.
     *
     * @param settings where it is
     * @param mean of each sensor there
     * @param deviation standard deviation of each sensor there; 1 where it never varies
     */
    record Point(List<Double> settings, List<Double> mean, List<Double> deviation) {}

    /** Points by leader clustering (Hartigan 1975, section 3.1) of the engines' settings, and statistics of all their cycles. */
    static OperatingPoints of(List<Engine> engines) {
        List<double[]> centres = new ArrayList<>();
        for (Engine engine : engines) {
            for (double[] settings : engine.settings()) {
                if (centres.size() < MOST && centres.stream().noneMatch(centre -> within(centre, settings))) {
                    centres.add(settings);
                }
            }
        }
        int n = centres.size();
        long[] counts = new long[n];
        double[][] sums = new double[n][Engine.SENSORS];
        double[][] squares = new double[n][Engine.SENSORS];
        for (Engine engine : engines) {
            for (int t = 0; t < engine.cycles(); t++) {
                int point = nearest(centres, engine.settings()[t]);
                counts[point]++;
                for (int s = 0; s < Engine.SENSORS; s++) {
                    // Around the first engine's value, so that the squares keep their digits.
                    double x = engine.sensors()[t][s] - engines.getFirst().sensors()[0][s];
                    sums[point][s] += x;
                    squares[point][s] += x * x;
                }
            }
        }
        var points = new ArrayList<Point>();
        for (int p = 0; p < n; p++) {
            var mean = new ArrayList<Double>();
            var deviation = new ArrayList<Double>();
            for (int s = 0; s < Engine.SENSORS; s++) {
                double m = sums[p][s] / counts[p];
                double variance = squares[p][s] / counts[p] - m * m;
                mean.add(m + engines.getFirst().sensors()[0][s]);
                deviation.add(variance > 1e-9 ? Math.sqrt(variance) : 1);
            }
            points.add(new Point(java.util.Arrays.stream(centres.get(p)).boxed().toList(), mean, deviation));
        }
        return new OperatingPoints(points);
    }

    /** Sensors as standard deviations from what is usual at the point nearest to the settings, {@code [cycles, sensors]}. */
    double[][] normalised(Engine engine, int[] sensors) {
        List<double[]> centres = points.stream()
                .map(point -> point.settings().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .toList();
        double[][] out = new double[engine.cycles()][sensors.length];
        for (int t = 0; t < engine.cycles(); t++) {
            Point point = points.get(nearest(centres, engine.settings()[t]));
            for (int i = 0; i < sensors.length; i++) {
                int s = sensors[i];
                out[t][i] = (engine.sensors()[t][s] - point.mean().get(s))
                        / point.deviation().get(s);
            }
        }
        return out;
    }

    /** Whether the engine flew in one condition alone. */
    static boolean isSteady(Engine engine) {
        double[] first = engine.settings()[0];
        return java.util.Arrays.stream(engine.settings()).allMatch(settings -> within(first, settings));
    }

    private static boolean within(double[] centre, double[] settings) {
        for (int i = 0; i < REACH.length; i++) {
            if (Math.abs(centre[i] - settings[i]) > REACH[i]) {
                return false;
            }
        }
        return true;
    }

    private static int nearest(List<double[]> centres, double[] settings) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < centres.size(); c++) {
            double distance = 0;
            for (int i = 0; i < REACH.length; i++) {
                double d = (centres.get(c)[i] - settings[i]) / REACH[i];
                distance += d * d;
            }
            if (distance < least) {
                least = distance;
                best = c;
            }
        }
        return best;
    }
}
