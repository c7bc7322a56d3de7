package io.baigong.medical.coding;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a Spanish case report is about, as far as its words say: for figures of groups of persons, never for codes.
 *
 * @param sex {@code female}, {@code male} or {@code not said}
 * @param age {@code under 18}, {@code 18 to 64}, {@code 65 and over} or {@code not said}
 */
record Patient(String sex, String age) {
    static final String UNSAID = "not said";

    /** Nouns say it; where there is none, the article before <i>paciente</i> does. */
    private static final Pattern NOUN =
            words("(?<female>mujer|niña|hembra|señora|femenin[ao]|nacida|gestante|embarazada|primigesta|puérpera)"
                    + "|(?<male>varón|hombre|niño|señor|masculin[ao]|nacido)");

    private static final Pattern ARTICLE = words("(?<female>una|la) paciente|(?<male>un|el) paciente");

    private static final Pattern YEARS = words("(\\d{1,3}) años");

    private static final Pattern INFANT =
            words("lactante|neonato|recién nacid[ao]|\\d+ (?:días|meses|semanas) (?:de edad|de vida)");

    private static final int ADULT = 18;
    private static final int OLD = 65;
    private static final int OLDEST = 120;

    private static Pattern words(String any) {
        return Pattern.compile("\\b(?:" + any + ")\\b", Pattern.UNICODE_CHARACTER_CLASS);
    }

    static Patient of(String spanish) {
        String text = spanish.toLowerCase(Locale.ROOT);
        return new Patient(sex(text), age(text));
    }

    private static String sex(String text) {
        for (Pattern pattern : new Pattern[] {NOUN, ARTICLE}) {
            Matcher found = pattern.matcher(text);
            if (found.find()) {
                return found.group("female") != null ? "female" : "male";
            }
        }
        return UNSAID;
    }

    private static String age(String text) {
        Matcher years = YEARS.matcher(text);
        int at = years.find() ? years.start() : text.length();
        Matcher infant = INFANT.matcher(text);
        if (infant.find() && infant.start() < at) {
            return "under 18";
        }
        if (at == text.length()) {
            return UNSAID;
        }
        int age = Integer.parseInt(years.group(1));
        return age < ADULT ? "under 18" : age < OLD ? "18 to 64" : age <= OLDEST ? "65 and over" : UNSAID;
    }
}
