@NullMarked
package io.baigong.tuning.quantisation;

import org.jspecify.annotations.NullMarked;
