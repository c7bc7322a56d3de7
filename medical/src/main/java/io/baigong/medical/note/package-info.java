/** Clinical notes: their language, words, sentences, sections, and what is said of a finding: negated, of the family, past, unsure. */
@NullMarked
package io.baigong.medical.note;

import org.jspecify.annotations.NullMarked;
