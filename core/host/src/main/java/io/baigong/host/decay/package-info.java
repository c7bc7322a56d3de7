/**
 * The watch of what serves: how inputs, answers and people's decisions move away from what they were when a model began to serve, and the
 * training that follows.
 */
@NullMarked
package io.baigong.host.decay;

import org.jspecify.annotations.NullMarked;
