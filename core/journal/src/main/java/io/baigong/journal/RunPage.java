package io.baigong.journal;

import java.util.List;

/**
 * A part of a list of runs.
 *
 * @param total how many there are in the whole list
 */
public record RunPage(List<RunSummary> runs, long total) {
    public RunPage {
        runs = List.copyOf(runs);
    }
}
