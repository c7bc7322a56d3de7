/** Pictures as numbers, read with bounds. */
@NullMarked
package io.baigong.manufacturing.defect.image;

import org.jspecify.annotations.NullMarked;
