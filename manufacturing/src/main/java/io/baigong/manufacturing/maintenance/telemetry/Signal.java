package io.baigong.manufacturing.maintenance.telemetry;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is measured of a machine, in one unit each: V, rpm, bar and mm/s, of which the factor is 1. */
public enum Signal {
    VOLT("volt", List.of("voltage"), 100, 250, Map.of("v", 1.0, "mv", 0.001, "kv", 1000.0)),
    ROTATE(
            "rotate",
            List.of("rotation", "speed", "rotational_speed"),
            150,
            800,
            Map.of("rpm", 1.0, "1/min", 1.0, "hz", 60.0, "1/s", 60.0, "rad/s", 60 / (2 * Math.PI))),
    PRESSURE(
            "pressure",
            List.of(),
            50,
            200,
            Map.of("bar", 1.0, "kpa", 0.01, "mpa", 10.0, "pa", 1e-5, "psi", 0.0689475729)),
    VIBRATION("vibration", List.of(), 15, 100, Map.of("mm/s", 1.0, "cm/s", 10.0, "m/s", 1000.0, "in/s", 25.4));

    /** All, in the order of the columns of a series. */
    public static final List<Signal> ALL = List.of(values());

    private final String column;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> otherNames;

    private final double lowest;
    private final double highest;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Map<String, Double> factors;

    Signal(String column, List<String> otherNames, double lowest, double highest, Map<String, Double> factors) {
        this.column = column;
        this.otherNames = otherNames;
        this.lowest = lowest;
        this.highest = highest;
        this.factors = factors;
    }

    /** Its usual column name. */
    public String column() {
        return column;
    }

    /** Whether a machine may run at this median; one that may not was measured in another unit. */
    public boolean plausible(double median) {
        return median >= lowest && median <= highest;
    }

    /** Whether a column of this name, without unit, holds it. */
    boolean isNamed(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
        return column.equals(plain) || otherNames.contains(plain);
    }

    /** By what a value in the unit is multiplied; empty for a unit that is not known. */
    Optional<Double> factor(String from) {
        return Optional.ofNullable(factors.get(from.strip().toLowerCase(Locale.ROOT)));
    }

    /** Units that it may come in. */
    List<String> units() {
        return factors.keySet().stream().sorted().toList();
    }
}
