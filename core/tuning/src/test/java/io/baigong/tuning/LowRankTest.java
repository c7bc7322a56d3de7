package io.baigong.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.baigong.compute.BaseEncoder;
import io.baigong.compute.ModelFiles;
import io.baigong.compute.Tensor;
import io.baigong.compute.TokenTagger;
import io.baigong.spi.Adaptation;
import io.baigong.spi.EarlyStopping;
import io.baigong.spi.LabelledText;
import io.baigong.spi.Progress;
import io.baigong.spi.TokenTaggerSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An adapted encoder learns few numbers, leaves the others, and is served as one. */
class LowRankTest {
    private static final int LAYERS = 2;
    private static final int FROZEN = 1;
    private static final int RANK = 4;

    @TempDir
    Path folder;

    private static TokenTaggerSpec spec(Adaptation adaptation, int epochs) {
        return new TokenTaggerSpec(
                "t",
                "1",
                "all-minilm-l6-v2",
                List.of("Date"),
                LAYERS,
                FROZEN,
                30,
                1,
                epochs,
                4,
                5e-3,
                1e-2,
                adaptation,
                EarlyStopping.NEVER,
                3);
    }

    private static List<LabelledText> texts() {
        return IntStream.range(0, 24)
                .mapToObj(i -> {
                    String text = "the supplier shall deliver goods on " + (1 + i) + " March and send an invoice";
                    int start = text.indexOf(" on ") + 4;
                    return new LabelledText(
                            "e" + i,
                            "e" + i,
                            text,
                            List.of(new LabelledText.Span("Date", start, text.indexOf(" March") + 6)));
                })
                .toList();
    }

    /** Merged weights in a net without adapters give what the adapters beside the weights give. */
    @ParameterizedTest
    @EnumSource
    void mergedAnswersAreThoseOfTheParts(Adaptation.Layers layers) throws Exception {
        BaseEncoder base = BaseEncoder.of("all-minilm-l6-v2");
        Map<String, Tensor> weights = base.weights();
        var by = new Adaptation.LowRank(RANK, 8, layers);
        Engine engine = Engine.getEngine("PyTorch");
        engine.setRandomSeed(1);
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
                var tokenizer = base.tokenizer()) {
            var parts = WindowedExamples.parts(spec(by, 3), texts(), List.of(), tokenizer);
            var learner = new TaggerLearner(spec(by, 3), base, weights, parts, 1, engine, manager);
            new Epochs("t", learner, 3, EarlyStopping.NEVER, Checkpoints.NONE, Progress.SILENT).run();
            BertTraining bert = learner.bert();
            int adapted = layers == Adaptation.Layers.ALL ? 6 : 2;
            assertThat(bert.tuned()).hasSize(2 * adapted);
            var merged = new HashMap<>(weights);
            Map<String, Tensor> learned = bert.tunedTensors();
            merged.putAll(learned);
            int changed = 0;
            for (var each : learned.entrySet()) {
                assertThat(each.getKey()).startsWith("encoder.layer.1.");
                boolean same = java.util.Arrays.equals(
                        each.getValue().values(), weights.get(each.getKey()).values());
                changed += same ? 0 : 1;
            }
            assertThat(changed).as("all that is adapted, and nothing else").isEqualTo(adapted);
            long inFull = new BertTraining(base, weights, LAYERS, FROZEN, new Adaptation.Full(), manager)
                    .tuned().values().stream().mapToLong(NDArray::size).sum();
            long few = bert.tuned().values().stream().mapToLong(NDArray::size).sum();
            assertThat(few).isLessThan(inFull / 20);
            var plain = new BertTraining(base, merged, LAYERS, FROZEN, new Adaptation.Full(), manager);
            NDArray ids = manager.create(new long[] {101, 2023, 2003, 102}, new Shape(1, 4));
            NDArray mask = manager.zeros(new Shape(1, 1, 1, 4));
            float[] beside = bert.forward(ids, mask, false).toFloatArray();
            float[] inOne = plain.forward(ids, mask, false).toFloatArray();
            float[] untuned = new BertTraining(base, weights, LAYERS, FROZEN, new Adaptation.Full(), manager)
                    .forward(ids, mask, false)
                    .toFloatArray();
            double moved = 0;
            for (int i = 0; i < beside.length; i++) {
                assertThat(inOne[i]).isCloseTo(beside[i], within(1e-4f));
                moved = Math.max(moved, Math.abs(beside[i] - untuned[i]));
            }
            assertThat(moved).as("it has learned").isGreaterThan(1e-2);
        }
    }

    @Test
    void isServedAsEveryTagger() throws Exception {
        var by = new Adaptation.LowRank(RANK, 8, Adaptation.Layers.ALL);
        new TaggerTuning(spec(by, 8)).tune(texts(), folder, Checkpoints.NONE, Progress.SILENT);
        try (TokenTagger tagger = TokenTagger.open(ModelFiles.folder(folder))) {
            String text = "the supplier shall deliver goods on 31 March and send an invoice";
            var tokens = tagger.tag(List.of(text)).getFirst();
            for (int i = 0; i < tokens.starts().length; i++) {
                boolean inside = tokens.starts()[i] >= text.indexOf("31") && tokens.ends()[i] <= text.indexOf(" and");
                assertThat(tokens.scores()[i] > 0.5).isEqualTo(inside);
            }
        }
    }

    @Test
    void saysWhatIsNoAdaptation() {
        for (int rank : new int[] {0, 257}) {
            assertThatThrownBy(() -> new Adaptation.LowRank(rank, 8, Adaptation.Layers.ALL))
                    .hasMessageContaining("a rank of 1 to 256");
        }
        for (double alpha : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Adaptation.LowRank(8, alpha, Adaptation.Layers.ALL))
                    .hasMessageContaining("an alpha above 0");
        }
    }
}
