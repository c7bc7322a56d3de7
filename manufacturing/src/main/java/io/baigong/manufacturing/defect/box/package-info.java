/** Boxes around defects, without anchors. */
@NullMarked
package io.baigong.manufacturing.defect.box;

import org.jspecify.annotations.NullMarked;
