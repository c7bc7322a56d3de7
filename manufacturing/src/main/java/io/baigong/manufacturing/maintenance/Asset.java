package io.baigong.manufacturing.maintenance;

/** Which kind of machine the data is of, and so which model answers. */
public enum Asset {
    /** Machines with replaceable components, hourly volt, rotate, pressure and vibration: the plant's own model, or the simulator's. */
    PRODUCTION_MACHINE,
    /** The machines of Microsoft's predictive-maintenance sample. */
    AZURE_SAMPLE,
    /** Turbofan engines in C-MAPSS text, a line a cycle. */
    TURBOFAN,
    /** Products on a milling machine, as AI4I 2020 has them. */
    MILLING
}
