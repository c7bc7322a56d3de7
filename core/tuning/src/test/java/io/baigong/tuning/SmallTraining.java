package io.baigong.tuning;

import io.baigong.spi.Adaptation;
import io.baigong.spi.EarlyStopping;
import io.baigong.spi.EmbeddingSpec;
import io.baigong.spi.LabelledRows;
import io.baigong.spi.LabelledText;
import io.baigong.spi.NetSpec;
import io.baigong.spi.NetSpec.Layer;
import io.baigong.spi.Progress;
import io.baigong.spi.TensorExamples;
import io.baigong.spi.TextPair;
import io.baigong.spi.TokenTaggerSpec;
import io.baigong.spi.TreeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A training of each engine that takes some seconds: for a process of its own, which a test may kill. */
enum SmallTraining {
    TAGGER {
        @Override
        void run(Stages stages, Path out) throws IOException {
            var spec = new TokenTaggerSpec(
                    "t",
                    "1",
                    "all-minilm-l6-v2",
                    List.of("Date"),
                    2,
                    1,
                    30,
                    1,
                    4,
                    2,
                    5e-4,
                    5e-3,
                    new Adaptation.Full(),
                    new EarlyStopping(0.2, 4),
                    3);
            var texts = new ArrayList<LabelledText>();
            for (int i = 0; i < 24; i++) {
                String text = "the supplier shall deliver goods on " + (1 + i) + " March and send an invoice " + i;
                int start = text.indexOf(" on ") + 4;
                texts.add(new LabelledText(
                        "e" + i,
                        "e" + i,
                        text,
                        List.of(new LabelledText.Span("Date", start, text.indexOf(" March") + 6))));
            }
            stages.run(
                    () -> StageKey.ofTexts(spec, texts),
                    out,
                    (to, kept) -> new TaggerTuning(spec).tune(texts, to, kept, Progress.SILENT));
        }
    },
    NET {
        @Override
        void run(Stages stages, Path out) throws IOException {
            var spec = new NetSpec(
                    "n",
                    "1",
                    List.of(1, 4, 4),
                    List.of(
                            new Layer.Standardise(),
                            new Layer.Convolution(5, 3),
                            new Layer.Relu(),
                            new Layer.Dropout(0.3),
                            new Layer.Dense(2)),
                    new NetSpec.Objective.Classes(),
                    12,
                    8,
                    0.01,
                    1e-3,
                    new EarlyStopping(0.2, 12),
                    5);
            var examples = new TensorExamples() {
                @Override
                public int size() {
                    return 96;
                }

                @Override
                public Example example(int index, RandomGenerator random) {
                    float[] input = new float[16];
                    for (int i = 0; i < input.length; i++) {
                        input[i] = (float) random.nextGaussian() + (index % 2 == 0 && i < 8 ? 1 : 0);
                    }
                    return new Example(input, index % 2 == 0 ? new float[] {1, 0} : new float[] {0, 1});
                }
            };
            stages.run(
                    () -> StageKey.ofExamples(spec, examples),
                    out,
                    (to, kept) -> new NetTraining(spec).train(examples, to, kept, Progress.SILENT));
        }
    },
    EMBEDDING {
        @Override
        void run(Stages stages, Path out) throws IOException {
            var spec = new EmbeddingSpec("e", "1", 16, 512, 12, 8, 0.05, 0.05, new EarlyStopping(0.1, 12), 7);
            var pairs = new ArrayList<TextPair>();
            for (int i = 0; i < 100; i++) {
                pairs.add(new TextPair("pain of kind " + i, "dolor " + i * 7, "m" + i / 2));
            }
            stages.run(
                    () -> StageKey.ofPairs(spec, pairs),
                    out,
                    (to, kept) -> new EmbeddingTuning(spec).tune(pairs, to, kept, Progress.SILENT));
        }
    },
    TREES {
        @Override
        void run(Stages stages, Path out) throws IOException {
            var spec = new TreeSpec(
                    "t",
                    "1",
                    List.of("a", "b", "c"),
                    new TreeSpec.Objective.Probability(),
                    Map.of("a", 1, "b", -1),
                    8 * Boosting.STRETCH + 10,
                    1000,
                    4,
                    0.05,
                    0.7,
                    0.7,
                    1,
                    1,
                    9);
            LabelledRows learned = rows(2000, 1);
            LabelledRows stopping = rows(300, 2);
            stages.run(
                    () -> StageKey.ofRows(spec, List.of(learned, stopping)),
                    out,
                    (to, kept) -> new TreeGrowing(spec).grow(learned, stopping, to, kept, Progress.SILENT));
        }

        private static LabelledRows rows(int count, long seed) {
            var random = new Random(seed);
            var rows = new ArrayList<LabelledRows.Row>();
            for (int i = 0; i < count; i++) {
                float[] x = {(float) random.nextGaussian(), (float) random.nextGaussian(), (float) random.nextGaussian()
                };
                rows.add(new LabelledRows.Row(x, x[0] + random.nextGaussian() > x[1] * x[2] ? 1 : 0, 1, "g" + i));
            }
            return new LabelledRows(rows);
        }
    };

    abstract void run(Stages stages, Path out) throws IOException;

    /** Which training, where its stages are kept, and where its artifact is to be; a checkpoint at each step, told on standard output. */
    static void main(String[] arguments) throws IOException {
        var told = new Stages.Told() {
            @Override
            public void kept(int stage, long step) {
                System.out.println("kept " + stage + " " + step);
            }

            @Override
            public void resumed(int stage, long step) {
                System.out.println("resumed " + stage + " " + step);
            }
        };
        valueOf(arguments[0]).run(new Stages(Path.of(arguments[1]), Duration.ZERO, told), Path.of(arguments[2]));
    }
}
