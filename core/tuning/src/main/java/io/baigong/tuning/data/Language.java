package io.baigong.tuning.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Language of a text, by its script and its commonest words. A text with none of them is {@link #OTHER}: it can't be said. */
public enum Language {
    ENGLISH("en"),
    SPANISH("es"),
    CHINESE("zh"),
    OTHER("other");

    private record Vocabulary(Language language, Set<String> words) {
        Vocabulary(Language language, String words) {
            this(language, Set.of(words.split(" ", -1)));
        }
    }

    /** Words that a text of a language can hardly do without; those of neighbours keep them from passing as Spanish or English. */
    private static final List<Vocabulary> WORDS = List.of(
            new Vocabulary(
                    ENGLISH,
                    "the of and to in is was were are with that for it on as by this be at from or which have has had not an he"
                            + " she they his her we you i"),
            new Vocabulary(
                    SPANISH,
                    "de la el en y que los las se del con una un por para no su al es como más lo sin fue sus pero o este esta"
                            + " era son ha muy también entre desde hasta presentaba paciente años"),
            new Vocabulary(
                    OTHER,
                    "le les des et est une dans pour pas qui du au aux sur avec il elle ce sont plus ne par nous vous"),
            new Vocabulary(
                    OTHER,
                    "o os da do das dos não uma um em para com por que mais foi ao à são seu sua pelo como no na de a e"),
            new Vocabulary(
                    OTHER, "il di che è della del per non sono gli nel alla una con da le ha dei delle si anche come"),
            new Vocabulary(
                    OTHER,
                    "der die das und ist nicht ein eine den von zu mit auf für im sich des dem als auch wird bei"));

    private static final int LONGEST_WORD = 12;

    private final String code;

    Language(String code) {
        this.code = code;
    }

    /** Of ISO 639-1, or {@code other}. */
    public String code() {
        return code;
    }

    /** By its code. Throws {@link IllegalArgumentException} that names those there are. */
    public static Language of(String code) {
        for (Language language : values()) {
            if (language.code.equals(code.toLowerCase(Locale.ROOT))) {
                return language;
            }
        }
        throw new IllegalArgumentException("'" + code + "' is no language that can be told apart; these are: "
                + String.join(", ", Arrays.stream(values()).map(Language::code).toList()));
    }

    /** @param text normalised */
    static Language ofText(String text) {
        if (Script.of(text) == Script.UNSPACED) {
            return text.codePoints().anyMatch(Script::isKana) ? OTHER : CHINESE;
        }
        int[] hits = new int[WORDS.size()];
        for (int start = 0; start < text.length(); ) {
            int end = start;
            while (end < text.length() && Script.isOfWord(text.charAt(end))) {
                end++;
            }
            if (end > start && end - start <= LONGEST_WORD) {
                String word = text.substring(start, end);
                for (int i = 0; i < hits.length; i++) {
                    hits[i] += WORDS.get(i).words.contains(word) ? 1 : 0;
                }
            }
            start = end + 1;
        }
        int most = Arrays.stream(hits).max().orElse(0);
        Language best = null;
        for (int i = 0; i < hits.length; i++) {
            if (hits[i] == most) {
                Language language = WORDS.get(i).language;
                best = most > 0 && (best == null || best == language) ? language : OTHER;
            }
        }
        return best == null ? OTHER : best;
    }
}
