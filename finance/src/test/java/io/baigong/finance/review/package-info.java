@NullMarked
package io.baigong.finance.review;

import org.jspecify.annotations.NullMarked;
