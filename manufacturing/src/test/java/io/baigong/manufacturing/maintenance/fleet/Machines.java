package io.baigong.manufacturing.maintenance.fleet;

import io.baigong.manufacturing.maintenance.fleet.MachineHistory.Event;
import io.baigong.manufacturing.maintenance.telemetry.HourlySeries;
import java.util.List;
import java.util.Random;

/** Machines made up for tests; their hour 0 is 1970. */
final class Machines {
    private Machines() {}

    /** A machine of one component {@code pump} and normal noise, with these failures, each followed by a replacement. */
    static MachineHistory failing(String name, int hours, long... failures) {
        List<Event> events = java.util.Arrays.stream(failures)
                .mapToObj(hour -> new Event(hour, "pump"))
                .toList();
        var random = new Random(name.hashCode());
        float[][] values = new float[hours][4];
        for (float[] row : values) {
            for (int s = 0; s < row.length; s++) {
                row[s] = (float) random.nextGaussian();
            }
        }
        return new MachineHistory(name, "model1", 5, new HourlySeries(0, values), List.of(), events, events);
    }
}
