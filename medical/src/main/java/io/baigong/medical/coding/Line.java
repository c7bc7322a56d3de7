package io.baigong.medical.coding;

import io.baigong.medical.note.Sentence;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sentence with the stems that its words are read as.
 *
 * @param tokens in the order of the words that they are read from
 */
record Line(Sentence sentence, List<Token> tokens) {
    /**
     * A stem that is read from words.
     *
     * @param from number of the first word of the sentence, {@code [from, to]}
     */
    record Token(String stem, int from, int to) {}

    /** Each word as its own stem. */
    static Line plain(Sentence sentence) {
        List<Sentence.Word> words = sentence.words();
        return new Line(
                sentence,
                IntStream.range(0, words.size())
                        .mapToObj(i -> new Token(words.get(i).stem(), i, i))
                        .toList());
    }

    static List<Line> plain(List<Sentence> sentences) {
        return sentences.stream().map(Line::plain).toList();
    }
}
