/** Parquet files, read in a process of its own: {@code ParquetRows} row by row, {@code ParquetText} as the text that tasks read. */
@NullMarked
package io.baigong.host.parquet;

import org.jspecify.annotations.NullMarked;
