/** Tests of marked surfaces. */
@NullMarked
package io.baigong.manufacturing.defect.tile;

import org.jspecify.annotations.NullMarked;
