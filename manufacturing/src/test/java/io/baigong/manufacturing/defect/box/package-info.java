/** Tests of boxes. */
@NullMarked
package io.baigong.manufacturing.defect.box;

import org.jspecify.annotations.NullMarked;
