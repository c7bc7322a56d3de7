package io.baigong.medical.coding;

import io.baigong.medical.code.IcdTable;
import io.baigong.medical.note.Sentence;
import java.util.ArrayList;
import java.util.List;

/** Titles and inclusion terms of a code table as phrases. Immutable. */
final class TitleBook {
    private static final float SHARE = 0.5f;
    private static final int MOST_STEMS = 14;

    private final List<String> codes;
    private final List<Boolean> isTitle;
    private final PhraseBook book;

    private TitleBook(List<String> codes, List<Boolean> isTitle, PhraseBook book) {
        this.codes = codes;
        this.isTitle = isTitle;
        this.book = book;
    }

    static TitleBook of(IcdTable table) {
        var codes = new ArrayList<String>();
        var isTitle = new ArrayList<Boolean>();
        var phrases = new ArrayList<List<String>>();
        for (IcdTable.IcdCode code : table.codes()) {
            add(code.code(), code.title(), true, codes, isTitle, phrases);
            code.inclusionTerms().forEach(term -> add(code.code(), term, false, codes, isTitle, phrases));
        }
        return new TitleBook(codes, isTitle, PhraseBook.of(phrases, SHARE));
    }

    private static void add(
            String code,
            String words,
            boolean title,
            List<String> codes,
            List<Boolean> isTitle,
            List<List<String>> phrases) {
        // What stands in parentheses may be there or not (guidelines, section I.A.7); in brackets are synonyms.
        List<String> stems = PhraseBook.stems(Sentence.of(words.replaceAll("\\([^)]*\\)|\\[[^\\]]*\\]", " ")));
        if (!stems.isEmpty() && stems.size() <= MOST_STEMS) {
            codes.add(code);
            isTitle.add(title);
            phrases.add(stems);
        }
    }

    String code(int phrase) {
        return codes.get(phrase);
    }

    boolean isTitle(int phrase) {
        return isTitle.get(phrase);
    }

    List<PhraseBook.Match> matches(List<Sentence> note) {
        return book.matches(note);
    }
}
