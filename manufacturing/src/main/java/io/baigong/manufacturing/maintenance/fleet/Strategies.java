package io.baigong.manufacturing.maintenance.fleet;

import io.baigong.manufacturing.maintenance.fleet.MachineHistory.Event;
import java.util.List;

/**
 * What a machine would cost without alarms: run to failure, and replacement at a fixed age (Barlow and Hunter, Optimum Preventive
 * Maintenance Policies, Operations Research 8, 1960, policy I).
 *
 * <p>Planned replacements that the plant made anyway cost the same under every strategy and are left out of all.
 */
final class Strategies {
    /** Ages at which components are replaced, days, of which the cheapest counts. */
    static final List<Integer> AGES = List.of(15, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 365);

    private Strategies() {}

    /** Every failure at its full cost. */
    static double runToFailure(MachineHistory machine, Costs costs) {
        return inRecord(machine) * costs.failure();
    }

    private static long inRecord(MachineHistory machine) {
        return machine.failures().stream().filter(f -> isIn(machine, f.hour())).count();
    }

    private static boolean isIn(MachineHistory machine, long hour) {
        return hour > machine.series().firstHour() && hour <= machine.series().lastHour();
    }

    /**
     * Every component replaced whenever it has reached the age: failures at a greater age don't happen, all others do.
     *
     * <p>A component whose last replacement is not known is taken as replaced when the record begins.
     */
    static double fixedAge(MachineHistory machine, List<String> components, int days, Costs costs) {
        double sum = 0;
        long first = machine.series().firstHour();
        long last = machine.series().lastHour();
        long age = days * 24L;
        for (String component : components) {
            long fitted = machine.replacements().stream()
                    .filter(e -> e.what().equals(component) && e.hour() <= first)
                    .mapToLong(Event::hour)
                    .max()
                    .orElse(first);
            for (Event event : machine.replacements()) {
                if (event.what().equals(component) && event.hour() > first && event.hour() <= last) {
                    sum += costs.replacement() * due(fitted, event.hour(), age, first);
                    boolean failed = machine.failures().contains(event);
                    sum += failed && event.hour() - fitted <= age ? costs.failure() : 0;
                    fitted = event.hour();
                }
            }
            sum += costs.replacement() * due(fitted, last, age, first);
        }
        return sum;
    }

    /** How often an age was reached from fitting until an hour, within the record; overdue when it begins counts once. */
    private static long due(long fitted, long until, long age, long first) {
        long all = Math.max(0, (until - fitted - 1) / age);
        long before = Math.max(0, (first - fitted) / age);
        return all - Math.max(0, before - 1);
    }
}
