package io.baigong.manufacturing.maintenance.fleet;

import io.baigong.manufacturing.maintenance.fleet.MachineHistory.Event;
import io.baigong.spi.LabelledRows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Rows of machines with what came after: 1 where the component failed within the horizon, 0 where it did not, whether it was replaced
 * meanwhile or not (a competing event). Where the record ends before the horizon without a failure, there is no row.
 */
final class FleetExamples {
    /** Least hours between rows of one component: nearer ones say the same. */
    private static final int STRIDE = 3;

    /** Rows of a large fleet stand further apart, so that there are no more than about so many. */
    private static final long MOST_ROWS = 200_000;

    private FleetExamples() {}

    /** Rows of the machines. */
    static List<Row> of(FeatureSource source, List<MachineHistory> machines, List<String> components) {
        var examples = new ArrayList<Row>();
        long hours = machines.stream().mapToLong(m -> m.series().hours()).sum();
        long stride = Math.max(STRIDE, hours * components.size() * FailurePredictor.HORIZONS.size() / MOST_ROWS);
        for (MachineHistory machine : machines) {
            FeatureSource.Rows rows = source.on(machine);
            long last = machine.series().lastHour();
            for (int c = 0; c < components.size(); c++) {
                for (long hour = machine.series().firstHour(); hour <= last; hour += stride) {
                    for (int horizon : FailurePredictor.HORIZONS) {
                        OptionalInt label = label(machine, components.get(c), hour, horizon, last);
                        if (label.isPresent()) {
                            examples.add(new Row(rows.row(c, hour, horizon), label.getAsInt(), 1, machine.machine()));
                        }
                    }
                }
            }
        }
        return examples;
    }

    /** Whether the component fails in {@code (hour, hour + horizon]}; empty where the record, up to {@code last}, can't tell. */
    static OptionalInt label(MachineHistory machine, String component, long hour, int horizon, long last) {
        for (Event failure : machine.failures()) {
            if (failure.what().equals(component)
                    && failure.hour() > hour
                    && failure.hour() <= Math.min(hour + horizon, last)) {
                return OptionalInt.of(1);
            }
        }
        return hour + horizon <= last ? OptionalInt.of(0) : OptionalInt.empty();
    }
}
