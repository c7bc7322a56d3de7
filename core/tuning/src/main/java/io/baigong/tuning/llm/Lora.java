package io.baigong.tuning.llm;

import java.util.List;

/**
 * Adapters of low rank.
 *
 * @param rank of the two factors beside each matrix
 * @param alpha their product is scaled by {@code alpha / rank}
 * @param targetModules linear layers that get one, as Transformers names them: {@code q_proj}
 */
public record Lora(int rank, int alpha, List<String> targetModules) {
    public Lora {
        targetModules = List.copyOf(targetModules);
    }

    /** Weights of the adapters of a whole model: {@code rank * (in + out)} for each layer that has one. */
    long parameters(DecoderShape shape) {
        var linears = shape.linears();
        return shape.layers()
                * targetModules.stream()
                        .map(linears::get)
                        .mapToLong(linear -> rank * (linear.in() + linear.out()))
                        .sum();
    }
}
