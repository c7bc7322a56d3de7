@NullMarked
package io.baigong.medical.note;

import org.jspecify.annotations.NullMarked;
