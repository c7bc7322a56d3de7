/** Parts that the tests draw themselves, with known defects. */
@NullMarked
package io.baigong.manufacturing.defect.drawn;

import org.jspecify.annotations.NullMarked;
