package io.baigong.manufacturing.maintenance.fleet;

import io.baigong.manufacturing.maintenance.fleet.MachineHistory.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * One alarm for one component, however long it lasts.
 *
 * @param opened hour since 1970, once it was over
 * @param closed hour in which it ended, or the last hour known while it is open
 * @param open whether it still lasts at the end of what is known
 * @param peak highest probability during it
 */
public record Episode(String component, long opened, long closed, boolean open, double peak) {
    /** An alarm closes when the probability stays below this share of the threshold ... */
    static final double RELEASE = 0.5;

    /** ... for so many hours. */
    static final int QUIET = 24;

    /**
     * Alarms of a component.
     *
     * @param firstHour hour of the first probability
     * @param probabilities of a failure, an hour each; NaN where nothing is known
     * @param replacements of the machine's components, each of which ends an alarm of its own
     */
    static List<Episode> of(
            String component, long firstHour, float[] probabilities, double threshold, List<Event> replacements) {
        var episodes = new ArrayList<Episode>();
        boolean[] ends = new boolean[probabilities.length];
        for (Event event : replacements) {
            long at = event.hour() - firstHour;
            if (event.what().equals(component) && at >= 0 && at < ends.length) {
                ends[(int) at] = true;
            }
        }
        int quiet = 0;
        int opened = -1;
        double peak = 0;
        for (int t = 0; t < probabilities.length; t++) {
            double p = probabilities[t];
            if (ends[t]) {
                if (opened >= 0) {
                    episodes.add(new Episode(component, firstHour + opened, firstHour + t, false, peak));
                }
                opened = -1;
                continue;
            }
            if (opened < 0) {
                if (p >= threshold) {
                    opened = t;
                    quiet = 0;
                    peak = p;
                }
                continue;
            }
            peak = Math.max(peak, Double.isNaN(p) ? 0 : p);
            quiet = p < threshold * RELEASE ? quiet + 1 : 0;
            if (quiet >= QUIET) {
                episodes.add(new Episode(component, firstHour + opened, firstHour + t, false, peak));
                opened = -1;
            }
        }
        if (opened >= 0) {
            episodes.add(new Episode(component, firstHour + opened, firstHour + probabilities.length - 1, true, peak));
        }
        return episodes;
    }
}
