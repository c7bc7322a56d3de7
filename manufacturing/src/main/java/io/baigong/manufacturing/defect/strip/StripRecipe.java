package io.baigong.manufacturing.defect.strip;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.manufacturing.TemporaryFolder;
import io.baigong.manufacturing.defect.data.ClassFolders;
import io.baigong.manufacturing.defect.data.ClassFolders.Labelled;
import io.baigong.manufacturing.defect.data.Folds;
import io.baigong.manufacturing.defect.data.NearDuplicates;
import io.baigong.manufacturing.defect.data.SoundFolder;
import io.baigong.manufacturing.defect.quality.Condition;
import io.baigong.manufacturing.defect.quality.ConditionRange;
import io.baigong.manufacturing.defect.quality.Validation;
import io.baigong.measures.ConfusionMatrix;
import io.baigong.measures.Counts;
import io.baigong.spi.Models;
import io.baigong.spi.NetSpec;
import io.baigong.spi.NetSpec.Layer;
import io.baigong.spi.Progress;
import io.baigong.spi.TensorExamples;
import io.baigong.spi.TrainingContext;
import io.baigong.spi.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A net that tells the class of a picture, learned from a folder a class.
 *
 * <p>Five-fold cross-validation, near-duplicates kept on one side, measures and fits the temperature; the net that is kept
 * learned from all pictures. Of a class named {@link SoundFolder as sound parts are} the same predictions are the line's validation.
 *
 * @param benchmark {@code x-sdd} or {@code neu-cls}
 */
public record StripRecipe(String benchmark) implements TrainingRecipe {
    private static final int FOLDS = 5;

    /** A picture as it is learned from. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Case(float[][] features, int label, int fold, Condition condition) {}

    @Override
    public void train(Path data, Path out, TrainingContext context) throws IOException {
        List<Labelled> pictures = ClassFolders.read(data);
        List<String> classes =
                pictures.stream().map(Labelled::label).distinct().sorted().toList();
        List<Case> cases = cases(pictures, classes, context);
        NetSpec spec = spec(classes.size(), cases.getFirst().features()[0].length, context.seed());
        double[][] held = new double[cases.size()][];
        for (int fold = 0; fold < FOLDS; fold++) {
            try (var part = new TemporaryFolder()) {
                int now = fold;
                learn(spec, cases.stream().filter(each -> each.fold != now).toList(), part.path(), context, fold);
                Models models = context.modelsWith(StripClassifier.ROLE, part.path());
                for (int i = 0; i < held.length; i++) {
                    if (cases.get(i).fold == fold) {
                        held[i] = StripClassifier.probabilities(models, cases.get(i).features);
                    }
                }
            }
        }
        Path own = Files.createDirectories(out.resolve(StripClassifier.ROLE));
        learn(spec, cases, own, context, FOLDS);
        write(own, classes, cases, held);
    }

    private static List<Case> cases(List<Labelled> pictures, List<String> classes, TrainingContext context) {
        Models models = context.models();
        int[] groups =
                NearDuplicates.groups(pictures.stream().map(Labelled::picture).toList());
        var cases = new ArrayList<Case>();
        for (int i = 0; i < pictures.size(); i++) {
            Labelled each = pictures.get(i);
            cases.add(new Case(
                    StripClassifier.features(models, each.picture()),
                    classes.indexOf(each.label()),
                    Folds.of(pictures.get(groups[i]).name(), FOLDS),
                    Condition.of(each.picture())));
            context.progress().at(0.7 * (i + 1) / pictures.size(), "looking at pictures");
        }
        return cases;
    }

    private static void learn(NetSpec spec, List<Case> cases, Path out, TrainingContext context, int step)
            throws IOException {
        double from = 0.7 + 0.3 * step / (FOLDS + 1);
        Progress progress = context.progress().part(from, from + 0.3 / (FOLDS + 1));
        int classes = ((Layer.Dense) spec.layers().getLast()).outputs();
        context.trainNet(
                spec,
                new TensorExamples() {
                    @Override
                    public int size() {
                        return cases.size();
                    }

                    @Override
                    public Example example(int index, RandomGenerator random) {
                        Case each = cases.get(index);
                        float[] target = new float[classes];
                        target[each.label] = 1;
                        return new Example(each.features[random.nextInt(StripClassifier.TURNS)], target);
                    }
                },
                out,
                progress);
    }

    private NetSpec spec(int classes, int width, long seed) {
        return new NetSpec(
                "strip-defects-" + benchmark,
                "1",
                List.of(width),
                List.of(new Layer.Standardise(), new Layer.Dropout(0.5), new Layer.Dense(classes)),
                new NetSpec.Objective.Classes(),
                60,
                32,
                2e-3,
                0.05,
                seed);
    }

    private void write(Path out, List<String> classes, List<Case> cases, double[][] held) throws IOException {
        List<Integer> truth = cases.stream().map(Case::label).toList();
        List<Integer> said = IntStream.range(0, held.length)
                .map(i -> StripClassifier.best(held[i]))
                .boxed()
                .toList();
        var matrix = ConfusionMatrix.of(truth, said);
        ObjectNode line = new ObjectMapper().createObjectNode();
        classes.forEach(line.putArray("classes")::add);
        double temperature = temperature(held, cases);
        line.put("temperature", temperature);
        line.putObject("crossValidated")
                .put("pictures", cases.size())
                .put("accuracy", matrix.accuracy())
                .put("macroF1", Counts.macroF1(matrix.counts().values()));
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(out.resolve(StripClasses.FILE).toFile(), line);
        int sound = new StripClasses(classes, temperature).sound();
        ConditionRange.of(cases.stream()
                        .filter(each -> sound < 0 || each.label == sound)
                        .map(Case::condition)
                        .toList())
                .write(out);
        if (sound >= 0) {
            validation(cases, held, temperature, sound).write(out);
        }
    }

    private static Validation validation(List<Case> cases, double[][] held, double temperature, int sound) {
        double[] scores = Arrays.stream(held)
                .mapToDouble(each -> Math.clamp(1 - StripClassifier.calibrated(each, temperature)[sound], 0, 1))
                .toArray();
        return new Validation(
                IntStream.range(0, scores.length)
                        .filter(i -> cases.get(i).label == sound)
                        .mapToDouble(i -> scores[i])
                        .toArray(),
                IntStream.range(0, scores.length)
                        .filter(i -> cases.get(i).label != sound)
                        .mapToDouble(i -> scores[i])
                        .toArray());
    }

    /** The temperature under which what was seen is likeliest, by steps of a tenth of its logarithm. */
    private static double temperature(double[][] held, List<Case> cases) {
        double best = 1;
        double least = Double.POSITIVE_INFINITY;
        for (int step = -20; step <= 20; step++) {
            double temperature = Math.exp(step / 10.0);
            double loss = 0;
            for (int i = 0; i < held.length; i++) {
                loss -= Math.log(StripClassifier.calibrated(held[i], temperature)[cases.get(i).label]);
            }
            if (loss < least) {
                least = loss;
                best = temperature;
            }
        }
        return best;
    }
}
