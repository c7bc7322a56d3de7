/**
 * Encoders on this machine's own processors: tokenizers, windows over long texts, ONNX sessions.
 *
 * <p>Knows nothing of the platform. All positions in text are half-open {@code [start, end)} in UTF-16 units.
 */
@NullMarked
package io.baigong.compute;

import org.jspecify.annotations.NullMarked;
