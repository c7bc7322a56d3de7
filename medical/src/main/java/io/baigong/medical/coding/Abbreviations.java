package io.baigong.medical.coding;

import io.baigong.medical.note.Sentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Abbreviations of clinical notes, in English, Spanish and Chinese, written for this suite. Immutable.
 *
 * <p>An abbreviation that may mean several things is expanded where the note has a word that goes with the meaning. What a note itself
 * says that an abbreviation stands for, as in <i>mitral insufficiency (MI)</i>, goes before the list (after Schwartz and Hearst 2003,
 * by initials alone).
 */
final class Abbreviations {
    private static final String FILE = "/icd10cm/abbreviations.tsv";
    private static final Pattern DEFINED = Pattern.compile("\\((\\p{Lu}[\\p{L}\\d]{1,7})\\)");

    /** How many words before it a definition may have for each letter. */
    private static final int WORDS_A_LETTER = 2;

    private final Map<String, Map<String, List<Meaning>>> byLanguage;

    /**
     * What an abbreviation may stand for.
     *
     * @param beside words, one of which the note must have; none are needed where it is empty
     */
    private record Meaning(String words, Set<String> beside) {}

    private Abbreviations(Map<String, Map<String, List<Meaning>>> byLanguage) {
        this.byLanguage = byLanguage;
    }

    static Abbreviations shipped() {
        return Shipped.ABBREVIATIONS;
    }

    private static final class Shipped {
        static final Abbreviations ABBREVIATIONS = load();

        private static Abbreviations load() {
            var byLanguage = new HashMap<String, Map<String, List<Meaning>>>();
            for (String[] cells : Readings.table(FILE)) {
                Set<String> beside = cells.length < 4
                        ? Set.of()
                        : cells[0].equals("zh") ? Set.of(cells[3].split(" ", -1)) : stems(cells[3]);
                byLanguage
                        .computeIfAbsent(cells[0], k -> new HashMap<>())
                        .computeIfAbsent(cells[1], k -> new ArrayList<>())
                        .add(new Meaning(cells[2], beside));
            }
            return new Abbreviations(byLanguage);
        }
    }

    private static Set<String> stems(String words) {
        return stems(Sentence.of(words));
    }

    private static Set<String> stems(List<Sentence> sentences) {
        var stems = new HashSet<String>();
        sentences.forEach(s -> s.words().forEach(w -> stems.add(w.root())));
        return stems;
    }

    /** What abbreviations stand for in one note. */
    record Of(Map<String, List<String>> expansions) {
        List<String> expansions(String text, Sentence.Word word) {
            // Most words are longer than any abbreviation, or begin in lower case.
            return Character.isUpperCase(text.charAt(word.start()))
                    ? expansions.getOrDefault(text.substring(word.start(), word.end()), List.of())
                    : List.of();
        }
    }

    /** @param language {@code en} or {@code es} */
    Of of(String text, List<Sentence> note, String language) {
        Set<String> stems = stems(note);
        return new Of(expansions(text, language, beside -> beside.stream().anyMatch(stems::contains)));
    }

    /** Those of a Chinese note: what a word of it goes with is looked up in its letters. */
    Of ofChinese(String text) {
        return new Of(expansions(text, "zh", beside -> beside.stream().anyMatch(text::contains)));
    }

    private Map<String, List<String>> expansions(
            String text, String language, java.util.function.Predicate<Set<String>> near) {
        Set<String> defined = defined(text);
        var expansions = new HashMap<String, List<String>>();
        byLanguage.getOrDefault(language, Map.of()).forEach((abbreviation, meanings) -> {
            if (!defined.contains(abbreviation) && text.contains(abbreviation)) {
                List<String> words = meanings.stream()
                        .filter(m -> m.beside.isEmpty() || near.test(m.beside))
                        .map(Meaning::words)
                        .toList();
                if (!words.isEmpty()) {
                    expansions.put(abbreviation, words);
                }
            }
        });
        return expansions;
    }

    /** Abbreviations in parentheses whose letters begin words before them. */
    private static Set<String> defined(String text) {
        var defined = new HashSet<String>();
        Matcher matcher = DEFINED.matcher(text);
        while (matcher.find()) {
            String letters = matcher.group(1).toLowerCase(Locale.ROOT);
            String[] words = text.substring(Math.max(0, matcher.start() - 120), matcher.start())
                    .toLowerCase(Locale.ROOT)
                    .strip()
                    .split("[^\\p{L}]+", -1);
            if (begin(words, letters)) {
                defined.add(matcher.group(1));
            }
        }
        return defined;
    }

    /** Whether the letters begin words in their order, of which the last words are one. */
    private static boolean begin(String[] words, String letters) {
        int letter = letters.length() - 1;
        int from = Math.max(0, words.length - WORDS_A_LETTER * letters.length());
        for (int i = words.length - 1; i >= from && letter >= 0; i--) {
            if (!words[i].isEmpty() && words[i].charAt(0) == letters.charAt(letter)) {
                letter--;
            }
        }
        return letter < 0;
    }
}
