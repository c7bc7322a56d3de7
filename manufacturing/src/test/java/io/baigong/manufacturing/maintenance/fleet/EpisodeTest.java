package io.baigong.manufacturing.maintenance.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.manufacturing.maintenance.fleet.MachineHistory.Event;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpisodeTest {
    private static float[] hours(int count, float everywhere) {
        float[] p = new float[count];
        Arrays.fill(p, everywhere);
        return p;
    }

    @Test
    void anAlarmThatFluttersIsOne() {
        float[] p = hours(200, 0.05f);
        for (int t = 50; t < 120; t++) {
            p[t] = t % 7 == 0 ? 0.2f : 0.6f;
        }

        assertThat(Episode.of("pump", 1000, p, 0.5, List.of()))
                .containsExactly(new Episode("pump", 1050, 1000 + 118 + Episode.QUIET, false, 0.6f));
    }

    @Test
    void itLastsUntilItIsQuietForADay() {
        float[] p = hours(100, 0.3f);
        p[10] = 0.5f;

        assertThat(Episode.of("pump", 0, p, 0.5, List.of())).containsExactly(new Episode("pump", 10, 99, true, 0.5f));
    }

    @Test
    void aReplacementEndsItAndOneOfAnotherComponentDoesNot() {
        float[] p = hours(100, 0.9f);

        assertThat(Episode.of("pump", 0, p, 0.5, List.of(new Event(20, "belt"), new Event(40, "pump"))))
                .containsExactly(new Episode("pump", 0, 40, false, 0.9f), new Episode("pump", 41, 99, true, 0.9f));
    }

    @Test
    void hoursWithoutProbabilityNeitherOpenNorClose() {
        float[] p = hours(100, Float.NaN);
        p[10] = 0.7f;

        assertThat(Episode.of("pump", 0, p, 0.5, List.of())).containsExactly(new Episode("pump", 10, 99, true, 0.7f));
        assertThat(Episode.of("pump", 0, hours(10, Float.NaN), 0.5, List.of())).isEmpty();
    }
}
