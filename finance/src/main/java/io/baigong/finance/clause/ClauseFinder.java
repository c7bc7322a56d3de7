package io.baigong.finance.clause;

import io.baigong.spi.Models;
import io.baigong.spi.TokenScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Turns the tagger's scores of single tokens into passages: stretches of tokens that score well together, cut at the ends of
 * sentences, since lawyers mark sentences. The {@link ClauseRanker} then says how sure each is.
 */
public final class ClauseFinder {
    /** A passage is not worth keeping whose best token scores less. */
    private static final float LEAST = 0.005f;

    /** A token belongs to a stretch if it scores this share of the stretch's best token. */
    private static final float SHARE = 0.15f;

    /** So many tokens below the share don't end a stretch. */
    private static final int GAP = 2;

    /** Most stretches of one type that are looked at. */
    private static final int MOST = 60;

    /** A part of a stretch with fewer tokens is no passage, unless it names a party. */
    private static final int LEAST_TOKENS = 4;

    private static final String QUOTES_AND_BRACKETS = "()\"“”";

    private final String text;
    private final TokenScores tokens;
    private final Sentences sentences;

    private ClauseFinder(String text, TokenScores tokens) {
        this.text = text;
        this.tokens = tokens;
        this.sentences = Sentences.of(text);
    }

    /**
     * All passages that may be a clause, in order of their starts. Those of one type don't overlap.
     *
     * @param role the role of the tagger
     */
    public static List<Clause> find(String text, Models models, String role) {
        TokenScores scores = models.tag(role, List.of(text)).getFirst();
        return find(text, scores, ClauseRanker.beside(models, role));
    }

    static List<Clause> find(String text, TokenScores scores, ClauseRanker ranker) {
        return candidates(text, scores).stream()
                .map(ranker::clause)
                .sorted(Comparator.comparingInt(Clause::start).thenComparing(Clause::type))
                .toList();
    }

    static List<ClauseCandidate> candidates(String text, TokenScores scores) {
        var finder = new ClauseFinder(text, scores);
        var candidates = new ArrayList<ClauseCandidate>();
        for (int label = 0; label < scores.labels().size(); label++) {
            float[] column = new float[scores.tokens()];
            for (int token = 0; token < column.length; token++) {
                column[token] = scores.score(token, label);
            }
            ClauseType.ofCuadName(scores.labels().get(label))
                    .ifPresent(type -> candidates.addAll(finder.candidates(type, column)));
        }
        return candidates;
    }

    private List<ClauseCandidate> candidates(ClauseType type, float[] scores) {
        var parts = new ArrayList<ClauseCandidate.Part>();
        float[] left = scores.clone();
        for (int stretch = 0; stretch < MOST && left.length > 0; stretch++) {
            int peak = peak(left);
            if (left[peak] < LEAST) {
                break;
            }
            float bound = SHARE * left[peak];
            int first = reach(left, peak, -1, bound);
            int last = reach(left, peak, 1, bound);
            float best = left[peak];
            Arrays.fill(left, first, last + 1, 0);
            for (int from = first, to = first + 1; to <= last + 1; to++) {
                if (to == last + 1 || cut(type, to)) {
                    if (worthKeeping(type, from, to)) {
                        parts.add(part(type, scores, from, to, best));
                    }
                    from = to;
                }
            }
        }
        return ClauseCandidate.ranked(type, parts, text.length());
    }

    private static int peak(float[] scores) {
        int peak = 0;
        for (int token = 1; token < scores.length; token++) {
            if (scores[token] > scores[peak]) {
                peak = token;
            }
        }
        return peak;
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

    /** Whether a passage may end before that token. Names of parties end at quotes and brackets; titles run over lines. */
    private boolean cut(ClauseType type, int token) {
        if (type == ClauseType.DOCUMENT_NAME) {
            return false;
        }
        return sentences.start(tokens.starts()[token]) > sentences.start(tokens.starts()[token - 1])
                || (type == ClauseType.PARTIES && (isMark(token) || isMark(token - 1)));
    }

    private boolean isMark(int token) {
        return tokens.ends()[token] - tokens.starts()[token] == 1
                && QUOTES_AND_BRACKETS.indexOf(text.charAt(tokens.starts()[token])) >= 0;
    }

    private boolean worthKeeping(ClauseType type, int from, int to) {
        if (type == ClauseType.PARTIES) {
            return text.substring(tokens.starts()[from], tokens.ends()[to - 1])
                    .chars()
                    .anyMatch(Character::isLetter);
        }
        return to - from >= LEAST_TOKENS;
    }

    /** Takes the number of a section along, if nothing else stands between it and the passage. */
    private int numbered(int start) {
        int sentence = sentences.start(start);
        return text.substring(sentence, start).chars().anyMatch(Character::isLetter) ? start : sentence;
    }

    private ClauseCandidate.Part part(ClauseType type, float[] scores, int from, int to, float best) {
        double sum = 0;
        float most = 0;
        for (int token = from; token < to; token++) {
            sum += scores[token];
            most = Math.max(most, scores[token]);
        }
        int start = type == ClauseType.PARTIES ? tokens.starts()[from] : numbered(tokens.starts()[from]);
        int end = tokens.ends()[to - 1];
        double sentence = sentences.end(start) - (double) sentences.start(start);
        return new ClauseCandidate.Part(
                start,
                end,
                to - from,
                sum / (to - from),
                most,
                best,
                scores[from],
                scores[to - 1],
                Math.min(1, (end - start) / Math.max(1, sentence)));
    }
}
