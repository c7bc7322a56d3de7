/** Tests of the task. */
@NullMarked
package io.baigong.manufacturing.defect.inspect;

import org.jspecify.annotations.NullMarked;
