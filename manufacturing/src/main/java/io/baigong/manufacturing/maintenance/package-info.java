/** {@code manufacturing.predictive-maintenance}: which machines will fail, why, and what to do. */
@NullMarked
package io.baigong.manufacturing.maintenance;

import org.jspecify.annotations.NullMarked;
