package io.baigong.spi;

import java.util.List;
import java.util.Objects;

/**
 * Scores of every token of one text.
 *
 * @param labels the label set, in column order
 * @param starts first UTF-16 unit of each token
 * @param ends one past the last UTF-16 unit of each token
 * @param scores probabilities in [0, 1], {@code [tokens, labels]}, row-major
 */
@SuppressWarnings("ArrayRecordComponent")
public record TokenScores(List<String> labels, int[] starts, int[] ends, float[] scores) {
    public TokenScores {
        Objects.requireNonNull(labels);
        if (starts.length != ends.length || scores.length != starts.length * labels.size()) {
            throw new IllegalArgumentException("expected scores [%d, %d], got %d values and %d token ends"
                    .formatted(starts.length, labels.size(), scores.length, ends.length));
        }
    }

    public int tokens() {
        return starts.length;
    }

    public float score(int token, int label) {
        return scores[token * labels.size() + label];
    }
}
