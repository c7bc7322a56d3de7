package io.baigong.medical.coding;

import io.baigong.medical.code.IcdTable;
import io.baigong.medical.code.IndexTerms;
import io.baigong.medical.note.Sentence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Titles and inclusion terms of a code table as phrases, and the terms of the official indexes that lead to its codes. Immutable. */
final class TitleBook {
    private static final float SHARE = 0.5f;
    private static final int MOST_STEMS = 14;

    /** What notes leave unsaid: what the condition is not, where it is not said to be, and that it is any other. */
    private static final Pattern UNSAID = Pattern.compile(
            "(?i)\\bas the cause of diseases classified elsewhere|,? in diseases classified elsewhere|,? not elsewhere classified"
                    + "|,? not (?:intractable|having achieved remission)|,? without (?!rheumatoid).*|\\bnon(?:rheumatic|traumatic|pyogenic)\\b"
                    + "|\\bunspecified (?:eye|eyelid|side|site|ear|organism|cause|knee|hip|shoulder|ankle|elbow|wrist|hand|foot|limb|joint|bone"
                    + "|breast|arm|leg|vessel|vein|artery|kidney|lung|ovary|testis)\\b|,? (?:uncomplicated|initial encounter.*|subsequent encounter.*)"
                    + "|\\b(?:infection|agents?) (?=as the cause)");

    private final List<String> codes;
    private final List<Boolean> isTitle;
    private final PhraseBook book;
    private final int indexed;
    private final Readings readings = Readings.shipped();

    private TitleBook(List<String> codes, List<Boolean> isTitle, PhraseBook book, int indexed) {
        this.codes = codes;
        this.isTitle = isTitle;
        this.book = book;
        this.indexed = indexed;
    }

    static TitleBook of(IcdTable table) {
        var codes = new ArrayList<String>();
        var isTitle = new ArrayList<Boolean>();
        var phrases = new ArrayList<List<String>>();
        var unfinished = new HashSet<String>();
        for (IcdTable.IcdCode each : table.codes()) {
            // A note seldom says which encounter it is, so codes are sought without their 7th character, and lack it
            // when found.
            String code = SeventhCharacter.without(each.code());
            if (!code.equals(each.code())
                    && (!unfinished.add(code) || table.find(code).isPresent())) {
                continue;
            }
            String title = SeventhCharacter.title(table, code);
            if (add(code, title, true, codes, isTitle, phrases)) {
                List<String> core = stems(UNSAID.matcher(title).replaceAll(" "));
                if (!core.isEmpty() && !core.equals(phrases.getLast())) {
                    add(code, core, false, codes, isTitle, phrases);
                }
            }
            each.inclusionTerms().forEach(term -> add(code, term, false, codes, isTitle, phrases));
        }
        int indexed = phrases.size();
        for (IndexTerms.Term term : IndexTerms.shipped().terms()) {
            if (table.find(term.code()).isPresent()) {
                add(term.code(), term.words(), false, codes, isTitle, phrases);
            }
        }
        return new TitleBook(codes, isTitle, PhraseBook.of(phrases, SHARE), indexed);
    }

    private static boolean add(
            String code,
            String words,
            boolean title,
            List<String> codes,
            List<Boolean> isTitle,
            List<List<String>> phrases) {
        return add(code, stems(words), title, codes, isTitle, phrases);
    }

    private static boolean add(
            String code,
            List<String> stems,
            boolean title,
            List<String> codes,
            List<Boolean> isTitle,
            List<List<String>> phrases) {
        boolean kept = !stems.isEmpty() && stems.size() <= MOST_STEMS;
        if (kept) {
            codes.add(code);
            isTitle.add(title);
            phrases.add(stems);
        }
        return kept;
    }

    /** What stands in parentheses may be there or not (guidelines, section I.A.7); in brackets are synonyms. */
    private static List<String> stems(String words) {
        return PhraseBook.roots(Sentence.of(words.replaceAll("\\([^)]*\\)|\\[[^\\]]*\\]", " ")));
    }

    String code(int phrase) {
        return codes.get(phrase);
    }

    boolean isTitle(int phrase) {
        return isTitle.get(phrase);
    }

    /** How many stems a phrase has. */
    int stems(int phrase) {
        return book.stems(phrase);
    }

    /**
     * Titles with at least half of their weight in a sentence, and terms of an index that are there whole.
     *
     * @param language {@code es} or {@code en}
     */
    List<PhraseBook.Match> matches(String text, List<Sentence> note, String language) {
        return book.matchesIn(readings.lines(text, note, language)).stream()
                .filter(match -> match.phrase() < indexed || match.share() > PhraseBook.WHOLE)
                .toList();
    }
}
