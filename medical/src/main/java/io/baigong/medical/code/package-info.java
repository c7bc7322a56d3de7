/** Classifications as data: lists of codes, and the tabular list of ICD-10-CM with its notes. */
@NullMarked
package io.baigong.medical.code;

import org.jspecify.annotations.NullMarked;
