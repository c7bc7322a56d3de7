@NullMarked
package io.baigong.finance;

import org.jspecify.annotations.NullMarked;
