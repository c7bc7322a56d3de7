/** Clinical text: how it is folded, cut and compared. */
@NullMarked
package io.baigong.medical.text;

import org.jspecify.annotations.NullMarked;
