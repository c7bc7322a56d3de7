package io.baigong.manufacturing.maintenance.fleet;

import java.util.List;
import java.util.OptionalLong;

/**
 * How often the time to a machine's first failure lies in its interval, asked once a day.
 *
 * <p>A failure beyond the longest horizon counts as lying there, where an interval that ends there holds it. Days whose record ends
 * before the horizon without a failure are not asked.
 */
record LifeCoverage(int asked, int held) {
    private static final int DAY = 24;

    static LifeCoverage of(Unseen unseen) {
        MachineHistory machine = unseen.machine();
        List<float[][]> hourly = unseen.hourly();
        List<Integer> horizons = FailurePredictor.HORIZONS;
        int asked = 0;
        int held = 0;
        for (int t = DAY; t < machine.series().hours(); t += DAY) {
            OptionalLong truth = hoursToFailure(machine, machine.series().firstHour() + t);
            if (truth.isEmpty()) {
                continue;
            }
            double[][] now = new double[hourly.size()][horizons.size()];
            for (int c = 0; c < now.length; c++) {
                for (int h = 0; h < now[c].length; h++) {
                    now[c][h] = hourly.get(c)[h][t];
                }
            }
            FleetLife life = FleetLife.of(now, horizons);
            double hours = Math.min(truth.getAsLong(), horizons.getLast());
            asked++;
            held += life.low() <= hours && hours <= life.high() ? 1 : 0;
        }
        return new LifeCoverage(asked, held);
    }

    private static OptionalLong hoursToFailure(MachineHistory machine, long hour) {
        long last = machine.series().lastHour();
        long failure = machine.failures().stream()
                .mapToLong(MachineHistory.Event::hour)
                .filter(at -> at > hour && at <= last)
                .min()
                .orElse(Long.MAX_VALUE);
        if (failure < Long.MAX_VALUE) {
            return OptionalLong.of(failure - hour);
        }
        int longest = FailurePredictor.HORIZONS.getLast();
        return hour + longest <= last ? OptionalLong.of(longest) : OptionalLong.empty();
    }

    static double share(List<LifeCoverage> machines) {
        int asked = machines.stream().mapToInt(LifeCoverage::asked).sum();
        return asked == 0
                ? Double.NaN
                : (double) machines.stream().mapToInt(LifeCoverage::held).sum() / asked;
    }
}
