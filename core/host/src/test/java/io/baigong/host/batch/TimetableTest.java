package io.baigong.host.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.host.run.InvalidInput;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Due times read off a calendar. Berlin puts its clocks forward on 2026-03-29 at 01:00 UTC and back on 2026-10-25 at 01:00 UTC. */
class TimetableTest {
    private static List<String> next(String cron, String zone, String after, int count) throws InvalidInput {
        return Timetable.of(cron, zone).after(Instant.parse(after), count).stream()
                .map(Instant::toString)
                .toList();
    }

    @Test
    void timesAreOfTheZone() throws InvalidInput {
        assertThat(next("30 6 * * MON-FRI", "Asia/Shanghai", "2026-03-05T22:30:00Z", 3)) // a Friday, 06:30
                .containsExactly("2026-03-08T22:30:00Z", "2026-03-09T22:30:00Z", "2026-03-10T22:30:00Z");
        assertThat(next("*/15 8-9 1 */6 *", "UTC", "2026-01-01T09:40:00Z", 2))
                .containsExactly("2026-01-01T09:45:00Z", "2026-07-01T08:00:00Z");
        assertThat(next("0 0 * * 0", "UTC", "2026-11-28T00:00:00Z", 1)).containsExactly("2026-11-29T00:00:00Z");
        assertThat(next("0 0 * * 7", "UTC", "2026-11-28T00:00:00Z", 1)).containsExactly("2026-11-29T00:00:00Z");
        assertThat(next("0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", 1)).containsExactly("2028-02-29T00:00:00Z");
    }

    @Test
    void ofADayOfMonthAndADayOfWeekEitherIsEnough() throws InvalidInput { // as POSIX crontab says
        assertThat(next("0 0 13 * 5", "UTC", "2026-11-01T00:00:00Z", 3))
                .containsExactly("2026-11-06T00:00:00Z", "2026-11-13T00:00:00Z", "2026-11-20T00:00:00Z");
        assertThat(next("0 0 1 * 1", "UTC", "2026-11-28T00:00:00Z", 2))
                .containsExactly("2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z");
    }

    @Test
    void aTimeThatClocksLeaveOutIsDueWhenTheyArePutForward() throws InvalidInput {
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", 3))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
        assertThat(next("0,30 2,3 * * *", "Europe/Berlin", "2026-03-28T23:00:00Z", 3))
                .as("02:00, 02:30 and 03:00 are one moment")
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:00:00Z");
        assertThat(next("30 * * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 3))
                .containsExactly("2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z");
    }

    @Test
    void aTimeThatComesTwiceIsDueOnceUnlessEachHourIs() throws InvalidInput {
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-10-25T00:45:00Z", 1))
                .containsExactly("2026-10-26T01:30:00Z");
        assertThat(next("30 * * * *", "Europe/Berlin", "2026-10-24T23:45:00Z", 4))
                .containsExactly(
                        "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z", "2026-10-25T03:30:00Z");
        assertThat(next("0 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", 2))
                .containsExactly("2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
    }

    @Test
    void theNewestIsFoundAfterARestOfAnyLength() throws InvalidInput {
        Timetable yearly = Timetable.of("0 3 1 1 *", "UTC");
        Instant now = Instant.parse("2026-11-28T00:00:00Z");
        assertThat(yearly.latest(Instant.parse("2016-06-01T00:00:00Z"), now))
                .contains(Instant.parse("2026-01-01T03:00:00Z"));
        assertThat(yearly.latest(Instant.parse("2026-01-01T03:00:00Z"), now)).isEmpty();
        assertThat(yearly.latest(now, now)).isEmpty();
        Timetable often = Timetable.of("* * * * *", "UTC");
        assertThat(often.latest(Instant.EPOCH, now)).contains(now);
        assertThat(often.latest(now.minusSeconds(30), now.minusSeconds(1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "0 0 32 1 *",
                "0 0 0 1 *",
                "0 0 30 2 *",
                "0 0 31 4,6 *",
                "* * * * 8",
                "@daily x",
                "*/0 * * * *",
                "5-1 * * * *",
                "1,,2 * * * *",
                "0 0 L * *",
                "' or 1=1 -- * * *",
                "-1 * * * *",
                "99999999999999999999 * * * *",
                "${7*7} * * * *"
            })
    void whatIsNoTimetableIsRefusedWithARemedy(String cron) {
        assertThatThrownBy(() -> Timetable.of(cron, "UTC"))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.remedy()).isNotBlank());
    }

    @Test
    void whatIsTooLongOrOfNoZoneIsRefused() {
        assertThatThrownBy(() -> Timetable.of("1,".repeat(5000) + "1 * * * *", "UTC"))
                .isInstanceOf(InvalidInput.class);
        for (String zone : List.of("", "Berlin", "europe/berlin", "+25:00", "../etc/localtime")) {
            assertThatThrownBy(() -> Timetable.of("0 0 * * *", zone))
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageContaining("time zone");
        }
    }
}
