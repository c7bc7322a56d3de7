package io.baigong.manufacturing.maintenance.fleet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Answers of a model about a machine that it was not grown on.
 *
 * @param components that the model knows
 * @param hourly by component {@code [horizons, hours]}, horizons as in {@link FailurePredictor#HORIZONS}
 */
record Unseen(MachineHistory machine, List<String> components, List<float[][]> hourly) {
    static Unseen of(MachineHistory machine, FailurePredictor predictor) {
        FailurePredictor.Asked asked = predictor.on(machine);
        var hourly = new ArrayList<float[][]>();
        for (int c = 0; c < predictor.components().size(); c++) {
            hourly.add(asked.hourly(c, FailurePredictor.HORIZONS));
        }
        return new Unseen(machine, predictor.components(), hourly);
    }

    AlarmScore score(AlarmRule rule) {
        int horizon = FailurePredictor.HORIZONS.indexOf(rule.horizon());
        var episodes = new ArrayList<Episode>();
        for (int c = 0; c < components.size(); c++) {
            episodes.addAll(Episode.of(
                    components.get(c),
                    machine.series().firstHour(),
                    hourly.get(c)[horizon],
                    rule.threshold(),
                    machine.replacements()));
        }
        return AlarmScore.of(machine, episodes);
    }

    /** From an hour on. */
    Unseen from(long hour) {
        MachineHistory rest = machine.from(hour);
        int skipped = machine.series().hours() - rest.series().hours();
        return new Unseen(
                rest,
                components,
                hourly.stream()
                        .map(rows -> Arrays.stream(rows)
                                .map(row -> Arrays.copyOfRange(row, skipped, row.length))
                                .toArray(float[][]::new))
                        .toList());
    }
}
