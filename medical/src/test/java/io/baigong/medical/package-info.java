@NullMarked
package io.baigong.medical;

import org.jspecify.annotations.NullMarked;
