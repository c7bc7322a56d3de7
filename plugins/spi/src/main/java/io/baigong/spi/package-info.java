/**
 * What a vertical is, and what the platform lends it.
 *
 * <p>A vertical implements {@link io.baigong.spi.Vertical}, is found by {@link java.util.ServiceLoader}, and needs nothing
 * else of Baigong. All positions in text are half-open {@code [start, end)} in UTF-16 units.
 */
@NullMarked
package io.baigong.spi;

import org.jspecify.annotations.NullMarked;
