package io.baigong.tuning.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.tuning.llm.DecoderShape.Family;
import io.baigong.tuning.llm.Planner.Planning;
import org.junit.jupiter.api.Test;

class PlannerTest {
    /** NVIDIA's data sheet of the H100 SXM: 80 GB, 989 teraflops in bf16, dense. */
    private static Gpus h100(int nodes, int perNode) {
        return new Gpus(nodes, perNode, 80, 989, 0.4);
    }

    private static double states(int zeroStage) {
        return ModelStates.of(7_500_000_000L, FloatFormat.FP16, zeroStage, 64).total() / 1e9;
    }

    /** Rajbhandari et al. 2020, figure 1: 7.5 B weights, 64 GPUs. */
    @Test
    void zeroDividesAsItsPaperSays() {
        assertThat(states(0)).isEqualTo(120);
        assertThat(states(1)).isCloseTo(31.4, within(0.05));
        assertThat(states(2)).isCloseTo(16.6, within(0.05));
        assertThat(states(3)).isCloseTo(1.9, within(0.05));
    }

    /** Rajbhandari et al. 2020, table 1: 1 T weights on 1024 GPUs, 4, 2 and 0 bytes a weight whole; 15.6 GB with stage 3. */
    @Test
    void aTrillionWeightsFitOnAThousandGpus() {
        assertThat(ModelStates.of(1_000_000_000_000L, FloatFormat.FP16, 3, 1024).total() / 1e9)
                .isCloseTo(15.6, within(0.05));
        assertThat(ModelStates.of(1_000_000_000_000L, FloatFormat.FP16, 1, 1024).total() / 1e9)
                .isCloseTo(4011, within(1.0));
    }

    @Test
    void in32BitsThereAreSixteenBytesAWeightToo() {
        assertThat(ModelStates.of(1000, FloatFormat.FP32, 0, 1)).isEqualTo(new ModelStates(4000, 4000, 8000));
    }

    /**
     * Korthikanti et al. 2022, equation 2 without its dropout masks, 2 s b h, and without its scores, 5 a s² b, for an MLP that keeps as
     * much as a GPT's: {@code s b h (8 + 24 / t)}. Transformers' norms add 8.
     */
    @Test
    void aLayerKeepsWhatItsPaperSays() {
        int hidden = 12288; // GPT-3
        var shape =
                new DecoderShape(Family.LLAMA, 96, hidden, 96, 96, 128, 2 * hidden, 51200, false, false, false, 2048);
        double sbh = 2048.0 * hidden;
        for (int tensor : new int[] {1, 2, 8}) {
            assertThat(Activations.layer(shape, 2048, tensor, FloatFormat.BF16))
                    .isEqualTo(sbh * (8 + 8 + 24.0 / tensor));
        }
        assertThat(Activations.all(shape, 2048, 1, FloatFormat.BF16, true))
                .as("2 s b h a layer with full recomputation, and one layer")
                .isEqualTo(96 * 2 * sbh + Activations.layer(shape, 2048, 1, FloatFormat.BF16));
    }

    /** Dettmers et al. 2023, abstract and figure 6: 65 B weights on one GPU of 48 GB, adapters of rank 64, sequences of 512. */
    @Test
    void qloraTunes65BillionWeightsIn48Gigabytes() throws Exception {
        MemoryEstimate memory = MemoryEstimate.of(Recipes.read(Recipes.adapters("qlora", Recipes.LLAMA_65B, 1, 64)));
        assertThat(memory.total() / 1e9).isBetween(44.0, 48.0);
        assertThat(memory.weights() / 1e9)
                .as("0.516 bytes a weight of the matrices, tables and adapters in 16 bits")
                .isCloseTo(64.76 * 4.127 / 8 + 0.53 * 2 + 0.8 * 2, within(0.05));
        // The same abstract: 16 bits take more than 780 GB.
        assertThat(MemoryEstimate.of(Recipes.read(Recipes.full(Recipes.LLAMA_65B, 1)))
                                .total()
                        / 1e9)
                .isGreaterThan(780);
        Planning small = Planner.plan(
                Recipes.read(Recipes.adapters("qlora", Recipes.LLAMA_65B, 1, 64)), new Gpus(1, 1, 24, 165, 0.4), 1000);
        assertThat(small.nearest()).as("one of 24 GB").isEmpty();
        assertThat(MemoryEstimate.gib(small.least().memory().total())).isGreaterThan(24);
    }

    @Test
    void tensorParallelismDividesMatricesAndLeavesTablesWhole() {
        ObjectNode json = Recipes.full(Recipes.QWEN_7B, 8).put("zeroStage", 1);
        double whole = MemoryEstimate.of(Recipes.read(json)).weights();
        json.withObjectProperty("parallel").put("data", 2).put("tensor", 4);
        DecoderShape shape = Recipes.read(json).baseModel().shape();
        assertThat(whole).isEqualTo(2.0 * shape.parameters());
        assertThat(MemoryEstimate.of(Recipes.read(json)).weights())
                .isEqualTo(2.0 * (shape.matrices() / 4 + shape.others()));
    }

    @Test
    void dpoSeesTwoAnswersAndAReferenceModel() {
        MemoryEstimate sft = MemoryEstimate.of(Recipes.read(Recipes.full(Recipes.QWEN_7B, 8)));
        MemoryEstimate dpo =
                MemoryEstimate.of(Recipes.read(Recipes.full(Recipes.QWEN_7B, 8).put("objective", "dpo")));
        assertThat(dpo.weights()).isEqualTo(2 * sft.weights());
        assertThat(dpo.logits()).isEqualTo(2 * sft.logits());
        MemoryEstimate lora = MemoryEstimate.of(Recipes.read(Recipes.adapters("lora", Recipes.QWEN_7B, 8, 16)));
        MemoryEstimate loraDpo = MemoryEstimate.of(
                Recipes.read(Recipes.adapters("lora", Recipes.QWEN_7B, 8, 16).put("objective", "dpo")));
        assertThat(loraDpo.weights()).as("the base is the reference").isEqualTo(lora.weights());
    }

    /** Hoffmann et al. 2022, arXiv 2203.15556: 6 N D operations. 1 B tokens through 6.74 B weights on 8 GPUs at 40 % of 989. */
    @Test
    void timeIsOperationsOverTheStatedShareOfThePeak() throws Exception {
        ObjectNode json = Recipes.full(Recipes.LLAMA_7B, 8)
                .put("gradientCheckpointing", false)
                .put("sequenceLength", 1000)
                .put("batch", 5)
                .put("accumulation", 25)
                .put("steps", 1000);
        double full = Planner.plan(Recipes.read(json), h100(1, 8), 1).wanted().hours();
        assertThat(full).isCloseTo(6 * 6.738415616e9 * 1e9 / (8 * 989e12 * 0.4) / 3600, within(1e-9));
        ObjectNode lora = Recipes.adapters("lora", Recipes.LLAMA_7B, 8, 16);
        json.set("lora", lora.get("lora"));
        json.put("method", "lora");
        assertThat(Planner.plan(Recipes.read(json), h100(1, 8), 1).wanted().hours())
                .as("no gradients of the base's weights")
                .isCloseTo(full * 4 / 6, within(1e-9));
        json.put("gradientCheckpointing", true);
        assertThat(Planner.plan(Recipes.read(json), h100(1, 8), 1).wanted().hours())
                .isCloseTo(full, within(1e-9));
    }

    @Test
    void epochsAreCountedInSteps() throws Exception {
        ObjectNode json = Recipes.full(Recipes.QWEN_7B, 8)
                .put("batch", 2)
                .put("accumulation", 4)
                .put("epochs", 3);
        json.remove("steps");
        assertThat(Planner.plan(Recipes.read(json), h100(1, 8), 1000).wanted().steps())
                .as("64 to a step: 16 steps for 1000")
                .isEqualTo(48);
    }

    @Test
    void whatDoesNotFitGetsTheNearestThatDoes() throws Exception {
        Planning planning = Planner.plan(Recipes.read(Recipes.full(Recipes.QWEN_7B, 8)), h100(1, 8), 1000);
        assertThat(planning.wanted().fits()).as("7.6 B at 18 bytes and more").isFalse();
        LlmRecipe nearest = planning.nearest().orElseThrow().recipe();
        assertThat(nearest.zeroStage())
                .as("only the stage is changed, and no more than need be")
                .isEqualTo(1);
        assertThat(nearest.parallel()).isEqualTo(planning.wanted().recipe().parallel());
        assertThat(nearest.gradientCheckpointing()).isTrue();
        assertThat(nearest.globalBatch()).isEqualTo(8);
        assertThat(planning.others())
                .extracting(plan -> plan.recipe().globalBatch())
                .as("the same steps")
                .containsOnly(8L);
        assertThat(planning.others()).anyMatch(plan -> plan.recipe().parallel().tensor() == 4);
        assertThat(planning.others()).noneMatch(plan -> plan.recipe().parallel().tensor() == 8);
    }

    @Test
    void aSmallerBatchIsTriedToo() throws Exception {
        ObjectNode json = Recipes.full(Recipes.QWEN_7B, 8)
                .put("zeroStage", 3)
                .put("sequenceLength", 8192)
                .put("batch", 32);
        Planning planning = Planner.plan(Recipes.read(json), h100(1, 8), 1000);
        assertThat(planning.wanted().fits()).isFalse();
        TrainingPlan nearest = planning.nearest().orElseThrow();
        assertThat(nearest.fits()).isTrue();
        assertThat(nearest.recipe().batch()).isLessThan(32);
        assertThat(nearest.recipe().globalBatch()).isEqualTo(256);
        assertThat(nearest.steps()).isEqualTo(100);
    }

    /** Half a batch of 2^20 and twice as many are more than a step may gather. */
    @Test
    void stepsBeyondTheBoundAreNoWay() throws Exception {
        ObjectNode json = Recipes.full(Recipes.QWEN_7B, 8)
                .put("zeroStage", 3)
                .put("batch", 1 << 20)
                .put("accumulation", 1 << 20);
        Planning planning = Planner.plan(Recipes.read(json), h100(1, 8), 1000);
        assertThat(planning.nearest()).isEmpty();
        assertThat(planning.least().recipe().globalBatch()).isEqualTo(1L << 43);
    }

    @Test
    void whatFitsIsItsOwnNearest() throws Exception {
        Planning planning =
                Planner.plan(Recipes.read(Recipes.adapters("lora", Recipes.QWEN_7B, 1, 16)), h100(1, 1), 1000);
        assertThat(planning.nearest()).contains(planning.wanted());
        assertThat(planning.wanted().fits()).isTrue();
    }

    @Test
    void aRecipeForOtherGpusIsRefused() {
        assertThatThrownBy(() -> Planner.plan(Recipes.read(Recipes.full(Recipes.QWEN_7B, 8)), h100(1, 4), 1000))
                .hasMessageContaining("8 GPUs, and there are 4");
        ObjectNode json = Recipes.full(Recipes.QWEN_7B, 8).put("zeroStage", 1);
        json.withObjectProperty("parallel").put("data", 2).put("tensor", 4);
        assertThatThrownBy(() -> Planner.plan(Recipes.read(json), h100(4, 2), 1000))
                .hasMessageContaining("inside a node, which has 2");
        json.withObjectProperty("parallel").put("data", 6).put("tensor", 2);
        assertThatThrownBy(() -> Planner.plan(Recipes.read(json), h100(4, 3), 1000))
                .as("a group over two nodes")
                .hasMessageContaining("inside a node, which has 3");
        json.withObjectProperty("parallel").put("data", 2).put("tensor", 4);
        assertThatThrownBy(() -> Planner.plan(Recipes.read(json), h100(1, 8), 0))
                .hasMessageContaining("examples");
        assertThatThrownBy(() -> new Gpus(1, 8, 80, 989, 40)).hasMessageContaining("(0, 1]");
    }
}
