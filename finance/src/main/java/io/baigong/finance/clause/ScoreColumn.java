package io.baigong.finance.clause;

import io.baigong.spi.TokenScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The scores of one clause type over the tokens of a contract, and the stretches of tokens that score well together. */
final class ScoreColumn {
    /** A stretch is not worth reading whose best token scores less. */
    private static final float LEAST = 0.005f;

    /** A token belongs to a stretch if it scores this share of the stretch's best token. */
    private static final float SHARE = 0.15f;

    /** So many tokens below the share don't end a stretch. */
    private static final int GAP = 2;

    /** Most stretches of one type that are looked at. */
    private static final int MOST = 60;

    private final float[] scores;
    private final double[] sums;

    /**
     * Tokens {@code [from, to)} that score well together.
     *
     * @param most of their scores
     */
    record Stretch(int from, int to, float most) {}

    ScoreColumn(TokenScores tokens, int label) {
        scores = new float[tokens.tokens()];
        sums = new double[scores.length + 1];
        for (int token = 0; token < scores.length; token++) {
            scores[token] = tokens.score(token, label);
            sums[token + 1] = sums[token] + scores[token];
        }
    }

    /** The score of a token; 0 before the first and after the last. */
    float score(int token) {
        return token < 0 || token >= scores.length ? 0 : scores[token];
    }

    /** The sum of the scores of tokens {@code [from, to)}. */
    double sum(int from, int to) {
        return sums[to] - sums[from];
    }

    /** The mean score of those of the tokens {@code [from, to)} that there are; 0 for none. */
    double mean(int from, int to) {
        int first = Math.max(0, from);
        int end = Math.min(scores.length, to);
        return first >= end ? 0 : sum(first, end) / (end - first);
    }

    /** The highest score of tokens {@code [from, to)}. */
    float most(int from, int to) {
        float most = 0;
        for (int token = from; token < to; token++) {
            most = Math.max(most, scores[token]);
        }
        return most;
    }

    /** The stretches around the best tokens, that of the best first. They don't overlap. */
    List<Stretch> stretches() {
        var stretches = new ArrayList<Stretch>();
        float[] left = scores.clone();
        int[] peaks = IntStream.range(0, scores.length)
                .filter(token -> scores[token] >= LEAST)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer token) -> -scores[token])
                        .thenComparingInt(token -> token))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int peak : peaks) {
            if (stretches.size() == MOST) {
                break;
            }
            if (left[peak] > 0) {
                float bound = SHARE * left[peak];
                int from = reach(left, peak, -1, bound);
                int to = reach(left, peak, 1, bound) + 1;
                Arrays.fill(left, from, to, 0);
                stretches.add(new Stretch(from, to, scores[peak]));
            }
        }
        return stretches;
    }

    /** Runs of the tokens {@code [from, to)} that score the given share of the best of them. */
    List<Stretch> runs(int from, int to, float share) {
        var runs = new ArrayList<Stretch>();
        float bound = share * most(from, to);
        int token = from;
        while (token < to) {
            if (scores[token] < bound) {
                token++;
                continue;
            }
            int last = token;
            for (int next = token + 1; next < to && next - last <= GAP + 1; next++) {
                if (scores[next] >= bound) {
                    last = next;
                }
            }
            runs.add(new Stretch(token, last + 1, most(token, last + 1)));
            token = last + 1;
        }
        return runs;
    }

    private static int reach(float[] scores, int from, int step, float bound) {
        int reached = from;
        int low = 0;
        for (int token = from; token >= 0 && token < scores.length && low <= GAP && scores[token] > 0; token += step) {
            if (scores[token] >= bound) {
                reached = token;
                low = 0;
            } else {
                low++;
            }
        }
        return reached;
    }
}
