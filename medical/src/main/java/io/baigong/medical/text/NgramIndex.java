package io.baigong.medical.text;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Texts by the cosine of their weighted n-grams: {@code (1 + ln tf) · ln((N + 1) / df)}, length one (Manning, Raghavan and
 * Schütze, Introduction to Information Retrieval, 2008, section 6.4).
 *
 * <p>Immutable once built. Memory is two numbers for each distinct n-gram of each text.
 */
public final class NgramIndex {
    private final Ngrams ngrams;
    private final float[] idf;
    private final int[][] terms;
    private final float[][] weights;
    private final int[][] postings;
    private final float[][] postingWeights;

    private NgramIndex(
            Ngrams ngrams, float[] idf, int[][] terms, float[][] weights, int[][] postings, float[][] postingWeights) {
        this.ngrams = ngrams;
        this.idf = idf;
        this.terms = terms;
        this.weights = weights;
        this.postings = postings;
        this.postingWeights = postingWeights;
    }

    /** Indexes folded texts by their n-grams of at most {@code longest} characters. */
    public static NgramIndex of(List<String> texts, int longest) {
        var ngrams = new Ngrams(longest);
        int[][] all = new int[texts.size()][];
        for (int i = 0; i < all.length; i++) {
            all[i] = ngrams.learns(texts.get(i));
        }
        int[] df = new int[ngrams.size()];
        int[][] terms = new int[all.length][];
        for (int i = 0; i < all.length; i++) {
            terms[i] = Arrays.stream(all[i]).sorted().distinct().toArray();
            for (int term : terms[i]) {
                df[term]++;
            }
        }
        float[] idf = new float[df.length];
        for (int t = 0; t < df.length; t++) {
            idf[t] = (float) Math.log((texts.size() + 1.0) / df[t]);
        }
        float[][] weights = new float[all.length][];
        int[][] postings = new int[df.length][];
        float[][] postingWeights = new float[df.length][];
        for (int t = 0; t < df.length; t++) {
            postings[t] = new int[df[t]];
            postingWeights[t] = new float[df[t]];
        }
        int[] filled = new int[df.length];
        for (int i = 0; i < all.length; i++) {
            weights[i] = weights(all[i], terms[i], idf);
            for (int k = 0; k < terms[i].length; k++) {
                int t = terms[i][k];
                postings[t][filled[t]] = i;
                postingWeights[t][filled[t]++] = weights[i][k];
            }
        }
        return new NgramIndex(ngrams, idf, terms, weights, postings, postingWeights);
    }

    private static float[] weights(int[] all, int[] distinct, float[] idf) {
        float[] weights = new float[distinct.length];
        for (int term : all) {
            weights[Arrays.binarySearch(distinct, term)]++;
        }
        double norm = 0;
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (float) (1 + Math.log(weights[k])) * idf[distinct[k]];
            norm += weights[k] * weights[k];
        }
        if (norm > 0) {
            for (int k = 0; k < weights.length; k++) {
                weights[k] /= (float) Math.sqrt(norm);
            }
        }
        return weights;
    }

    /** A weighted query. */
    public Query query(String folded) {
        int[] all = ngrams.of(folded);
        int[] distinct = Arrays.stream(all).sorted().distinct().toArray();
        return new Query(distinct, weights(all, distinct, idf));
    }

    /** Cosines of a query with each text, {@code [texts]}. */
    public float[] cosines(Query query) {
        float[] cosines = new float[terms.length];
        for (int k = 0; k < query.terms.length; k++) {
            int[] posting = postings[query.terms[k]];
            float[] weight = postingWeights[query.terms[k]];
            float own = query.weights[k];
            for (int p = 0; p < posting.length; p++) {
                cosines[posting[p]] += own * weight[p];
            }
        }
        return cosines;
    }

    /** Cosine of two texts. */
    public float cosine(int a, int b) {
        float sum = 0;
        int j = 0;
        for (int i = 0; i < terms[a].length; i++) {
            while (j < terms[b].length && terms[b][j] < terms[a][i]) {
                j++;
            }
            if (j < terms[b].length && terms[b][j] == terms[a][i]) {
                sum += weights[a][i] * weights[b][j];
            }
        }
        return sum;
    }

    /** Share of the text's weight that the query has too, in [0, 1]. */
    public float covered(int text, Query query) {
        float all = 0;
        float both = 0;
        for (int k = 0; k < terms[text].length; k++) {
            float weight = weights[text][k] * weights[text][k];
            all += weight;
            if (Arrays.binarySearch(query.terms, terms[text][k]) >= 0) {
                both += weight;
            }
        }
        return all == 0 ? 0 : both / all;
    }

    /** Share of the query's weight that the text has too, in [0, 1]. */
    public float covers(int text, Query query) {
        float all = 0;
        float both = 0;
        for (int k = 0; k < query.terms.length; k++) {
            float weight = query.weights[k] * query.weights[k];
            all += weight;
            if (Arrays.binarySearch(terms[text], query.terms[k]) >= 0) {
                both += weight;
            }
        }
        return all == 0 ? 0 : both / all;
    }

    /** Texts with the highest positive scores, best first. */
    public static int[] best(float[] scores, int most) {
        var heap = new PriorityQueue<Integer>(
                Comparator.<Integer>comparingDouble(i -> scores[i]).thenComparing(Comparator.reverseOrder()));
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] > 0 && (heap.size() < most || scores[i] > scores[heap.element()])) {
                heap.add(i);
                if (heap.size() > most) {
                    heap.remove();
                }
            }
        }
        int[] best = new int[heap.size()];
        for (int k = best.length - 1; k >= 0; k--) {
            best[k] = heap.remove();
        }
        return best;
    }

    /** N-grams of a query, rising, with their weights. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Query(int[] terms, float[] weights) {}
}
