/** Metrics with confidence intervals, calibration of probabilities, and drift of distributions. */
@NullMarked
package io.baigong.measures;

import org.jspecify.annotations.NullMarked;
