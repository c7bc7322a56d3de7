/** The task: a line's inspected parts become a control chart of those rejected. */
@NullMarked
package io.baigong.manufacturing.defect.control;

import org.jspecify.annotations.NullMarked;
