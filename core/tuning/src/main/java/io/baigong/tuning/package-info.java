/**
 * Training engines: from a description of a model and labelled data to an artifact.
 *
 * <p>Nets are trained by DJL with PyTorch on this machine's processors; what is trained is served by {@code core/compute}.
 */
@NullMarked
package io.baigong.tuning;

import org.jspecify.annotations.NullMarked;
