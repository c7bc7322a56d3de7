package io.baigong.manufacturing.maintenance.turbofan;

import java.util.Arrays;

/**
 * A turbofan engine and what was measured of it, a row a cycle (Saxena et al., Damage Propagation Modeling for Aircraft Engine
 * Run-to-Failure Simulation, PHM 2008).
 *
 * @param id unit number, with the name of its set before it
 * @param settings {@code [cycles, 3]}: altitude (1000 ft), Mach number, throttle resolver angle
 * @param sensors {@code [cycles, 21]}: T2, T24, T30, T50, P2, P15, P30, Nf, Nc, epr, Ps30, phi, NRf, NRc, BPR, farB, htBleed, Nf_dmd,
 *     PCNfR_dmd, W31, W32
 */
@SuppressWarnings("ArrayRecordComponent")
public record Engine(String id, double[][] settings, double[][] sensors) {
    /** Columns of {@link #settings}. */
    public static final int SETTINGS = 3;

    /** Columns of {@link #sensors}. */
    public static final int SENSORS = 21;

    /** Cycles seen. */
    public int cycles() {
        return sensors.length;
    }

    /** This engine as it was known after its first {@code cycles}. */
    public Engine after(int cycles) {
        return new Engine(id, Arrays.copyOf(settings, cycles), Arrays.copyOf(sensors, cycles));
    }
}
