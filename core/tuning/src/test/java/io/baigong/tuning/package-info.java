@NullMarked
package io.baigong.tuning;

import org.jspecify.annotations.NullMarked;
