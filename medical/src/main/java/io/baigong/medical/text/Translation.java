package io.baigong.medical.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which n-grams of a standard name stand for which n-grams of what was written: IBM Model 1 (Brown et al. 1993, Computational
 * Linguistics 19(2), section 4.1), with character n-grams for words.
 *
 * <p>Deterministic. {@link #targets} takes up the n-grams of what it prepares, and must not run beside anything else; all other
 * methods only read.
 */
public final class Translation {
    private static final int ITERATIONS = 6;
    private static final int LONGEST = 2;
    private static final float SMALLEST = 1e-4f;

    /** Probability of a target n-gram that no source n-gram explains. */
    private static final double UNSEEN = 2e-4;

    /** Probability that an n-gram stands for itself, at the least. */
    private static final float SAME = 0.5f;

    private final Ngrams sources;
    private final Ngrams targets;
    private final List<Map<Integer, Float>> table;

    private Translation(Ngrams sources, Ngrams targets, List<Map<Integer, Float>> table) {
        this.sources = sources;
        this.targets = targets;
        this.table = table;
    }

    /** A pair of folded texts that say the same. */
    public record Pair(String source, String target) {}

    /** Fits to pairs. */
    public static Translation fit(List<Pair> pairs) {
        var sources = new Ngrams(LONGEST);
        var targets = new Ngrams(LONGEST);
        var from = new ArrayList<int[]>();
        var to = new ArrayList<int[]>();
        for (Pair pair : pairs) {
            from.add(sources.learns(pair.source));
            to.add(targets.learns(pair.target));
        }
        var table = new ArrayList<Map<Integer, Float>>();
        for (int i = 0; i < sources.size(); i++) {
            table.add(new HashMap<>());
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            iterate(from, to, table, iteration == 0);
        }
        for (Map<Integer, Float> row : table) {
            row.values().removeIf(p -> p < SMALLEST);
        }
        return new Translation(sources, targets, table);
    }

    private static void iterate(List<int[]> from, List<int[]> to, List<Map<Integer, Float>> table, boolean first) {
        var counts = new ArrayList<Map<Integer, Float>>();
        for (int i = 0; i < table.size(); i++) {
            counts.add(new HashMap<>());
        }
        for (int p = 0; p < from.size(); p++) {
            int[] source = from.get(p);
            float[] shares = new float[source.length];
            for (int target : to.get(p)) {
                float sum = 0;
                for (int k = 0; k < source.length; k++) {
                    shares[k] = first ? 1 : table.get(source[k]).getOrDefault(target, 0f);
                    sum += shares[k];
                }
                if (sum > 0) {
                    for (int k = 0; k < source.length; k++) {
                        if (shares[k] / sum > 1e-3f) {
                            counts.get(source[k]).merge(target, shares[k] / sum, Float::sum);
                        }
                    }
                }
            }
        }
        for (int i = 0; i < table.size(); i++) {
            Map<Integer, Float> row = counts.get(i);
            float sum = 0;
            for (float count : row.values()) {
                sum += count;
            }
            float all = sum;
            row.replaceAll((target, count) -> count / all);
            table.set(i, row);
        }
    }

    /** Prepares targets that sources will be held against. */
    public Targets targets(List<String> folded) {
        return new Targets(folded.stream().map(targets::learns).toArray(int[][]::new));
    }

    /** How well a folded source explains the n-grams of one folded target; as {@link Targets#given}. */
    public float explained(String source, String folded) {
        List<String> ngrams = Ngrams.split(folded, LONGEST);
        if (ngrams.isEmpty()) {
            return (float) Math.log(UNSEEN);
        }
        int[] from = sources.of(source);
        double sum = 0;
        for (String ngram : ngrams) {
            float p = source.contains(ngram) ? SAME : 0;
            int target = targets.number(ngram);
            for (int s : from) {
                p = Math.max(p, table.get(s).getOrDefault(target, 0f));
            }
            sum += Math.log(p + UNSEEN);
        }
        return (float) (sum / ngrams.size());
    }

    /** Mean logarithm of how well a folded source explains each of some characters; not a number where there are none. */
    public float explainedCharacters(String source, String characters) {
        double sum = 0;
        int[] from = sources.of(source);
        for (int i = 0; i < characters.length(); i++) {
            String character = characters.substring(i, i + 1);
            float p = source.contains(character) ? SAME : 0;
            int target = targets.number(character);
            for (int s : from) {
                p = Math.max(p, table.get(s).getOrDefault(target, 0f));
            }
            sum += Math.log(p + UNSEEN);
        }
        return characters.isEmpty() ? Float.NaN : (float) (sum / characters.length());
    }

    /** Targets, cut into n-grams once. */
    public final class Targets {
        private final int[][] known;

        private Targets(int[][] known) {
            this.known = known;
        }

        /** How well a folded source explains each target. */
        public Scores given(String source) {
            float[] sum = new float[targets.size()];
            float[] most = new float[sum.length];
            int[] from = sources.of(source);
            for (int s : from) {
                table.get(s).forEach((target, p) -> {
                    sum[target] += p;
                    most[target] = Math.max(most[target], p);
                });
            }
            for (int same : targets.of(source)) {
                sum[same] = Math.max(sum[same], SAME);
                most[same] = Math.max(most[same], SAME);
            }
            for (int t = 0; t < sum.length; t++) {
                sum[t] = (float) Math.log(sum[t] / Math.max(1, from.length) + UNSEEN);
                most[t] = (float) Math.log(most[t] + UNSEEN);
            }
            float[] mean = new float[known.length];
            float[] explained = new float[known.length];
            float[] least = new float[known.length];
            for (int i = 0; i < known.length; i++) {
                for (int t : known[i]) {
                    mean[i] += sum[t];
                    explained[i] += most[t];
                    least[i] = Math.min(least[i], most[t]);
                }
                mean[i] /= Math.max(1, known[i].length);
                explained[i] /= Math.max(1, known[i].length);
            }
            return new Scores(mean, explained, least);
        }
    }

    /**
     * Of each target, {@code [targets]}, all logarithms.
     *
     * @param mean how likely its n-grams are on average, as Model 1 has it
     * @param explained how well on average the best source n-gram explains each of its own
     * @param least how well the one is explained that is explained worst
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Scores(float[] mean, float[] explained, float[] least) {}
}
