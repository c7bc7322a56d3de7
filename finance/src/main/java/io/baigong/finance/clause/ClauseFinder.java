package io.baigong.finance.clause;

import io.baigong.spi.TokenScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Turns the tagger's scores of single tokens into passages. */
public final class ClauseFinder {
    /** A passage is not worth keeping whose best token scores less. */
    static float LEAST = Float.parseFloat(System.getProperty("LEAST", "0.03"));

    /** A token belongs to a passage if it scores this share of the passage's best token. */
    static float SHARE = Float.parseFloat(System.getProperty("SHARE", "0.35"));

    /** So many tokens below the share don't end a passage. */
    static int GAP = Integer.getInteger("GAP", 6);

    static int MODE = Integer.getInteger("MODE", 0);
    static double SNAP = Double.parseDouble(System.getProperty("SNAP", "0.5"));

    /** Most passages of one type that are kept. */
    static int MOST = Integer.getInteger("MOST", 24);

    static final double LIKELY = 0.5;

    private ClauseFinder() {}

    /** All passages that may be a clause, in order of their starts. */
    public static List<Clause> find(String text, TokenScores scores) {
        var clauses = new ArrayList<Clause>();
        Sentences sentences = Sentences.of(text);
        for (int label = 0; label < scores.labels().size(); label++) {
            var type = ClauseType.ofCuadName(scores.labels().get(label));
            if (type.isPresent()) {
                clauses.addAll(passages(type.get(), column(scores, label), scores, sentences, text));
            }
        }
        clauses.sort(Comparator.comparingInt(Clause::start).thenComparing(Clause::type));
        return clauses;
    }

    private static float[] column(TokenScores scores, int label) {
        float[] column = new float[scores.tokens()];
        for (int token = 0; token < column.length; token++) {
            column[token] = scores.score(token, label);
        }
        return column;
    }

    private static List<Clause> passages(
            ClauseType type, float[] scores, TokenScores tokens, Sentences sentences, String text) {
        var passages = new ArrayList<Clause>();
        float[] left = scores.clone();
        while (passages.size() < MOST) {
            int peak = 0;
            for (int token = 1; token < left.length; token++) {
                if (left[token] > left[peak]) {
                    peak = token;
                }
            }
            if (left.length == 0 || left[peak] < LEAST) {
                break;
            }
            float bound = SHARE * left[peak];
            int first = reach(left, peak, -1, bound);
            int last = reach(left, peak, 1, bound);
            double sum = 0;
            for (int token = first; token <= last; token++) {
                sum += scores[token];
            }
            double mean = sum / (last - first + 1);
            int start = tokens.starts()[first];
            int end = tokens.ends()[last];
            int s2 = sentences.snapStart(start, end, SNAP);
            int e2 = sentences.snapEnd(start, end, SNAP);
            Arrays.fill(left, first, last + 1, 0);
            for (int t = first - 1; t >= 0 && tokens.starts()[t] >= s2; t--) left[t] = 0;
            for (int t = last + 1; t < left.length && tokens.ends()[t] <= e2; t++) left[t] = 0;
            double score = MODE == 0 ? mean : MODE == 1 ? scores[peak] : Math.sqrt(mean * scores[peak]);
            passages.add(new Clause(type, s2, e2, score, score >= LIKELY));
        }
        return passages;
    }

    private static int reach(float[] scores, int from, int step, float bound) {
        int reached = from;
        for (int token = from, low = 0; token >= 0 && token < scores.length && low <= GAP; token += step) {
            if (scores[token] >= bound) {
                reached = token;
                low = 0;
            } else if (scores[token] == 0) {
                break;
            } else {
                low++;
            }
        }
        return reached;
    }
}
