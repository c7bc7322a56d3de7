@NullMarked
package io.baigong.medical.code;

import org.jspecify.annotations.NullMarked;
