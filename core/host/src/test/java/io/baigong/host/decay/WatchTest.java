package io.baigong.host.decay;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.host.decay.Measure.State;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    private static Instant day(int days) {
        return BEGIN.plus(Duration.ofDays(days));
    }

    @Test
    void thePresentNeverReachesIntoTheReference() {
        assertThat(Windows.of(BEGIN, day(14), Duration.ofDays(14), WEEK)).isEmpty();
        assertThat(Windows.of(BEGIN, day(16), Duration.ofDays(14), WEEK))
                .contains(new Windows(BEGIN, day(14), day(14), day(16)));
        assertThat(Windows.of(BEGIN, day(40), Duration.ofDays(14), WEEK))
                .contains(new Windows(BEGIN, day(14), day(33), day(40)));
    }

    @Test
    void oneDriftIsOneAlert() {
        assertThat(AlertStep.of(null, State.STEADY, day(1), WEEK)).isEqualTo(AlertStep.NOTHING);
        assertThat(AlertStep.of(null, State.DRIFTED, day(1), WEEK)).isEqualTo(AlertStep.OPEN);
        assertThat(AlertStep.of(day(1), State.DRIFTED, day(2), WEEK)).isEqualTo(AlertStep.GO_ON);
        assertThat(AlertStep.of(day(2), State.SHIFTING, day(8), WEEK)).isEqualTo(AlertStep.NOTHING);
        assertThat(AlertStep.of(day(2), State.STEADY, day(9), WEEK)).isEqualTo(AlertStep.END);
    }
}
