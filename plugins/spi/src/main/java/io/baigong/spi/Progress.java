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

    /** The stretch from {@code from} to {@code to} of this work, as work of its own. */
    default Progress part(double from, double to) {
        return (share, what) -> at(from + share * (to - from), what);
    }
}
