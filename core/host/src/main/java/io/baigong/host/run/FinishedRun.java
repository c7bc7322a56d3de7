package io.baigong.host.run;

import io.baigong.journal.RunRecord;
import io.baigong.spi.Outcome;

/**
 * A run that has ended, and is in the journal if there is one.
 *
 * @param outcome what the task said; its evidence is not yet checked, that of {@code entry} is
 */
public record FinishedRun(RunRecord entry, Outcome<?> outcome) {}
