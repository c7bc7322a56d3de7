/** Medical coding: from what a clinician wrote to the codes of a classification. */
@NullMarked
package io.baigong.medical;

import org.jspecify.annotations.NullMarked;
