package io.baigong.compute;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.util.List;

/**
 * A text as word pieces, without marker tokens.
 *
 * @param ids of the vocabulary
 * @param starts first UTF-16 unit of each piece
 * @param ends one past the last UTF-16 unit of each piece
 */
@SuppressWarnings("ArrayRecordComponent")
public record TokenizedText(long[] ids, int[] starts, int[] ends) {
    /** Tokenizes a text of any length. */
    public static TokenizedText of(String text, HuggingFaceTokenizer tokenizer) {
        Encoding encoding = tokenizer.encode(text, false, false);
        long[] ids = encoding.getIds();
        CharSpan[] spans = encoding.getCharTokenSpans();
        int[] starts = new int[ids.length];
        int[] ends = new int[ids.length];
        // The tokenizer counts code points. Its spans are in order, so each is near the last.
        int unit = 0;
        int codePoint = 0;
        for (int i = 0; i < ids.length; i++) {
            CharSpan span = spans[i];
            unit = text.offsetByCodePoints(unit, span.getStart() - codePoint);
            starts[i] = unit;
            unit = text.offsetByCodePoints(unit, span.getEnd() - span.getStart());
            ends[i] = unit;
            codePoint = span.getEnd();
        }
        return new TokenizedText(ids, starts, ends);
    }

    /** Tokenizes texts, on all cores, in order. */
    static List<TokenizedText> all(List<String> texts, HuggingFaceTokenizer tokenizer) {
        return texts.parallelStream().map(text -> of(text, tokenizer)).toList();
    }

    public int length() {
        return ids.length;
    }
}
