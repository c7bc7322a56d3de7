package io.baigong.medical.coding;

import io.baigong.medical.code.IcdTable;
import io.baigong.medical.code.IndexTerms;
import io.baigong.medical.note.Sentence;
import java.util.ArrayList;
import java.util.List;

/** Titles and inclusion terms of a code table as phrases, and the terms of the official indexes that lead to its codes. Immutable. */
final class TitleBook {
    private static final float SHARE = 0.5f;
    private static final int MOST_ROOTS = 14;

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
        boolean kept = false;
        for (CodeText each : CodeText.of(table)) {
            List<String> roots = roots(each.words());
            switch (each.kind()) {
                case TITLE -> kept = add(each.code(), roots, true, codes, isTitle, phrases);
                case CORE -> {
                    if (kept && !roots.equals(phrases.getLast())) {
                        add(each.code(), roots, false, codes, isTitle, phrases);
                    }
                }
                case INCLUSION_TERM -> add(each.code(), roots, false, codes, isTitle, phrases);
            }
        }
        int indexed = phrases.size();
        for (IndexTerms.Term term : IndexTerms.shipped().terms()) {
            if (table.find(term.code()).isPresent()) {
                add(term.code(), roots(CodeText.plain(term.words())), false, codes, isTitle, phrases);
            }
        }
        return new TitleBook(codes, isTitle, PhraseBook.of(phrases, SHARE), indexed);
    }

    private static boolean add(
            String code,
            List<String> roots,
            boolean title,
            List<String> codes,
            List<Boolean> isTitle,
            List<List<String>> phrases) {
        boolean kept = !roots.isEmpty() && roots.size() <= MOST_ROOTS;
        if (kept) {
            codes.add(code);
            isTitle.add(title);
            phrases.add(roots);
        }
        return kept;
    }

    private static List<String> roots(String words) {
        return PhraseBook.roots(Sentence.of(words));
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
