package io.baigong.manufacturing.maintenance.fleet;

import io.baigong.manufacturing.maintenance.fleet.MachineHistory.Event;
import io.baigong.manufacturing.maintenance.telemetry.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How failures of a component announce themselves: which way signals have moved on the day before, and which errors came.
 *
 * <p>A matched filter: with it all components of a fleet teach one model, few failures of each as there may be.
 *
 * @param weights of the standardised signals; their weighted sum is 1 on the mean day before a failure, and 0 on the mean of all days
 * @param errors codes that came in the last two days before at least half of the failures, and seldom otherwise
 */
public record Signature(List<Double> weights, List<String> errors) {
    private static final int DAY = 24;
    private static final int TWO_DAYS = 48;

    /** Standard errors by which a signal must have moved to count. */
    private static final double CLEAR = 3;

    /** An error must be so many times as frequent before failures as it is otherwise. */
    private static final double LIFT = 5;

    public Signature {
        weights = List.copyOf(weights);
        errors = List.copyOf(errors);
    }

    /** Of a component, from failures within the machines' series. */
    static Signature of(
            String component,
            List<MachineHistory> machines,
            List<Double> mean,
            List<Double> deviation,
            List<String> codes) {
        int signals = Signal.ALL.size();
        double[] moved = new double[signals];
        int[] seen = new int[signals];
        int[] announced = new int[codes.size()];
        int failures = 0;
        for (MachineHistory machine : machines) {
            for (Event failure : machine.failures()) {
                if (!failure.what().equals(component)
                        || failure.hour() <= machine.series().firstHour()
                        || failure.hour() > machine.series().lastHour()) {
                    continue;
                }
                failures++;
                for (int s = 0; s < signals; s++) {
                    double level =
                            level(machine, s, failure.hour() - DAY, failure.hour(), mean.get(s), deviation.get(s));
                    if (!Double.isNaN(level)) {
                        moved[s] += level;
                        seen[s]++;
                    }
                }
                for (int e = 0; e < codes.size(); e++) {
                    String code = codes.get(e);
                    boolean came = machine.errors().stream()
                            .anyMatch(error -> error.what().equals(code)
                                    && error.hour() >= failure.hour() - TWO_DAYS
                                    && error.hour() < failure.hour());
                    announced[e] += came ? 1 : 0;
                }
            }
        }
        var weights = new ArrayList<Double>();
        double sum = 0;
        for (int s = 0; s < signals; s++) {
            double shift = seen[s] == 0 ? 0 : moved[s] / seen[s];
            double noise = noise(machines, s, mean.get(s), deviation.get(s));
            boolean clear = noise > 0 && Math.abs(shift) > CLEAR * noise / Math.sqrt(Math.max(1, seen[s]));
            double weight = clear ? shift / (noise * noise) : 0;
            weights.add(weight);
            sum += weight * shift;
        }
        double scale = sum > 0 ? 1 / sum : 0;
        int all = failures;
        return new Signature(
                weights.stream().map(weight -> weight * scale).toList(),
                Stream.iterate(0, e -> e < codes.size(), e -> e + 1)
                        .filter(e -> all > 0
                                && announced[e] * 2 >= all
                                && announced[e] > LIFT * all * chance(machines, codes.get(e)))
                        .map(codes::get)
                        .toList());
    }

    private static double level(MachineHistory machine, int signal, long from, long to, double mean, double deviation) {
        double sum = 0;
        int count = 0;
        for (long hour = Math.max(from, machine.series().firstHour()); hour < to; hour++) {
            float value =
                    machine.series().values()[(int) (hour - machine.series().firstHour())][signal];
            if (!Float.isNaN(value)) {
                sum += (value - mean) / deviation;
                count++;
            }
        }
        return count < DAY / 4 ? Double.NaN : sum / count;
    }

    /** Standard deviation of the mean of a day. */
    private static double noise(List<MachineHistory> machines, int signal, double mean, double deviation) {
        double squares = 0;
        int count = 0;
        for (MachineHistory machine : machines) {
            for (long hour = machine.series().firstHour();
                    hour + DAY <= machine.series().lastHour() + 1;
                    hour += DAY) {
                double level = level(machine, signal, hour, hour + DAY, mean, deviation);
                if (!Double.isNaN(level)) {
                    squares += level * level;
                    count++;
                }
            }
        }
        return count == 0 ? 0 : Math.sqrt(squares / count);
    }

    /** Chance of an error within any two days. */
    private static double chance(List<MachineHistory> machines, String code) {
        long errors = machines.stream()
                .flatMap(machine -> machine.errors().stream())
                .filter(error -> error.what().equals(code))
                .count();
        long hours =
                machines.stream().mapToLong(machine -> machine.series().hours()).sum();
        return hours == 0 ? 0 : (double) errors * TWO_DAYS / hours;
    }
}
