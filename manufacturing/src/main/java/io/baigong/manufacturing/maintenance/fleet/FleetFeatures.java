package io.baigong.manufacturing.maintenance.fleet;

import io.baigong.manufacturing.maintenance.fleet.MachineHistory.Event;
import io.baigong.manufacturing.maintenance.telemetry.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Levels, trends and spread of each signal, how much they and the errors look as before a failure of the component, time since
 * maintenance, and in larger fleets the facts of the machine.
 *
 * <p>Signals are in standard deviations from what is usual in the fleet; a window with less than a quarter of its hours is missing.
 */
public final class FleetFeatures implements FeatureSource {
    /** The column that says within how many hours a failure is asked for. */
    public static final String HORIZON = "horizon_hours";

    /** Columns that a failure is only the likelier the higher they are. */
    static Map<String, Integer> rising(List<String> names) {
        return names.stream()
                .filter(name ->
                        name.equals(HORIZON) || name.equals("days_since_replacement") || name.startsWith("signature_"))
                .collect(Collectors.toMap(name -> name, name -> 1));
    }

    private static final int[] LEVELS = {6, 24, 72};
    /** Index of the mean of 24 hours in {@link #LEVELS}. */
    private static final int DAY_LEVEL = 1;

    private static final int[] SIGNATURES = {3, 6, 12, 24, 48, 72, 168};

    private static final int[] ERROR_WINDOWS = {24, 72, 336};
    private static final int PER_SIGNAL = LEVELS.length + 3;

    private final FleetNorms norms;
    private final List<String> names;

    /** Features in the terms of a fleet. */
    public FleetFeatures(FleetNorms norms) {
        this.norms = norms;
        names = names(norms);
    }

    private static List<String> names(FleetNorms norms) {
        var names = new ArrayList<String>();
        for (Signal signal : Signal.ALL) {
            for (int hours : LEVELS) {
                names.add(signal.column() + "_mean_" + hours + "h");
            }
            names.add(signal.column() + "_trend_2d");
            names.add(signal.column() + "_trend_7d");
            names.add(signal.column() + "_spread_24h");
        }
        for (int hours : SIGNATURES) {
            names.add("signature_" + hours + "h");
        }
        for (int hours : ERROR_WINDOWS) {
            names.add("signature_errors_" + hours + "h");
            names.add("other_errors_" + hours + "h");
        }
        norms.components().forEach(component -> names.add("is_" + component));
        norms.models().forEach(model -> names.add("is_" + model));
        names.add("days_since_replacement");
        names.add("days_since_service");
        names.add("days_to_service");
        if (!norms.models().isEmpty()) {
            names.add("age_years");
        }
        names.add(HORIZON);
        return List.copyOf(names);
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public Rows on(MachineHistory history) {
        return new Machine(history);
    }

    /** Root mean square difference of the day's levels of signals; NaN where no signal is known in both. */
    double distance(float[] a, float[] b) {
        double sum = 0;
        int count = 0;
        for (int s = 0; s < Signal.ALL.size(); s++) {
            double difference = a[s * PER_SIGNAL + DAY_LEVEL] - b[s * PER_SIGNAL + DAY_LEVEL];
            if (!Double.isNaN(difference)) {
                sum += difference * difference;
                count++;
            }
        }
        return count == 0 ? Double.NaN : Math.sqrt(sum / count);
    }

    private final class Machine implements Rows {
        private final MachineHistory history;
        private final Window[] signals = new Window[Signal.ALL.size()];

        Machine(MachineHistory history) {
            this.history = history;
            for (int s = 0; s < signals.length; s++) {
                signals[s] = new Window(
                        history.series().values(),
                        s,
                        norms.mean().get(s),
                        norms.deviation().get(s));
            }
        }

        @Override
        public float[] row(int component, long hour, int horizon) {
            float[] row = new float[names.size()];
            int at = 0;
            int end = Math.toIntExact(hour - history.series().firstHour()) + 1;
            for (Window signal : signals) {
                fill(row, at, signal, end);
                at += PER_SIGNAL;
            }
            Signature signature = norms.signatures().get(component);
            for (int hours : SIGNATURES) {
                row[at++] = (float) score(signature, end - hours, end);
            }
            for (int hours : ERROR_WINDOWS) {
                row[at++] = announced(signature, hour - hours, hour);
                row[at++] = others(signature, hour - hours, hour);
            }
            for (int c = 0; c < norms.components().size(); c++) {
                row[at++] = c == component ? 1 : 0;
            }
            for (String model : norms.models()) {
                row[at++] = model.equals(history.model()) ? 1 : 0;
            }
            String name = norms.components().get(component);
            float replaced = Float.NaN;
            float served = Float.NaN;
            for (int i = after(history.replacements(), hour) - 1; i >= 0 && Float.isNaN(replaced); i--) {
                Event event = history.replacements().get(i);
                float days = (hour - event.hour()) / 24f;
                served = Float.isNaN(served) ? days : served;
                replaced = event.what().equals(name) ? days : replaced;
            }
            row[at++] = replaced;
            row[at++] = served;
            row[at++] = (float) ((norms.serviceHours() - served * 24 % norms.serviceHours()) / 24);
            if (!norms.models().isEmpty()) {
                row[at++] = (float) history.age();
            }
            row[at] = horizon;
            return row;
        }

        private static void fill(float[] row, int from, Window signal, int end) {
            int at = from;
            for (int hours : LEVELS) {
                row[at++] = (float) signal.mean(end - hours, end);
            }
            row[at++] = (float) (signal.mean(end - 12, end) - signal.mean(end - 48, end - 12));
            row[at++] = (float) (signal.mean(end - 24, end) - signal.mean(end - 168, end - 48));
            row[at] = (float) signal.spread(end - 24, end);
        }

        /** How much signals look as before a failure; missing signals count as usual. */
        private double score(Signature signature, int from, int to) {
            double sum = 0;
            for (int s = 0; s < signals.length; s++) {
                double level = signals[s].mean(from, to);
                sum += Double.isNaN(level) ? 0 : signature.weights().get(s) * level;
            }
            return sum;
        }

        /** Share of the signature's errors that came in {@code (after, until]}; NaN where it has none. */
        private float announced(Signature signature, long after, long until) {
            List<Event> errors = errors(after, until);
            long came = signature.errors().stream()
                    .filter(code -> errors.stream().anyMatch(e -> e.what().equals(code)))
                    .count();
            return signature.errors().isEmpty()
                    ? Float.NaN
                    : (float) came / signature.errors().size();
        }

        /** Errors in {@code (after, until]} that are not the signature's. */
        private int others(Signature signature, long after, long until) {
            int count = 0;
            for (Event event : errors(after, until)) {
                count += signature.errors().contains(event.what()) ? 0 : 1;
            }
            return count;
        }

        /** Errors in {@code (after, until]}. */
        private List<Event> errors(long after, long until) {
            return history.errors().subList(after(history.errors(), after), after(history.errors(), until));
        }

        /** Index of the first event after an hour, of events by time. */
        private static int after(List<Event> events, long hour) {
            int low = 0;
            int high = events.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (events.get(middle).hour() <= hour) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    /** Running sums of one signal, so that statistics of any window {@code [from, to)} of rows cost the same. */
    private static final class Window {
        /** Standard deviations that no signal is away: beyond them one value would swallow what later sums differ by. */
        private static final double FARTHEST = 1e3;

        private final double[] sums;
        private final double[] squares;
        private final int[] counts;

        Window(float[][] values, int signal, double mean, double deviation) {
            int n = values.length;
            sums = new double[n + 1];
            squares = new double[n + 1];
            counts = new int[n + 1];
            for (int i = 0; i < n; i++) {
                boolean known = !Float.isNaN(values[i][signal]);
                double z = known ? Math.clamp((values[i][signal] - mean) / deviation, -FARTHEST, FARTHEST) : 0;
                sums[i + 1] = sums[i] + z;
                squares[i + 1] = squares[i] + z * z;
                counts[i + 1] = counts[i] + (known ? 1 : 0);
            }
        }

        /** NaN where fewer than a quarter of the hours, those before the series began not counted, have a value. */
        double mean(int from, int to) {
            int low = Math.clamp(from, 0, counts.length - 1);
            int high = Math.clamp(to, 0, counts.length - 1);
            int count = counts[high] - counts[low];
            return count == 0 || count * 4 < high - low ? Double.NaN : (sums[high] - sums[low]) / count;
        }

        double spread(int from, int to) {
            double mean = mean(from, to);
            if (Double.isNaN(mean)) {
                return Double.NaN;
            }
            int low = Math.clamp(from, 0, counts.length - 1);
            int high = Math.clamp(to, 0, counts.length - 1);
            double variance = (squares[high] - squares[low]) / (counts[high] - counts[low]) - mean * mean;
            return Math.sqrt(Math.max(0, variance));
        }
    }
}
