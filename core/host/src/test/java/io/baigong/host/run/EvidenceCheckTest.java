package io.baigong.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.spi.Evidence;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceCheckTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void anEmptyWindowOfTimeAndAnAttributionThatIsNoNumberAreDropped() {
        var hour = new Evidence.TimeWindow("press-7", NOON, NOON.plusSeconds(3600), "vibration");
        var missing = new Evidence.Attribution("vibration_slope", Double.NaN, 0.25);

        var check = EvidenceCheck.of(
                List.of(
                        hour,
                        new Evidence.TimeWindow("press-7", NOON, NOON, "vibration"),
                        missing,
                        new Evidence.Attribution("vibration_slope", 1, Double.NaN)),
                List.of());

        assertThat(check.kept()).containsExactly(hour, missing);
        assertThat(check.dropped()).isEqualTo(2);
    }
}
