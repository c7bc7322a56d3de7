/** Tests of statistical control. */
@NullMarked
package io.baigong.manufacturing.defect.quality;

import org.jspecify.annotations.NullMarked;
