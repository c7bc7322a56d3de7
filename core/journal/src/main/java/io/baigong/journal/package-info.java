/**
 * The append-only journal of runs and of people's decisions, in PostgreSQL.
 *
 * <p>What {@link io.baigong.journal.Journal#append} returned from is on disk. The database itself refuses changes.
 */
@NullMarked
package io.baigong.journal;

import org.jspecify.annotations.NullMarked;
