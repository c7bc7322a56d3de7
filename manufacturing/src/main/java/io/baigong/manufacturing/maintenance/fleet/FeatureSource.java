package io.baigong.manufacturing.maintenance.fleet;

import java.util.List;

/** Makes rows for a model from histories of machines. */
public interface FeatureSource {
    /** Names of the columns, in order. */
    List<String> names();

    /** Rows of one machine. */
    Rows on(MachineHistory history);

    /** Rows of a machine. */
    interface Rows {
        /**
         * What is known of a component once an hour is over.
         *
         * @param component index in {@link FleetNorms#components}
         * @param hour since 1970
         * @param horizon hours within which a failure is asked for
         */
        float[] row(int component, long hour, int horizon);
    }
}
