package io.baigong.manufacturing.maintenance.process;

import java.util.List;

/**
 * One product on a milling machine, as AI4I 2020 records it (Matzka, Explainable Artificial Intelligence for Predictive Maintenance
 * Applications, AI4I 2020).
 *
 * @param id of the product
 * @param quality of the product: L, M or H
 * @param air temperature, K
 * @param process temperature, K
 * @param speed rpm
 * @param torque Nm
 * @param wear of the tool, minutes
 */
public record Machining(String id, char quality, double air, double process, double speed, double torque, double wear) {
    private static final List<String> NAMES = List.of(
            "quality",
            "air_temperature",
            "process_temperature",
            "speed",
            "torque",
            "tool_wear",
            "temperature_difference",
            "power",
            "power_margin",
            "strain",
            "strain_margin");

    /** Least and most power of the spindle, W: outside it stalls or trips (Matzka 2020, section III). */
    private static final double LEAST_POWER = 3500;

    private static final double MOST_POWER = 9000;

    /** Names of the features, in order. */
    static List<String> names() {
        return NAMES;
    }

    /** Torque times angular speed, W. */
    double power() {
        return torque * speed * 2 * Math.PI / 60;
    }

    /** Wear times torque that the product's quality allows, min Nm (Matzka 2020, section III). */
    private double strainLimit() {
        return switch (quality) {
            case 'L' -> 11_000;
            case 'M' -> 12_000;
            default -> 13_000;
        };
    }

    float[] features() {
        return new float[] {
            quality == 'L' ? 0 : quality == 'M' ? 1 : 2,
            (float) air,
            (float) process,
            (float) speed,
            (float) torque,
            (float) wear,
            (float) (process - air),
            (float) power(),
            (float) Math.min(power() - LEAST_POWER, MOST_POWER - power()),
            (float) (wear * torque),
            (float) (strainLimit() - wear * torque)
        };
    }
}
