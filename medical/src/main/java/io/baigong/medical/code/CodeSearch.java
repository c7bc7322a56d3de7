package io.baigong.medical.code;

import io.baigong.medical.text.Folding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Finds codes of a table by the beginning of a code, or by words that begin so in its title, terms or names. Thread-safe. */
public final class CodeSearch {
    private static final int MOST_WORDS = 12;

    private final List<Searched> all = new ArrayList<>();

    /** A code with its folded texts, the title first. Each is between blanks, so that a word begins after one. */
    private record Searched(IcdTable.IcdCode code, String bare, List<String> texts) {}

    private record Hit(IcdTable.IcdCode code, int rank) {}

    /**
     * @param names further names of codes, such as those in another language
     */
    public CodeSearch(IcdTable table, List<Code> names) {
        var further = new java.util.HashMap<String, List<String>>();
        for (Code name : names) {
            List<String> texts = further.computeIfAbsent(name.code(), k -> new ArrayList<>());
            texts.add(name.title());
            texts.addAll(name.synonyms());
        }
        for (IcdTable.IcdCode code : table.codes()) {
            var texts = new ArrayList<String>();
            texts.add(blanked(code.title()));
            code.inclusionTerms().forEach(term -> texts.add(blanked(term)));
            further.getOrDefault(code.code(), List.of()).forEach(name -> texts.add(blanked(name)));
            all.add(new Searched(code, bare(code.code()), List.copyOf(texts)));
        }
    }

    private static String blanked(String text) {
        return " " + Folding.fold(text) + " ";
    }

    private static String bare(String code) {
        return Folding.bare(code);
    }

    /** The best first: codes that begin so, then titles before other names, and the shorter before the longer. */
    public List<IcdTable.IcdCode> find(String words, int most) {
        String folded = Folding.fold(words);
        if (folded.isEmpty()) {
            return List.of();
        }
        String code = folded.replace(" ", "");
        String[] parts = Arrays.stream(folded.split(" ")).limit(MOST_WORDS).toArray(String[]::new);
        var hits = new ArrayList<Hit>();
        for (Searched one : all) {
            int rank = rank(one, code, folded, parts);
            if (rank >= 0) {
                hits.add(new Hit(one.code, rank));
            }
        }
        hits.sort(Comparator.comparingInt(Hit::rank).thenComparing(hit -> hit.code.code()));
        return hits.stream().limit(most).map(Hit::code).toList();
    }

    /** The lower the better; negative where it does not match. */
    private static int rank(Searched one, String code, String folded, String[] parts) {
        if (one.bare.startsWith(code)) {
            return one.bare.length() - code.length();
        }
        for (int i = 0; i < one.texts.size(); i++) {
            String text = one.texts.get(i);
            if (holds(text, parts)) {
                boolean exact = text.length() == folded.length() + 2;
                boolean first = text.startsWith(folded, 1);
                int form = exact ? 100 : first ? 1_000 : 2_000;
                return form + (i == 0 ? 0 : 500) + Math.min(499, text.length()) + (one.code.billable() ? 0 : 5);
            }
        }
        return -1;
    }

    /** Chinese has no blanks between words. */
    private static boolean holds(String text, String[] parts) {
        for (String part : parts) {
            boolean han = Character.UnicodeScript.of(part.codePointAt(0)) == Character.UnicodeScript.HAN;
            if (!text.contains(han ? part : " " + part)) {
                return false;
            }
        }
        return true;
    }
}
