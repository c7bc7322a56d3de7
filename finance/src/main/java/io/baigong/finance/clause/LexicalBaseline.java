package io.baigong.finance.clause;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What words alone can tell: sentences as TF-IDF of words and word pairs, and a linear classifier with logistic loss for each
 * clause type (Joachims 1998 for the features; AdaGrad by Duchi et al. 2011 for the fit). A clause is a run of sentences that
 * score at least half of its best one.
 */
final class LexicalBaseline {
    static final int FOLDS = 5;

    private static final List<ClauseType> TYPES = List.of(ClauseType.values());
    private static final int BUCKETS = 1 << 17;
    private static final int EPOCHS = 4;
    private static final double RATE = 0.3;
    private static final double LEAST = 0.03;

    /** A sentence: {@code [start, end)} in the text, its features and the types that mark it. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Sentence(int start, int end, int[] features, float[] values, boolean[] types) {}

    private final float[] inverseFrequency;
    private final float[][] weights = new float[ClauseType.values().length][BUCKETS + 1];

    private LexicalBaseline(float[] inverseFrequency) {
        this.inverseFrequency = inverseFrequency;
    }

    /** Scores each contract by a classifier that has learned from the contracts of the other folds. */
    static List<CuadScore> crossValidated(List<CuadContract> contracts, DoubleConsumer progress) {
        var scores = new CuadScore[contracts.size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            var training = new ArrayList<CuadContract>();
            for (int i = 0; i < contracts.size(); i++) {
                if (i % FOLDS != fold) {
                    training.add(contracts.get(i));
                }
            }
            LexicalBaseline baseline = learn(training);
            for (int i = fold; i < contracts.size(); i += FOLDS) {
                scores[i] = CuadScore.of(contracts.get(i), baseline.find(contracts.get(i)));
            }
            progress.accept((fold + 1.0) / FOLDS);
        }
        return List.of(scores);
    }

    private static LexicalBaseline learn(List<CuadContract> contracts) {
        float[] documents = new float[BUCKETS];
        var raw = new ArrayList<Sentence>();
        for (CuadContract contract : contracts) {
            raw.addAll(sentences(contract, null));
        }
        for (Sentence sentence : raw) {
            for (int feature : sentence.features) {
                documents[feature]++;
            }
        }
        float[] inverse = new float[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            inverse[i] = (float) Math.log((1.0 + raw.size()) / (1 + documents[i]));
        }
        var baseline = new LexicalBaseline(inverse);
        var sentences = new ArrayList<Sentence>();
        for (CuadContract contract : contracts) {
            sentences.addAll(sentences(contract, inverse));
        }
        IntStream.range(0, ClauseType.values().length).parallel().forEach(type -> baseline.fit(type, sentences));
        return baseline;
    }

    private void fit(int type, List<Sentence> sentences) {
        float[] weight = weights[type];
        float[] squares = new float[weight.length];
        var random = new Random(type);
        int[] order = IntStream.range(0, sentences.size()).toArray();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
            for (int i : order) {
                Sentence sentence = sentences.get(i);
                double error = probability(weight, sentence) - (sentence.types[type] ? 1 : 0);
                if (Math.abs(error) < 1e-3) {
                    continue;
                }
                for (int f = 0; f < sentence.features.length; f++) {
                    step(weight, squares, sentence.features[f], error * sentence.values[f]);
                }
                step(weight, squares, BUCKETS, error);
            }
        }
    }

    private static void step(float[] weight, float[] squares, int at, double gradient) {
        squares[at] += (float) (gradient * gradient);
        weight[at] -= (float) (RATE * gradient / (Math.sqrt(squares[at]) + 1e-6));
    }

    private static double probability(float[] weight, Sentence sentence) {
        double sum = weight[BUCKETS];
        for (int f = 0; f < sentence.features.length; f++) {
            sum += weight[sentence.features[f]] * sentence.values[f];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    private List<Clause> find(CuadContract contract) {
        List<Sentence> sentences = sentences(contract, inverseFrequency);
        var clauses = new ArrayList<Clause>();
        for (ClauseType type : ClauseType.values()) {
            double[] scores = sentences.stream()
                    .mapToDouble(s -> probability(weights[TYPES.indexOf(type)], s))
                    .toArray();
            for (int i = 0; i < scores.length; i++) {
                if (scores[i] < LEAST) {
                    continue;
                }
                int last = i;
                double best = scores[i];
                while (last + 1 < scores.length && scores[last + 1] >= best / 2) {
                    last++;
                    best = Math.max(best, scores[last]);
                }
                clauses.add(new Clause(type, sentences.get(i).start, sentences.get(last).end, best, best >= 0.5));
                i = last;
            }
        }
        return clauses;
    }

    private static List<Sentence> sentences(CuadContract contract, float @Nullable [] inverseFrequency) {
        var found = new ArrayList<Sentence>();
        Sentences bounds = Sentences.of(contract.text());
        for (int i = 0; i < bounds.count(); i++) {
            int start = bounds.startOf(i);
            int end = bounds.end(start);
            Map<Integer, Integer> counts = counts(contract.text().substring(start, end));
            if (counts.isEmpty()) {
                continue;
            }
            int[] features =
                    counts.keySet().stream().mapToInt(Integer::intValue).toArray();
            float[] values = new float[features.length];
            if (inverseFrequency != null) {
                double squares = 0;
                for (int f = 0; f < features.length; f++) {
                    values[f] =
                            (float) (1 + Math.log(counts.getOrDefault(features[f], 1))) * inverseFrequency[features[f]];
                    squares += values[f] * values[f];
                }
                float length = (float) Math.sqrt(squares);
                for (int f = 0; f < features.length; f++) {
                    values[f] /= Math.max(length, 1e-6f);
                }
            }
            boolean[] types = new boolean[ClauseType.values().length];
            for (CuadContract.Span span : contract.spans()) {
                int shared = Math.min(end, span.end()) - Math.max(start, span.start());
                if (2 * shared >= Math.min(end - start, span.end() - span.start())) {
                    types[TYPES.indexOf(span.type())] = true;
                }
            }
            found.add(new Sentence(start, end, features, values, types));
        }
        return found;
    }

    private static Map<Integer, Integer> counts(String sentence) {
        var counts = new HashMap<Integer, Integer>();
        String before = "";
        for (String word : sentence.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{Nd}$%]+", -1)) {
            if (!word.isEmpty()) {
                counts.merge(Math.floorMod(word.hashCode() * 31, BUCKETS), 1, Integer::sum);
                if (!before.isEmpty()) {
                    counts.merge(Math.floorMod((before + ' ' + word).hashCode() * 31, BUCKETS), 1, Integer::sum);
                }
                before = word;
            }
        }
        return counts;
    }
}
