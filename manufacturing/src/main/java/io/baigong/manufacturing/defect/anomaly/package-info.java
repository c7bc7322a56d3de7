/** What is unlike sound parts, where no defect is known yet. */
@NullMarked
package io.baigong.manufacturing.defect.anomaly;

import org.jspecify.annotations.NullMarked;
