@NullMarked
package io.baigong.finance.clause;

import org.jspecify.annotations.NullMarked;
