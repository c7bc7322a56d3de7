/** Term normalisation: from what a clinician wrote to the standard names of a list. */
@NullMarked
package io.baigong.medical.term;

import org.jspecify.annotations.NullMarked;
