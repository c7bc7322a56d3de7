/** Surfaces whose defects are marked pixel by pixel, such as magnetic tiles. */
@NullMarked
package io.baigong.manufacturing.defect.tile;

import org.jspecify.annotations.NullMarked;
