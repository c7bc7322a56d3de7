package io.baigong.spi;

/** Told how far long work is. */
@FunctionalInterface
public interface Progress {
    /** Tells nobody. */
    Progress SILENT = (share, what) -> {};

    /**
     * Reports.
     *
     * @param share done, in [0, 1]
     * @param what is being done now
     */
    void at(double share, String what);

    /**
     * A figure that shows how learning goes, such as a loss.
     *
     * @param metric named as its field names it
     * @param step of the learning that it belongs to, in epochs or rounds from 0
     */
    default void measured(String metric, double step, double value) {}

    /** The stretch from {@code from} to {@code to} of this work, as work of its own. */
    default Progress part(double from, double to) {
        Progress whole = this;
        return new Progress() {
            @Override
            public void at(double share, String what) {
                whole.at(from + share * (to - from), what);
            }

            @Override
            public void measured(String metric, double step, double value) {
                whole.measured(metric, step, value);
            }
        };
    }
}
