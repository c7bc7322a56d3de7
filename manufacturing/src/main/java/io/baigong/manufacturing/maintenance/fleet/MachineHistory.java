package io.baigong.manufacturing.maintenance.fleet;

import io.baigong.manufacturing.maintenance.telemetry.HourlySeries;
import java.util.List;

/**
 * What is known of one machine.
 *
 * @param model its make, as the plant calls it
 * @param age years in service; NaN where it is not known
 * @param series its signals on the hour
 * @param errors that did not stop it, by time
 * @param replacements of components, planned or after a failure, by time
 * @param failures of components, by time
 */
public record MachineHistory(
        String machine,
        String model,
        double age,
        HourlySeries series,
        List<Event> errors,
        List<Event> replacements,
        List<Event> failures) {
    public MachineHistory {
        errors = List.copyOf(errors);
        replacements = List.copyOf(replacements);
        failures = List.copyOf(failures);
    }

    /**
     * Something that happened in an hour.
     *
     * @param hour since 1970
     * @param what an error code or a component
     */
    public record Event(long hour, String what) {}

    /** What was known once the hour was over. */
    public MachineHistory until(long hour) {
        return new MachineHistory(
                machine,
                model,
                age,
                series.until(hour),
                before(errors, hour),
                before(replacements, hour),
                before(failures, hour));
    }

    /** This machine with the signals of its last hours. */
    public MachineHistory recent(int hours) {
        return from(series.lastHour() - hours + 1);
    }

    /** This machine with signals from an hour on; events stay. */
    MachineHistory from(long hour) {
        return new MachineHistory(machine, model, age, series.from(hour), errors, replacements, failures);
    }

    private static List<Event> before(List<Event> events, long hour) {
        return events.stream().filter(event -> event.hour() <= hour).toList();
    }
}
