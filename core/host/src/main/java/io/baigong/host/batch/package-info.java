/**
 * Batches: many records for one task, run in the background and restartable. {@code BatchReader} reads what was sent, {@code Batches}
 * keeps it, {@code BatchWorkers} run it, {@code BatchReport} sums up.
 */
@NullMarked
package io.baigong.host.batch;

import org.jspecify.annotations.NullMarked;
