package io.baigong.tuning.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Filters in the manner of Gopher (Rae et al., "Scaling Language Models", arXiv 2112.11446, appendix A.1.1 and table A1) and of C4
 * (Raffel et al., JMLR 21, 2020, section 2.2). A bound that is not a number (NaN) is off.
 *
 * <p>In Chinese each character counts as a word and a number as one, but a run of words is twice as many characters, for most words
 * have two; mean length of words is not looked at.
 *
 * @param minWords fewer are too few. C4 keeps lines of 5 words or more, Gopher documents of 50 or more
 * @param maxWords more are too many; Gopher: 100,000
 * @param minWordLength mean, in characters; Gopher: 3
 * @param maxWordLength Gopher: 10
 * @param maxSymbols hash signs and ellipses, for each word; Gopher: 0.1
 * @param minLetters share of words with a letter; Gopher: 0.8
 * @param maxRepeatedLines share of lines that stood there before; Gopher: 0.3
 * @param maxRepeatedWords share of characters that the commonest run of 2 words makes up; of 3 words 0.9 times, of 4 words 0.8 times as
 *     much. Gopher: 0.20, 0.18, 0.16. A run counts that is there three times or more, for in short texts two say nothing
 * @param languages that may stay; empty for all
 */
public record Quality(
        double minWords,
        double maxWords,
        double minWordLength,
        double maxWordLength,
        double maxSymbols,
        double minLetters,
        double maxRepeatedLines,
        double maxRepeatedWords,
        Set<Language> languages) {
    /** Gopher's, with C4's least length. */
    public static final Quality USUAL = new Quality(5, 100_000, 3, 10, 0.1, 0.8, 0.3, 0.2, Set.of());

    /** Nothing is looked at. */
    public static final Quality OFF = new Quality(
            Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Set.of());

    private static final int LEAST_RUNS = 3;

    public Quality {
        languages = Collections.unmodifiableSet(new TreeSet<>(languages));
    }

    /** What speaks against a text, if anything does. */
    @Nullable
    DropReason against(String text, Language language) {
        Script script = Script.of(text);
        List<String> words = script == Script.SPACED ? List.of(text.strip().split("\\s+", -1)) : units(text);
        int count = words.size();
        if (count < minWords) {
            return DropReason.TOO_SHORT;
        }
        if (count > maxWords) {
            return DropReason.TOO_LONG;
        }
        if (script == Script.SPACED) {
            double mean = words.stream().mapToInt(Quality::length).sum() / (double) count;
            if (mean < minWordLength || mean > maxWordLength) {
                return DropReason.WORD_LENGTH;
            }
        }
        if (symbols(text) > maxSymbols * count) {
            return DropReason.SYMBOLS;
        }
        if (words.stream().filter(Quality::hasLetter).count() < minLetters * count) {
            return DropReason.LETTERS;
        }
        if (!Double.isNaN(maxRepeatedLines) && repeatedLines(text) > maxRepeatedLines) {
            return DropReason.REPEATED_LINES;
        }
        for (int run = 2; run <= 4 && !Double.isNaN(maxRepeatedWords); run++) {
            if (topRun(words, script == Script.SPACED ? run : 2 * run) > maxRepeatedWords * (12 - run) / 10) {
                return DropReason.REPEATED_WORDS;
            }
        }
        return languages.isEmpty() || languages.contains(language) ? null : DropReason.LANGUAGE;
    }

    /** Characters and numbers of a Chinese text, and signs other than punctuation. */
    private static List<String> units(String text) {
        var units = new ArrayList<String>();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int end = i + Character.charCount(c);
            if (Character.isDigit(c)) {
                while (end < text.length() && isOfNumber(text.charAt(end))) {
                    end++;
                }
            }
            if (Script.isOfWord(c) || isSign(c)) {
                units.add(text.substring(i, end));
            }
            i = end;
        }
        return units;
    }

    private static boolean isOfNumber(char c) {
        return Character.isDigit(c) || c == '.' || c == ',';
    }

    private static boolean isSign(int c) {
        return switch (Character.getType(c)) {
            case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL, Character.MODIFIER_SYMBOL, Character.OTHER_SYMBOL ->
                true;
            default -> c == '#' || c == '\uFFFD';
        };
    }

    private static int length(String word) {
        return (int) word.codePoints().filter(Script::isOfWord).count();
    }

    private static boolean hasLetter(String word) {
        return word.codePoints().anyMatch(Character::isLetter);
    }

    private static int symbols(String text) {
        int symbols = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '#' || c == '…') {
                symbols++;
            } else if (text.startsWith("...", i)) {
                symbols++;
                i += 2;
            }
        }
        return symbols;
    }

    private static double repeatedLines(String text) {
        var seen = new HashSet<String>();
        int lines = 0;
        int repeated = 0;
        for (String line : text.split("\\R", -1)) {
            if (!line.isBlank()) {
                lines++;
                repeated += seen.add(line.strip()) ? 0 : 1;
            }
        }
        return lines == 0 ? 0 : (double) repeated / lines;
    }

    /** Share of the characters of words that the run of so many words which makes up most takes. */
    private static double topRun(List<String> words, int run) {
        Map<List<String>, Integer> counts = new HashMap<>();
        int all = 0;
        for (int i = 0; i < words.size(); i++) {
            all += words.get(i).length();
            if (i + run <= words.size()) {
                counts.merge(words.subList(i, i + run), 1, Integer::sum);
            }
        }
        int most = 0;
        for (var each : counts.entrySet()) {
            if (each.getValue() >= LEAST_RUNS) {
                int length = each.getKey().stream().mapToInt(String::length).sum();
                most = Math.max(most, length * each.getValue());
            }
        }
        return all == 0 ? 0 : (double) most / all;
    }
}
