/** Statistical control of a line: charts, and thresholds by cost. */
@NullMarked
package io.baigong.manufacturing.defect.quality;

import org.jspecify.annotations.NullMarked;
