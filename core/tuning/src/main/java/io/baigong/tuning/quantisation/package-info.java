/**
 * Post-training quantisation of ONNX models: a model of 32-bit floats becomes one of fewer bits, on the ONNX protobuf, without
 * learning anew.
 *
 * <p>The numbers are made by {@code core/compute}'s {@code Int8} and {@code Int4}; here is what becomes of the graph.
 */
@NullMarked
package io.baigong.tuning.quantisation;

import org.jspecify.annotations.NullMarked;
