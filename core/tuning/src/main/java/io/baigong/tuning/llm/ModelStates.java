package io.baigong.tuning.llm;

/**
 * Bytes on one GPU for the weights that learn, their gradients, and Adam's states: a copy of the weights, momentum and variance.
 *
 * <p>Rajbhandari et al. 2020, arXiv 1910.02054, sections 3.1 and 5, figure 1: in mixed precision 2, 2 and 12 bytes a weight, of which
 * stage 1 divides the states, stage 2 the gradients too, and stage 3 all by the size of the data-parallel group.
 */
record ModelStates(double weights, double gradients, double optimizer) {
    /** @param weights on this GPU before anything is divided */
    static ModelStates of(long weights, FloatFormat precision, int zeroStage, int data) {
        boolean mixed = precision != FloatFormat.FP32;
        return new ModelStates(2.0 * weights, 2.0 * weights, 12.0 * weights)
                .scaled(mixed)
                .divided(zeroStage, data);
    }

    /**
     * Of adapters that learn in bf16 with Adam's states in 32 bits and no copy of the weights: QLoRA without DeepSpeed (Dettmers et al.
     * 2023, section 3).
     */
    static ModelStates ofBf16Adapters(long weights) {
        return new ModelStates(2.0 * weights, 2.0 * weights, 8.0 * weights);
    }

    /** In 32 bits throughout there are 4, 4 and 8 bytes a weight, as no copy is needed. */
    private ModelStates scaled(boolean mixed) {
        return mixed ? this : new ModelStates(2 * weights, 2 * gradients, optimizer * 2 / 3);
    }

    private ModelStates divided(int zeroStage, int data) {
        return new ModelStates(
                zeroStage == 3 ? weights / data : weights,
                zeroStage >= 2 ? gradients / data : gradients,
                zeroStage >= 1 ? optimizer / data : optimizer);
    }

    double total() {
        return weights + gradients + optimizer;
    }
}
