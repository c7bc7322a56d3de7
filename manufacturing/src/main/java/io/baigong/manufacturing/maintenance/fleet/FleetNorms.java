package io.baigong.manufacturing.maintenance.fleet;

import io.baigong.manufacturing.maintenance.telemetry.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What machines of a fleet have in common: their components and error codes, and what is usual for each signal.
 *
 * @param components in the order of the model's columns
 * @param errors error codes, in the order of the model's columns
 * @param models makes of machines, in the order of the model's columns; none for a small fleet
 * @param mean of each {@link Signal} over all hours
 * @param deviation standard deviation of each signal
 * @param signatures of the components' failures, in their order
 * @param serviceHours time between services of a machine, where they follow a schedule; NaN where they don't
 */
public record FleetNorms(
        List<String> components,
        List<String> errors,
        List<String> models,
        List<Double> mean,
        List<Double> deviation,
        List<Signature> signatures,
        double serviceHours) {
    /** With fewer machines than these, their makes and ages would name them, and a model would learn them by heart. */
    private static final int FEW = 30;

    /** Share of times between services that a schedule must explain. */
    private static final double REGULAR = 0.5;

    public FleetNorms {
        components = List.copyOf(components);
        errors = List.copyOf(errors);
        models = List.copyOf(models);
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        signatures = List.copyOf(signatures);
    }

    /** Of a fleet to learn from. */
    public static FleetNorms of(List<MachineHistory> machines) {
        var mean = new ArrayList<Double>();
        var deviation = new ArrayList<Double>();
        for (int s = 0; s < Signal.ALL.size(); s++) {
            double sum = 0;
            double squares = 0;
            long count = 0;
            for (MachineHistory machine : machines) {
                for (float[] row : machine.series().values()) {
                    if (!Float.isNaN(row[s])) {
                        sum += row[s];
                        squares += (double) row[s] * row[s];
                        count++;
                    }
                }
            }
            double m = count == 0 ? 0 : sum / count;
            double variance = count == 0 ? 0 : squares / count - m * m;
            mean.add(m);
            deviation.add(variance > 1e-9 ? Math.sqrt(variance) : 1);
        }
        List<String> components = names(machines.stream()
                .flatMap(m -> Stream.concat(m.replacements().stream(), m.failures().stream()))
                .map(MachineHistory.Event::what));
        List<String> errors =
                names(machines.stream().flatMap(m -> m.errors().stream()).map(MachineHistory.Event::what));
        List<String> models = machines.size() < FEW
                ? List.of()
                : names(machines.stream().map(MachineHistory::model).filter(model -> !model.isEmpty()));
        return new FleetNorms(
                components,
                errors,
                models,
                mean,
                deviation,
                components.stream()
                        .map(component -> Signature.of(component, machines, mean, deviation, errors))
                        .toList(),
                serviceHours(machines));
    }

    /** The commonest time between two services of a machine in its record, where most others are multiples of it. */
    private static double serviceHours(List<MachineHistory> machines) {
        Map<Long, Integer> gaps = new TreeMap<>();
        int all = 0;
        for (MachineHistory machine : machines) {
            List<Long> hours = machine.replacements().stream()
                    .map(MachineHistory.Event::hour)
                    .filter(hour -> hour >= machine.series().firstHour())
                    .distinct()
                    .toList();
            for (int i = 1; i < hours.size(); i++) {
                gaps.merge(hours.get(i) - hours.get(i - 1), 1, Integer::sum);
                all++;
            }
        }
        long commonest = gaps.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0L);
        int regular = commonest <= 0
                ? 0
                : gaps.entrySet().stream()
                        .filter(gap -> gap.getKey() % commonest == 0)
                        .mapToInt(Map.Entry::getValue)
                        .sum();
        return regular > REGULAR * all ? commonest : Double.NaN;
    }

    private static List<String> names(Stream<String> all) {
        return all.distinct().sorted().toList();
    }
}
