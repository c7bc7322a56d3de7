/** Plain text read by its form alone, in process: what in it is personal. All positions are half-open {@code [start, end)} in UTF-16 units. */
@NullMarked
package io.baigong.compute.text;

import org.jspecify.annotations.NullMarked;
