package io.baigong.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TextNgramsTest {
    private static final TextNgrams NGRAMS = new TextNgrams(1 << 20);

    private static int[] sorted(String text) {
        int[] ngrams = NGRAMS.of(text);
        Arrays.sort(ngrams);
        return ngrams;
    }

    /** {@code <gota>}: 4 of three, 3 of four, 2 of five, and the whole. */
    @Test
    void countsTheStretchesOfAMarkedWord() {
        assertThat(NGRAMS.of("gota")).hasSize(10).doesNotHaveDuplicates();
    }

    /** {@code <ab>} is itself a stretch of four, but is there once, as the whole. */
    @Test
    void aShortWordIsThereOnce() {
        assertThat(NGRAMS.of("ab")).hasSize(3).doesNotHaveDuplicates();
        assertThat(NGRAMS.of("a")).hasSize(1);
    }

    @Test
    void caseAccentsPunctuationAndOrderDoNotCount() {
        assertThat(sorted("Hipertensión, crónica")).isEqualTo(sorted("cronica HIPERTENSION"));
    }

    @Test
    void hanIsReadByCharactersAndPairs() {
        assertThat(NGRAMS.of("高血压")).hasSize(5).doesNotHaveDuplicates();
        assertThat(NGRAMS.of("高血压 II")).hasSize(8);
    }

    @Test
    void everyBucketIsInRange() {
        assertThat(Arrays.stream(new TextNgrams(7).of("Malignant neoplasm of unspecified ovary")))
                .isNotEmpty()
                .allMatch(bucket -> bucket >= 0 && bucket < 7);
        assertThat(NGRAMS.of(" – ")).isEmpty();
    }
}
