/** Writes the sample contracts that the product ships, from their plain texts in {@code src/test/samples}. */
@NullMarked
package io.baigong.finance.samples;

import org.jspecify.annotations.NullMarked;
