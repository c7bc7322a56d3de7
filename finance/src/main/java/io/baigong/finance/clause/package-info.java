/** Clauses: the passages of a contract that a lawyer would mark, and how they are found. */
@NullMarked
package io.baigong.finance.clause;

import org.jspecify.annotations.NullMarked;
