@NullMarked
package io.baigong.finance.fact;

import org.jspecify.annotations.NullMarked;
