@NullMarked
package io.baigong.measures;

import org.jspecify.annotations.NullMarked;
