package io.baigong.tuning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinHashTest {
    /** Two ascending sets with {@code both} members in common and {@code each} of their own. */
    static int[][] sets(SplittableRandom random, int both, int each) {
        int[] members = random.ints().distinct().limit(both + 2L * each).toArray();
        int[] a = IntStream.concat(
                        IntStream.of(members).limit(both),
                        IntStream.of(members).skip(both).limit(each))
                .sorted()
                .toArray();
        int[] b = IntStream.concat(
                        IntStream.of(members).limit(both), IntStream.of(members).skip(both + (long) each))
                .sorted()
                .toArray();
        return new int[][] {a, b};
    }

    /** The mean of many estimates is near the truth, and they scatter as binomial shares of 128 do. */
    @ParameterizedTest
    @CsvSource({"40, 5", "8, 1", "10, 10", "200, 50", "1, 19", "2000, 250"})
    void estimatesExactSimilarity(int both, int each) {
        int trials = 300;
        int permutations = 128;
        var hashes = new MinHash(permutations);
        var random = new SplittableRandom(7);
        double exact = (double) both / (both + 2 * each);
        double deviation = Math.sqrt(exact * (1 - exact) / permutations);
        double sum = 0;
        double squares = 0;
        for (int trial = 0; trial < trials; trial++) {
            int[][] sets = sets(random, both, each);
            assertThat(Shingles.jaccard(sets[0], sets[1])).isEqualTo(exact);
            double estimate = MinHash.similarity(hashes.signature(sets[0]), hashes.signature(sets[1]));
            sum += estimate;
            squares += (estimate - exact) * (estimate - exact);
        }
        // Trials share their permutations, so their mean scatters a little more than independent ones would.
        assertThat(sum / trials).isCloseTo(exact, within(6 * deviation / Math.sqrt(trials)));
        assertThat(Math.sqrt(squares / trials)).isBetween(0.75 * deviation, 1.35 * deviation);
    }

    @Test
    void aSetIsLikeItselfAndUnlikeAnother() {
        var hashes = new MinHash(64);
        int[] one = hashes.signature(new int[] {1, 2, 3});
        assertThat(MinHash.similarity(one, one)).isEqualTo(1);
        assertThat(MinHash.similarity(one, hashes.signature(new int[] {4, 5, 6})))
                .isLessThan(0.1);
    }
}
