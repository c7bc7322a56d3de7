package io.baigong.tuning.llm;

/**
 * What a training takes of one GPU, in bytes.
 *
 * @param weights those that learn and those that do not, DPO's reference model too
 * @param gradients of the weights that learn
 * @param optimizer Adam's states
 * @param activations what the forward pass keeps for the backward pass
 * @param logits of all tokens, their copy in 32 bits, its log-softmax and the gradient of it
 * @param workspace what the engines hold beside: gradients in 32 bits, buckets of communication, gathered weights, CUDA itself
 */
public record MemoryEstimate(
        double weights, double gradients, double optimizer, double activations, double logits, double workspace) {
    private static final double GIB = 1L << 30;

    /**
     * Bits of a weight in NF4 with its constants quantised once more: 4, an 8-bit scale for 64 weights, and a 32-bit scale for 256 of
     * these (Dettmers et al. 2023, section 3).
     */
    private static final double NF4_BITS = 4 + 8 / 64.0 + 32 / (64.0 * 256);

    /** Elements of DeepSpeed's buckets, as the script sets them. */
    private static final long BUCKET = 200_000_000;

    /** Most weights that DeepSpeed's stage 3 holds gathered, its default. */
    private static final long MOST_GATHERED = 1_000_000_000;

    /** What a process takes before anything is loaded: CUDA's context, cuBLAS, NCCL. */
    private static final double CONTEXT = GIB;

    /** Part of a GPU's memory that is left to fragmentation. */
    private static final double FREE = 0.05;

    static MemoryEstimate of(LlmRecipe recipe) {
        DecoderShape shape = recipe.baseModel().shape();
        FloatFormat precision = recipe.precision();
        int tensor = recipe.parallel().tensor();
        // AutoTP divides the matrices of the layers; the tables and norms it leaves whole.
        long onGpu = recipe.method() == Method.FULL ? shape.matrices() / tensor + shape.others() : recipe.trainable();
        ModelStates states = states(recipe, onGpu);
        double tokens =
                (double) recipe.batch() * recipe.sequenceLength() * (recipe.objective() == Objective.DPO ? 2 : 1);
        // Logits in 16 bits have a copy in 32; the log-softmax and the gradient are in 32 bits in any case.
        double perLogit = precision == FloatFormat.FP32 ? 12 : 14;
        return new MemoryEstimate(
                states.weights() + frozen(recipe),
                states.gradients(),
                states.optimizer(),
                Activations.all(shape, tokens, tensor, precision, recipe.gradientCheckpointing()),
                tokens * shape.vocabulary() * perLogit,
                workspace(recipe, onGpu));
    }

    private static ModelStates states(LlmRecipe recipe, long onGpu) {
        return recipe.method() == Method.QLORA && recipe.zeroStage() == 0
                ? ModelStates.ofBf16Adapters(onGpu)
                : ModelStates.of(
                        onGpu,
                        recipe.precision(),
                        recipe.zeroStage(),
                        recipe.parallel().data());
    }

    /** Weights that do not learn: the base below adapters, or DPO's reference model where all learn. */
    private static double frozen(LlmRecipe recipe) {
        DecoderShape shape = recipe.baseModel().shape();
        int bytes = recipe.precision().bytes();
        double all = (double) shape.parameters() * bytes;
        double frozen = switch (recipe.method()) {
            case FULL -> recipe.objective() == Objective.DPO ? all : 0;
            case LORA -> all;
            case QLORA -> shape.matrices() * NF4_BITS / 8 + (double) shape.others() * bytes;
        };
        return recipe.zeroStage() == 3 ? frozen / recipe.parallel().data() : frozen;
    }

    private static double workspace(LlmRecipe recipe, long onGpu) {
        DecoderShape shape = recipe.baseModel().shape();
        int data = recipe.parallel().data();
        int bytes = recipe.precision().bytes();
        double all = CONTEXT;
        if (recipe.method() == Method.QLORA) {
            // The largest matrix, back in 16 bits while it is used.
            all += (double) bytes
                    * shape.linears().values().stream()
                            .mapToLong(DecoderShape.Linear::weights)
                            .max()
                            .orElseThrow();
        }
        boolean mixed = recipe.precision() != FloatFormat.FP32;
        if (recipe.zeroStage() == 0) {
            // PyTorch's autocast keeps weights and gradients in 32 bits, and a 16-bit copy of the weights: 18 bytes for
            // the paper's 16.
            boolean autocast = mixed && recipe.method() != Method.QLORA;
            double bucket = recipe.method() == Method.QLORA ? 2 : 4;
            return all + (autocast ? 2.0 * onGpu : 0) + (data > 1 ? bucket * onGpu : 0);
        }
        // A step takes the gradients of its part in 32 bits; one bucket is reduced and one gathered.
        all += (mixed ? 4.0 * onGpu / data : 0) + 2.0 * bytes * Math.min(BUCKET, onGpu);
        return recipe.zeroStage() == 3 ? all + (double) bytes * Math.min(MOST_GATHERED, shape.parameters()) : all;
    }

    /** All of it. */
    public double total() {
        return weights + gradients + optimizer + activations + logits + workspace;
    }

    /** Whether a GPU with so many GiB has it, with a twentieth left free. */
    boolean fits(double memoryGib) {
        return total() <= memoryGib * GIB * (1 - FREE);
    }

    /** Bytes in GiB. */
    public static double gib(double bytes) {
        return bytes / GIB;
    }
}
