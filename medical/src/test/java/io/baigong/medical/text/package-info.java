@NullMarked
package io.baigong.medical.text;

import org.jspecify.annotations.NullMarked;
