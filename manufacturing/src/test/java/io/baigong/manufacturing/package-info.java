@NullMarked
package io.baigong.manufacturing;

import org.jspecify.annotations.NullMarked;
