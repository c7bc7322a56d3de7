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
}
