/** Fakes of what the platform lends a vertical, and the compatibility kit that each vertical passes. */
@NullMarked
package io.baigong.testkit;

import org.jspecify.annotations.NullMarked;
