package io.baigong.medical.coding;

import io.baigong.medical.code.IcdTable;
import io.baigong.spi.EmbeddingSpec;
import io.baigong.spi.TextPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an encoder of names of codes learns from: words that coders quoted with the title of their code, inclusion terms with it, and what clinicians
 * write with what ICD-10-CM calls it. By stems.
 */
final class EncoderPairs {
    /** How often a pair of the list of words is dealt; its words are in many names. */
    private static final int WORDS = 3;

    private EncoderPairs() {}

    static EmbeddingSpec spec(long seed) {
        return new EmbeddingSpec("code-encoder", "1", 64, 32_768, 6, 256, 0.03, 0.05, seed);
    }

    static List<TextPair> of(IcdTable table, Stream<CodiEspCase> cases) {
        var pairs = new ArrayList<TextPair>();
        cases.flatMap(each -> each.evidence().stream())
                .filter(quote -> table.find(quote.code()).isPresent())
                .forEach(quote -> add(pairs, quote.words(), title(table, quote.code()), quote.code()));
        for (String[] row : Readings.table(Readings.WORDS)) {
            for (int reading = 1; reading < row.length; reading++) {
                for (int time = 0; time < WORDS; time++) {
                    add(pairs, row[0], row[reading], row[reading]);
                }
            }
        }
        // Codes of a category are learned together, and so told apart.
        pairs.sort(Comparator.comparing(TextPair::meaning));
        for (IcdTable.IcdCode code : table.codes()) {
            code.inclusionTerms().forEach(term -> add(pairs, term, title(table, code.code()), code.code()));
        }
        return pairs;
    }

    private static String title(IcdTable table, String code) {
        return CodeText.core(SeventhCharacter.title(table, code));
    }

    private static void add(List<TextPair> pairs, String words, String name, String meaning) {
        String text = CodeVectors.stems(words);
        String same = CodeVectors.stems(name);
        if (!text.isEmpty() && !same.isEmpty()) {
            pairs.add(new TextPair(text, same, meaning));
        }
    }
}
