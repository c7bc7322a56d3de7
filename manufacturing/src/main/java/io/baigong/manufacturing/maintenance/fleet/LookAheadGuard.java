package io.baigong.manufacturing.maintenance.fleet;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Refuses features that know the future: each row is made twice, from the whole history and from what was known by its hour, and
 * must be the same.
 *
 * <p>Leakage of this kind, and why it is the commonest cause of figures that do not last: Kaufman et al., Leakage in Data Mining, KDD
 * 2011.
 */
public final class LookAheadGuard {
    private static final int CHECKS_PER_MACHINE = 16;

    private LookAheadGuard() {}

    /** Checks rows at random hours of each machine; throws with the names of the features that differ. */
    public static void check(
            FeatureSource source,
            List<MachineHistory> machines,
            int components,
            List<Integer> horizons,
            RandomGenerator random)
            throws IOException {
        Set<String> leaking = new TreeSet<>();
        for (MachineHistory machine : machines) {
            FeatureSource.Rows whole = source.on(machine);
            for (int i = 0; i < CHECKS_PER_MACHINE && machine.series().hours() > 1; i++) {
                long hour = machine.series().firstHour()
                        + random.nextInt(machine.series().hours() - 1);
                int component = random.nextInt(components);
                int horizon = horizons.get(random.nextInt(horizons.size()));
                float[] later = whole.row(component, hour, horizon);
                float[] then = source.on(machine.until(hour)).row(component, hour, horizon);
                for (int f = 0; f < later.length; f++) {
                    if (Float.compare(later[f], then[f]) != 0) {
                        leaking.add(source.names().get(f));
                    }
                }
            }
        }
        if (!leaking.isEmpty()) {
            throw new IOException("these features know what had not happened yet, and would be worthless in the plant: "
                    + String.join(", ", leaking));
        }
    }
}
