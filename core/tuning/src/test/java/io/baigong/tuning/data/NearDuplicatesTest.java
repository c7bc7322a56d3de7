package io.baigong.tuning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.tuning.data.NearDuplicates.Match;
import io.baigong.tuning.data.NearDuplicates.Similarity;
import io.baigong.tuning.data.NearDuplicates.Sketch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearDuplicatesTest {
    @TempDir
    Path folder;

    @Test
    void findsPlantedOnesAtTheThresholdAndNoOthers() throws IOException {
        List<String> texts = Planted.texts(8_000, 3);
        int found = 0;
        try (var near = new NearDuplicates(Similarity.USUAL, folder)) {
            for (int line = 0; line < texts.size(); line++) {
                Sketch sketch = near.sketch(texts.get(line));
                List<Match> matches = near.like(sketch, 1);
                if (line % 4 == 3) {
                    int original = line - 1;
                    found += matches.stream().anyMatch(match -> match.line() == original) ? 1 : 0;
                } else {
                    assertThat(matches).isEmpty();
                }
                if (matches.isEmpty()) {
                    near.add(line, sketch);
                }
            }
            assertThat(near.cut()).isZero();
        }
        // 0.982 by the bands' curve; four standard deviations of 2,000 pairs are 0.012.
        assertThat(found / 2_000.0).isGreaterThan(0.97);
        assertThat(folder).as("the temporary file is gone").isEmptyDirectory();
    }

    @Test
    void whatIsFoundIsVerified() throws IOException {
        try (var near = new NearDuplicates(new Similarity(0.5, 128, 0.98, new Shingles(1, 2)), folder)) {
            near.add(10, near.sketch("one two three four five six"));
            near.add(20, near.sketch("高血压病三级极高危"));
            assertThat(near.like(near.sketch("ONE  two, three four - five SEVEN"), 9))
                    .singleElement()
                    .satisfies(match -> {
                        assertThat(match.line()).isEqualTo(10);
                        assertThat(match.similarity()).isEqualTo(5 / 7.0);
                    });
            assertThat(near.like(near.sketch("one two three seven eight nine"), 9))
                    .as("3 of 9 are too few")
                    .isEmpty();
            // 8 pairs of characters, of which 7 are the first 7 of the other: 7 / 8.
            assertThat(near.like(near.sketch("高血压病三级极高"), 9))
                    .singleElement()
                    .satisfies(match -> assertThat(match.similarity()).isEqualTo(7 / 8.0));
        }
    }

    @Test
    void massesOfLookalikesAreComparedInPartAndThatIsSaid() throws IOException {
        try (var near = new NearDuplicates(Similarity.USUAL, folder)) {
            for (int line = 0; line < 2 * NearDuplicates.MOST_OF_A_BAND; line++) {
                near.add(line, near.sketch("the very same words each time anew"));
            }
            assertThat(near.like(near.sketch("the very same words each time anew"), Integer.MAX_VALUE))
                    .hasSize(NearDuplicates.MOST_OF_A_BAND);
            assertThat(near.cut()).isEqualTo(1);
        }
    }

    @Test
    void aLongTextDoesNotFillTheBuffer() throws IOException {
        String text = String.join(" ", Planted.texts(4_000, 5));
        try (var near = new NearDuplicates(Similarity.USUAL, folder)) {
            near.add(0, near.sketch("short and first of all"));
            near.add(1, near.sketch(text));
            near.add(2, near.sketch("short and last of all"));
            assertThat(near.like(near.sketch(text + " and more"), 9))
                    .singleElement()
                    .satisfies(match -> assertThat(match.line()).isEqualTo(1));
            assertThat(near.like(near.sketch("short and last of all"), 9)).hasSize(1);
        }
    }

    @Test
    void boundsAreChecked() {
        assertThatThrownBy(() -> new Similarity(0, 128, 0.5, new Shingles(3, 3)))
                .hasMessageContaining("threshold");
        assertThatThrownBy(() -> new Similarity(0.8, 0, 0.5, new Shingles(3, 3)))
                .hasMessageContaining("permutations");
        assertThatThrownBy(() -> new Shingles(0, 3)).hasMessageContaining("shingle");
    }
}
