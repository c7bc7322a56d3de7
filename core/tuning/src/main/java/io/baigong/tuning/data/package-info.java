/**
 * Text for training: read, cleaned of duplicates and of bad or personal text, balanced, split and frozen, with a report of what
 * was dropped and why.
 *
 * <p>Files are streamed, twice or more; in memory stands what is known of each document, never its text.
 */
@NullMarked
package io.baigong.tuning.data;

import org.jspecify.annotations.NullMarked;
