@NullMarked
package io.baigong.tuning.data;

import org.jspecify.annotations.NullMarked;
