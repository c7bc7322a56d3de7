/** Tests of what is unlike sound parts. */
@NullMarked
package io.baigong.manufacturing.defect.anomaly;

import org.jspecify.annotations.NullMarked;
