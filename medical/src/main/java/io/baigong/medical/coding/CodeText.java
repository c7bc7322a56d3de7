package io.baigong.medical.coding;

import io.baigong.medical.code.IcdTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a table calls a code.
 *
 * @param words without what stands in parentheses, which may be there or not (guidelines, section I.A.7), and in brackets, which are synonyms
 */
record CodeText(String code, Kind kind, String words) {
    /** Which of its names. {@code CORE} is a title without what notes leave unsaid, and comes right after its title. */
    enum Kind {
        TITLE,
        CORE,
        INCLUSION_TERM
    }

    /** What notes leave unsaid: what the condition is not, where it is not said to be, and that it is any other. */
    private static final Pattern UNSAID = Pattern.compile(
            "(?i)\\bas the cause of diseases classified elsewhere|,? in diseases classified elsewhere|,? not elsewhere classified"
                    + "|,? not (?:intractable|having achieved remission)|,? without (?!rheumatoid).*|\\bnon(?:rheumatic|traumatic|pyogenic)\\b"
                    + "|\\bunspecified (?:eye|eyelid|side|site|ear|organism|cause|knee|hip|shoulder|ankle|elbow|wrist|hand|foot|limb|joint|bone"
                    + "|breast|arm|leg|vessel|vein|artery|kidney|lung|ovary|testis)\\b|,? (?:uncomplicated|initial encounter.*|subsequent encounter.*)"
                    + "|\\b(?:infection|agents?) (?=as the cause)");

    private static final Pattern ASIDE = Pattern.compile("\\([^)]*\\)|\\[[^\\]]*\\]");

    /** Those of all codes of a table, in its order. A note seldom says which encounter it is, so codes lack their 7th character. */
    static List<CodeText> of(IcdTable table) {
        var texts = new ArrayList<CodeText>();
        var unfinished = new HashSet<String>();
        for (IcdTable.IcdCode each : table.codes()) {
            String code = SeventhCharacter.without(each.code());
            if (!code.equals(each.code())
                    && (!unfinished.add(code) || table.find(code).isPresent())) {
                continue;
            }
            String title = SeventhCharacter.title(table, code);
            texts.add(new CodeText(code, Kind.TITLE, plain(title)));
            texts.add(new CodeText(code, Kind.CORE, core(title)));
            each.inclusionTerms().forEach(term -> texts.add(new CodeText(code, Kind.INCLUSION_TERM, plain(term))));
        }
        return texts;
    }

    /** A title without what notes leave unsaid. */
    static String core(String title) {
        return plain(UNSAID.matcher(title).replaceAll(" "));
    }

    static String plain(String words) {
        return ASIDE.matcher(words).replaceAll(" ");
    }
}
