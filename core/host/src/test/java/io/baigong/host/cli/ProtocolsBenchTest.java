package io.baigong.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProtocolsBenchTest {
    /** Of 1 to 200 the median is (100 + 101) / 2; by the nearest rank 99 % are at or below the 198th. */
    @Test
    void timesAreTheMedianAndTheNearestRank() {
        double[] sorted = IntStream.rangeClosed(1, 200).asDoubleStream().toArray();
        assertThat(ProtocolsBench.times(sorted, 99)).isEqualTo(new ProtocolsBench.Times(100.5, 198, 99, 2));
        assertThat(ProtocolsBench.times(new double[] {7}, 14)).isEqualTo(new ProtocolsBench.Times(7, 7, 14, 0.5));
    }
}
