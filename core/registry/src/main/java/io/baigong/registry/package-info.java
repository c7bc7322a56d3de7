/** Which model fills which role: what a vertical ships, what the platform has, or what the operator puts in its place. */
@NullMarked
package io.baigong.registry;

import org.jspecify.annotations.NullMarked;
