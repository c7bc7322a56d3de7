/** Tests of strip classes. */
@NullMarked
package io.baigong.manufacturing.defect.quality;

import org.jspecify.annotations.NullMarked;
