/** The finance vertical: contract compliance review. */
@NullMarked
package io.baigong.finance;

import org.jspecify.annotations.NullMarked;
