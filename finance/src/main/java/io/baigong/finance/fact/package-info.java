/** Typed facts of a contract: parties, dates, term, governing law, liability cap. */
@NullMarked
package io.baigong.finance.fact;

import org.jspecify.annotations.NullMarked;
