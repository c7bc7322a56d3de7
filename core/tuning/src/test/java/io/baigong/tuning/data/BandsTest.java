package io.baigong.tuning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandsTest {
    /**
     * Origin: the same search in Python, by the midpoint rule with steps of 0.001 as in datasketch's {@code lsh.py}. For 128
     * permutations, 0.8 and equal weights datasketch's own {@code MinHashLSH} has b = 9, r = 13.
     */
    @ParameterizedTest
    @CsvSource({
        "0.8, 128, 0.5,  9, 13",
        "0.8, 128, 0.7,  11, 11",
        "0.8, 128, 0.9,  14, 9",
        "0.8, 128, 0.98, 17, 7",
        "0.8, 128, 0.99, 18, 7"
    })
    void areThoseOfDatasketch(double threshold, int permutations, double missWeight, int bands, int rows) {
        assertThat(Bands.optimal(threshold, permutations, missWeight)).isEqualTo(new Bands(bands, rows));
    }

    /** Two bands of one row: the curve is 1 - (1 - s)^2, whose integral from 0 to t is t^2 - t^3 / 3. */
    @Test
    void areasAreIntegrals() {
        var bands = new Bands(2, 1);
        assertThat(Bands.area(bands::compared, 0, 0.6)).isCloseTo(0.36 - 0.072, within(1e-6));
        assertThat(bands.compared(0.5)).isEqualTo(0.75);
    }

    @Test
    void theUsualBandsFindWhatTheyMust() {
        var usual = NearDuplicates.Similarity.USUAL;
        Bands bands = Bands.optimal(usual.threshold(), usual.permutations(), usual.missWeight());
        assertThat(bands.compared(0.8)).isGreaterThan(0.98);
        assertThat(new Bands(9, 13).compared(0.8)).isCloseTo(0.399, within(0.001));
    }
}
