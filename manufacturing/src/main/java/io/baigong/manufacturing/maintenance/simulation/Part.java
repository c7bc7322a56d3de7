package io.baigong.manufacturing.maintenance.simulation;

/**
 * A component of a simulated machine, and how its damage shows.
 *
 * <p>Effects are in standard deviations of the hourly noise at the moment of failure, in the order of
 * {@link io.baigong.manufacturing.maintenance.telemetry.Signal}: volt, rotate, pressure, vibration.
 */
enum Part {
    /** Insulation of a winding ages: the voltage drawn rises. */
    WINDING("winding", 130, "E101", 2.5, 0, 0, 0),
    /** A bearing spalls: vibration rises, and it turns a little slower. */
    BEARING("bearing", 95, "E102", 0, -0.6, 0, 3),
    /** A seal leaks: pressure falls. */
    SEAL("seal", 110, "E103", 0, 0, -2.5, 0),
    /** A belt slips: it turns slower and shakes. */
    BELT("belt", 85, "E104", 0, -2.5, 0, 0.8);

    static final java.util.List<Part> ALL = java.util.List.of(values());

    private final String component;
    private final double life;
    private final String error;
    private final double volt;
    private final double rotate;
    private final double pressure;
    private final double vibration;

    Part(String component, double life, String error, double volt, double rotate, double pressure, double vibration) {
        this.component = component;
        this.life = life;
        this.error = error;
        this.volt = volt;
        this.rotate = rotate;
        this.pressure = pressure;
        this.vibration = vibration;
    }

    String component() {
        return component;
    }

    /** Scale of the Weibull distribution of its life, days at full load. */
    double life() {
        return life;
    }

    /** The code that it causes more and more often. */
    String error() {
        return error;
    }

    /** How far it moves each signal when it fails. */
    double[] effects() {
        return new double[] {volt, rotate, pressure, vibration};
    }
}
