/** What a line decides by, and how it is watched: thresholds by cost, control charts, light and focus. */
@NullMarked
package io.baigong.manufacturing.defect.quality;

import org.jspecify.annotations.NullMarked;
