/** The task: a part is inspected, and passes or fails. */
@NullMarked
package io.baigong.manufacturing.defect.inspect;

import org.jspecify.annotations.NullMarked;
