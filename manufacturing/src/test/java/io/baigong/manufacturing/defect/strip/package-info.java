/** Tests of strip classes. */
@NullMarked
package io.baigong.manufacturing.defect.strip;

import org.jspecify.annotations.NullMarked;
