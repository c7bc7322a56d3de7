/** ICD coding: codes for a clinical note, with the words that justify each and the rules that bear on them. */
@NullMarked
package io.baigong.medical.coding;

import org.jspecify.annotations.NullMarked;
