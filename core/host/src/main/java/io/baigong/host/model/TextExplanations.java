package io.baigong.host.model;

import io.baigong.compute.Priority;
import io.baigong.gateway.Gateway;
import io.baigong.measures.Attributions;
import io.baigong.registry.Registry;
import io.baigong.spi.ModelRole;
import io.baigong.spi.ModelVersion;
import io.baigong.spi.Models;
import io.baigong.spi.TokenScores;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which words of a text carry a label's score: Shapley values of its words, where a word is hidden by leaving it out. The score is the highest
 * probability that a token of the text has for the label. Equal questions have equal answers. Thread-safe.
 */
@ApplicationScoped
public class TextExplanations {
    /** UTF-16 units of a text. */
    public static final int LONGEST = 4_000;

    /** A longer text is taken apart into so many runs of words. */
    static final int MOST_PARTS = 48;

    /** Of orders in which words come to the text; four orders of 48 parts ask the model 188 times. */
    private static final int PAIRS = 2;

    private static final long SEED = 7;

    /** A Chinese character is a word, so that no dictionary is needed. */
    private static final Pattern WORD = Pattern.compile("\\p{IsHan}|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}]]+");

    private final Registry registry;
    private final Gateway gateway;

    TextExplanations(Registry registry, Gateway gateway) {
        this.registry = registry;
        this.gateway = gateway;
    }

    /**
     * What was found.
     *
     * @param score of the label in the whole text, in [0, 1]
     * @param parts of the text, in their order; what they add is {@code score} together, for a text without words has the score 0
     */
    public record Explanation(ModelVersion model, String label, double score, List<Part> parts) {}

    /**
     * A word with what follows it up to the next one, or a run of them.
     *
     * @param start first UTF-16 unit
     * @param end one past the last
     * @param adds to the score; less than 0 where it speaks against the label
     */
    public record Part(int start, int end, double adds) {}

    /**
     * Explains a score.
     *
     * @throws NoSuchElementException for a role that there is not, or whose model scores no words
     * @throws IllegalArgumentException for a text that is empty or too long, and a label that the model does not know
     */
    public Explanation explain(String role, String text, String label) {
        if (registry.roles().stream()
                .noneMatch(one -> one.name().equals(role) && one.kind() == ModelRole.Kind.TOKEN_CLASSIFICATION)) {
            throw new NoSuchElementException("there is no role " + role + " whose model scores words");
        }
        List<int[]> parts = parts(text);
        if (parts.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException("a text to explain has words, and at most " + LONGEST + " characters");
        }
        Models models = gateway.forRun();
        ToDoubleFunction<TokenScores> score =
                score(models.tag(role, List.of(text)).getFirst(), label);
        Attributions found = Priority.BATCH.call(() -> Attributions.shapley(
                parts.size(),
                PAIRS,
                new SplittableRandom(SEED),
                seen -> scores(models, role, score, text, parts, seen)));
        var explained = new ArrayList<Part>();
        for (int i = 0; i < parts.size(); i++) {
            explained.add(new Part(parts.get(i)[0], parts.get(i)[1], found.parts()[i]));
        }
        return new Explanation(models.used().getFirst(), label, found.whole(), explained);
    }

    private static ToDoubleFunction<TokenScores> score(TokenScores known, String label) {
        int column = known.labels().indexOf(label);
        if (column < 0) {
            throw new IllegalArgumentException("the model has no such label; its labels are " + known.labels());
        }
        return scores -> {
            double highest = 0;
            for (int token = 0; token < scores.tokens(); token++) {
                highest = Math.max(highest, scores.score(token, column));
            }
            return highest;
        };
    }

    private static double[] scores(
            Models models,
            String role,
            ToDoubleFunction<TokenScores> score,
            String text,
            List<int[]> parts,
            List<BitSet> seen) {
        List<Integer> asked = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            if (!seen.get(i).isEmpty()) {
                asked.add(i);
                texts.add(without(text, parts, seen.get(i)));
            }
        }
        double[] scores = new double[seen.size()];
        if (!texts.isEmpty()) {
            List<TokenScores> answers = models.tag(role, texts);
            for (int i = 0; i < answers.size(); i++) {
                scores[asked.get(i)] = score.applyAsDouble(answers.get(i));
            }
        }
        return scores;
    }

    /** The text of the parts that are seen; what stands before the first word stays. */
    private static String without(String text, List<int[]> parts, BitSet seen) {
        var kept = new StringBuilder(text.substring(0, parts.getFirst()[0]));
        seen.stream().forEach(part -> kept.append(text, parts.get(part)[0], parts.get(part)[1]));
        return kept.toString();
    }

    /** Bounds of the parts, half-open: words, or as many to a part as make no more than {@link #MOST_PARTS}. */
    static List<int[]> parts(String text) {
        List<Integer> starts = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            starts.add(word.start());
        }
        int each = (starts.size() + MOST_PARTS - 1) / MOST_PARTS;
        var parts = new ArrayList<int[]>();
        for (int i = 0; i < starts.size(); i += each) {
            int next = i + each;
            parts.add(new int[] {starts.get(i), next < starts.size() ? starts.get(next) : text.length()});
        }
        return parts;
    }
}
