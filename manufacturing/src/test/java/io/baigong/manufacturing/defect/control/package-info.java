/** Tests of strip classes. */
@NullMarked
package io.baigong.manufacturing.defect.control;

import org.jspecify.annotations.NullMarked;
