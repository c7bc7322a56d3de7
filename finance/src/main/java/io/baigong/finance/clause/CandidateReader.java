package io.baigong.finance.clause;

import static io.baigong.finance.clause.ClauseCandidate.logOdds;
import static io.baigong.finance.clause.ClauseCandidate.logarithm;

import io.baigong.finance.clause.ScoreColumn.Stretch;
import io.baigong.measures.Jaccard;
import io.baigong.spi.TokenScores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Reads the tagger's scores of single tokens as passages: each stretch of well-scoring tokens in several ways, cut at the ends of
 * sentences, its sentences joined or made whole, and narrowed to its best tokens. Which reading is meant is not decided here.
 */
final class CandidateReader {
    /** Types of which lawyers mark a phrase and not a sentence. */
    private static final Set<ClauseType> PHRASES = EnumSet.of(
            ClauseType.DOCUMENT_NAME,
            ClauseType.PARTIES,
            ClauseType.AGREEMENT_DATE,
            ClauseType.EFFECTIVE_DATE,
            ClauseType.EXPIRATION_DATE);

    /** A stretch with a best score below this is read in one way only. */
    private static final float RICH = 0.02f;

    /** Most sentences that are joined. */
    private static final int JOINED = 8;

    /** Shares of the best token to which a sentence is narrowed. */
    private static final float[] NARROWED = {0.4f, 0.7f};

    /** A passage of sentences has at least so many tokens. */
    private static final int LEAST_TOKENS = 4;

    /** Tokens before and after a passage whose scores tell whether it is well cut. */
    private static final int AROUND = 5;

    private static final String QUOTES_AND_BRACKETS = "()\"“”";

    private final String text;
    private final TokenScores tokens;
    private final List<ScoreColumn> columns;
    private final Sentences sentences;

    CandidateReader(String text, TokenScores tokens) {
        this.text = text;
        this.tokens = tokens;
        this.columns = IntStream.range(0, tokens.labels().size())
                .mapToObj(label -> new ScoreColumn(tokens, label))
                .toList();
        this.sentences = Sentences.of(text);
    }

    /** Tokens {@code [from, to)}. */
    private record Reading(int from, int to) {}

    /** A reading, with the stretch that it reads and the stretch's rank, 0 for the best. */
    private record Placed(Reading reading, Stretch stretch, int rank) {}

    /** All readings of one type's scores. Of equal phrases only the strongest is kept. */
    List<ClauseCandidate> read(ClauseType type, int label) {
        ScoreColumn column = columns.get(label);
        List<Stretch> stretches = column.stretches();
        var placed = new ArrayList<Placed>();
        for (int rank = 0; rank < stretches.size(); rank++) {
            Stretch stretch = stretches.get(rank);
            for (Reading reading : readings(type, column, stretch)) {
                if (worthKeeping(type, reading)) {
                    placed.add(new Placed(reading, stretch, rank));
                }
            }
        }
        placed.sort(Comparator.comparingDouble((Placed each) -> -strength(column, each.reading))
                .thenComparingInt(each -> each.reading.from)
                .thenComparingInt(each -> each.reading.to));
        Map<Object, Integer> repeats = new HashMap<>();
        var kept = new ArrayList<Placed>();
        for (Placed each : placed) {
            if (repeats.merge(key(type, each.reading), 1, Integer::sum) == 1) {
                kept.add(each);
            }
        }
        double best = kept.isEmpty() ? 0 : strength(column, kept.getFirst().reading);
        float most = stretches.isEmpty() ? 0 : stretches.getFirst().most();
        return kept.stream()
                .map(each -> candidate(
                        type,
                        label,
                        each,
                        new Known(stretches.size(), best, most, repeats.getOrDefault(key(type, each.reading), 1))))
                .toList();
    }

    private Object key(ClauseType type, Reading reading) {
        return PHRASES.contains(type)
                ? Jaccard.words(text.substring(start(type, reading), end(type, reading)))
                : reading;
    }

    private Set<Reading> readings(ClauseType type, ScoreColumn column, Stretch stretch) {
        List<Reading> parts = parts(type, stretch);
        var readings = new LinkedHashSet<Reading>();
        if (stretch.most() < RICH) {
            readings.addAll(parts);
            return readings;
        }
        for (int i = 0; i < parts.size(); i++) {
            Reading part = parts.get(i);
            for (float share : NARROWED) {
                column.runs(part.from, part.to, share).forEach(run -> readings.add(new Reading(run.from(), run.to())));
            }
            for (int j = i; j < Math.min(parts.size(), i + JOINED); j++) {
                var joined = bare(type, part.from, parts.get(j).to);
                readings.add(joined);
                if (!PHRASES.contains(type)) {
                    readings.add(whole(joined));
                }
            }
        }
        return readings;
    }

    /** A stretch cut where a passage may end. */
    private List<Reading> parts(ClauseType type, Stretch stretch) {
        var parts = new ArrayList<Reading>();
        int from = stretch.from();
        for (int token = from + 1; token <= stretch.to(); token++) {
            if (token == stretch.to() || cut(type, token)) {
                parts.add(new Reading(from, token));
                from = token;
            }
        }
        return parts;
    }

    /**
     * Whether a passage may end before that token. Names of parties end at quotes and brackets; titles run over lines, but not
     * over empty ones.
     */
    private boolean cut(ClauseType type, int token) {
        if (type == ClauseType.DOCUMENT_NAME) {
            return text.substring(tokens.ends()[token - 1], tokens.starts()[token])
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    > 1;
        }
        return beginsSentence(token) || (type == ClauseType.PARTIES && (isMark(token) || isMark(token - 1)));
    }

    private boolean beginsSentence(int token) {
        return sentences.start(tokens.starts()[token]) > sentences.start(tokens.starts()[token - 1]);
    }

    private boolean isMark(int token) {
        return tokens.ends()[token] - tokens.starts()[token] == 1
                && QUOTES_AND_BRACKETS.indexOf(text.charAt(tokens.starts()[token])) >= 0;
    }

    /** Names of parties stand without the quotes and brackets around them. */
    private Reading bare(ClauseType type, int from, int to) {
        int first = from;
        int end = to;
        while (type == ClauseType.PARTIES && first < end - 1 && isMark(first)) {
            first++;
        }
        while (type == ClauseType.PARTIES && first < end - 1 && isMark(end - 1)) {
            end--;
        }
        return new Reading(first, end);
    }

    /** From the beginning of its first sentence to the end of its last. */
    private Reading whole(Reading reading) {
        int start = sentences.start(tokens.starts()[reading.from]);
        int end = sentences.end(tokens.starts()[reading.to - 1]);
        int from = reading.from;
        while (from > 0 && tokens.starts()[from - 1] >= start) {
            from--;
        }
        int to = reading.to;
        while (to < tokens.tokens() && tokens.ends()[to] <= end) {
            to++;
        }
        return new Reading(from, to);
    }

    private boolean worthKeeping(ClauseType type, Reading reading) {
        if (!PHRASES.contains(type)) {
            return reading.to - reading.from >= LEAST_TOKENS;
        }
        boolean named = text.substring(tokens.starts()[reading.from], tokens.ends()[reading.to - 1])
                .chars()
                .anyMatch(Character::isLetterOrDigit);
        return named && (type != ClauseType.DOCUMENT_NAME || reading.to - reading.from >= 2);
    }

    /** A phrase begins with a whole word; a sentence takes its section's number along, if nothing else stands before it. */
    private int start(ClauseType type, Reading reading) {
        int start = tokens.starts()[reading.from];
        if (PHRASES.contains(type)) {
            while (start > 0
                    && Character.isLetterOrDigit(text.charAt(start))
                    && Character.isLetterOrDigit(text.charAt(start - 1))) {
                start--;
            }
            return start;
        }
        int sentence = sentences.start(start);
        return text.substring(sentence, start).chars().anyMatch(Character::isLetter) ? start : sentence;
    }

    /** A phrase ends with a whole word. */
    private int end(ClauseType type, Reading reading) {
        int end = tokens.ends()[reading.to - 1];
        while (PHRASES.contains(type)
                && end < text.length()
                && Character.isLetterOrDigit(text.charAt(end - 1))
                && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static double strength(ScoreColumn column, Reading reading) {
        return (logarithm(column.mean(reading.from, reading.to)) + logarithm(column.most(reading.from, reading.to)))
                / 2;
    }

    /**
     * What is known of all readings of a type.
     *
     * @param best strength of the strongest
     * @param most score of any token
     * @param repeats how many readings have these words
     */
    private record Known(int stretches, double best, double most, int repeats) {}

    /**
     * The features, in order: log-odds of the mean score, of the highest, of the stretch's highest, of the first and last token;
     * logarithm of the length in tokens, and its square; how much weaker than the strongest reading; logarithm of the stretch's
     * rank; share of the sentence; position in the contract; logarithm of the number of stretches; log-odds of the token before
     * and of the one after, and of the means of {@link #AROUND} of them; share of tokens that score half of the stretch's
     * highest; share of the stretch's sum of scores; whether it begins and whether it ends with a sentence; logarithm of the
     * number of sentences; log-odds of the type's highest score in the contract; log-odds of the highest mean of another type;
     * logarithm of the number of readings with the same words, for phrases.
     */
    private ClauseCandidate candidate(ClauseType type, int label, Placed placed, Known known) {
        ScoreColumn column = columns.get(label);
        Stretch stretch = placed.stretch;
        int from = placed.reading.from;
        int to = placed.reading.to;
        int start = start(type, placed.reading);
        int end = end(type, placed.reading);
        int lastWord = tokens.starts()[to - 1];
        double length = Math.log(to - from);
        double sentence = Math.max(1, sentences.end(start) - sentences.start(start));
        return new ClauseCandidate(type, start, end, new float[] {
            logOdds(column.mean(from, to)),
            logOdds(column.most(from, to)),
            logOdds(stretch.most()),
            logOdds(column.score(from)),
            logOdds(column.score(to - 1)),
            (float) length,
            (float) (length * length),
            (float) (strength(column, placed.reading) - known.best),
            (float) Math.log1p(placed.rank),
            (float) Math.min(1, (end - start) / sentence),
            (float) start / text.length(),
            (float) Math.log(known.stretches),
            logOdds(column.score(from - 1)),
            logOdds(column.score(to)),
            logOdds(column.mean(from - AROUND, from)),
            logOdds(column.mean(to, to + AROUND)),
            shareAbove(column, from, to, stretch.most() / 2),
            (float) (column.sum(from, to) / column.sum(stretch.from(), stretch.to())),
            sentences.start(start) == start ? 1 : 0,
            sentences.end(lastWord) <= end + 1 ? 1 : 0,
            (float) Math.log1p(sentencesBegun(from, to)),
            logOdds(known.most),
            logOdds(otherMean(label, from, to)),
            PHRASES.contains(type) ? (float) Math.log(known.repeats) : 0
        });
    }

    private static float shareAbove(ScoreColumn column, int from, int to, float bound) {
        int above = 0;
        for (int token = from; token < to; token++) {
            above += column.score(token) > bound ? 1 : 0;
        }
        return (float) above / (to - from);
    }

    private int sentencesBegun(int from, int to) {
        return (int) IntStream.range(from + 1, to).filter(this::beginsSentence).count();
    }

    private double otherMean(int label, int from, int to) {
        double most = 0;
        for (int other = 0; other < columns.size(); other++) {
            if (other != label) {
                most = Math.max(most, columns.get(other).mean(from, to));
            }
        }
        return most;
    }
}
