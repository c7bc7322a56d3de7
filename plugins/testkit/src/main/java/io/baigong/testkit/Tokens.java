package io.baigong.testkit;

import io.baigong.spi.TokenScores;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits text into words and single other marks, as a simple tokenizer does; Han characters stand alone. */
final class Tokens {
    private static final Pattern TOKEN =
            Pattern.compile("\\p{IsHan}|[\\p{L}\\p{N}&&[^\\p{IsHan}]]+|[^\\p{L}\\p{N}\\s]");

    private Tokens() {}

    static List<Token> of(String text) {
        var tokens = new ArrayList<Token>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(new Token(matcher.group(), matcher.start(), matcher.end()));
        }
        return tokens;
    }

    /** A token that overlaps a span scores for its label; where spans overlap, the higher score stands. */
    static TokenScores scores(String text, List<String> labels, List<FakeModels.Span> spans) {
        List<Token> tokens = of(text);
        int width = labels.size();
        float[] scores = new float[tokens.size() * width];
        for (FakeModels.Span span : spans) {
            int label = labels.indexOf(span.label());
            if (label < 0) {
                throw new IllegalArgumentException("label " + span.label() + " is not one of " + labels);
            }
            if (span.start() < 0 || span.end() <= span.start() || span.end() > text.length()) {
                throw new IllegalArgumentException(
                        "[%d, %d) is no span of a text of %d units".formatted(span.start(), span.end(), text.length()));
            }
            for (int i = 0; i < tokens.size(); i++) {
                Token token = tokens.get(i);
                if (token.start() < span.end() && token.end() > span.start()) {
                    int at = i * width + label;
                    scores[at] = Math.max(scores[at], (float) span.score());
                }
            }
        }
        return new TokenScores(
                labels,
                tokens.stream().mapToInt(Token::start).toArray(),
                tokens.stream().mapToInt(Token::end).toArray(),
                scores);
    }

    /** A token and its place, {@code [start, end)} in UTF-16 units. */
    record Token(String text, int start, int end) {}
}
