package io.baigong.manufacturing.maintenance.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    /** One moment, as three plants would write it: Shanghai is UTC+8 all year. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31 14:00:00",
                "2026-01-31T14:00",
                "2026/1/31 14:00",
                "2026-01-31 14:00:00.000",
                "2026-01-31T06:00:00Z",
                "2026-01-31 06:00:00 z",
                "2026-01-31T08:00:00+02:00",
                "2026-01-31 01:00 -0500",
                "1769839200",
                "1769839200000",
                "1769839200.0"
            })
    void readsTheSameMomentHoweverItIsWritten(String text) {
        assertThat(Times.read(text, SHANGHAI)).contains(Instant.parse("2026-01-31T06:00:00Z"));
    }

    @Test
    void aDateAloneIsItsMidnight() {
        assertThat(Times.read("2026-01-31", SHANGHAI)).contains(Instant.parse("2026-01-30T16:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yesterday",
                "2026-02-30 06:00",
                "2026-01-31 25:00",
                "31.01.2026 06:00",
                "NaN",
                "-1",
                "99999999999999999999",
                "2026-01-31T06:00:00Z; DROP TABLE machines",
                "9999999999999999999999999999999999999999999999999"
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(Times.read(text, SHANGHAI)).isEmpty();
    }

    @Test
    void tellsWhetherTheOffsetWasSaid() {
        assertThat(Times.hasOffset("2026-01-31T06:00:00Z")).isTrue();
        assertThat(Times.hasOffset("2026-01-31 06:00-05:00")).isTrue();
        assertThat(Times.hasOffset("1769839200")).isTrue();
        assertThat(Times.hasOffset("2026-01-31 06:00")).isFalse();
    }
}
