package io.baigong.tuning.llm;

/**
 * How GPUs share the work.
 *
 * @param data groups that each see other examples
 * @param tensor GPUs of a group that share each matrix
 * @param pipeline GPUs of a group that share the layers
 */
public record Parallelism(int data, int tensor, int pipeline) {
    /** All GPUs. */
    public int gpus() {
        return Math.multiplyExact(Math.multiplyExact(data, tensor), pipeline);
    }
}
