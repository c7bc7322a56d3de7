@NullMarked
package io.baigong.medical.term;

import org.jspecify.annotations.NullMarked;
