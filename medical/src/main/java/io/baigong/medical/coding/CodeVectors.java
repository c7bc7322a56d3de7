package io.baigong.medical.coding;

import io.baigong.medical.note.Sentence;
import io.baigong.spi.TextEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of codes as vectors, by stems. Immutable.
 *
 * @param titles as the table calls them
 * @param quoted as coders quoted notes for them
 */
record CodeVectors(NamedVectors titles, NamedVectors quoted) {
    static CodeVectors of(List<CodeText> texts, Lexicon quoted, TextEncoder encoder) {
        return new CodeVectors(titles(texts, encoder), quoted(quoted, encoder));
    }

    private static NamedVectors titles(List<CodeText> texts, TextEncoder encoder) {
        var names = new ArrayList<NamedVectors.Name>();
        for (CodeText each : texts) {
            String stems = stems(each.words());
            if (!stems.isEmpty()) {
                names.add(new NamedVectors.Name(each.code(), stems));
            }
        }
        return NamedVectors.of(names.stream().distinct().toList(), encoder);
    }

    private static NamedVectors quoted(Lexicon lexicon, TextEncoder encoder) {
        var names = new ArrayList<NamedVectors.Name>();
        for (int p = 0; p < lexicon.phrases().size(); p++) {
            String stems = String.join(" ", lexicon.phrases().get(p));
            lexicon.usage(p).codes().keySet().forEach(code -> names.add(new NamedVectors.Name(code, stems)));
        }
        return NamedVectors.of(names, encoder);
    }

    /** The stems of words that carry meaning, parted by blanks: what is made a vector. */
    static String stems(String words) {
        return String.join(" ", PhraseBook.stems(Sentence.of(words)));
    }
}
