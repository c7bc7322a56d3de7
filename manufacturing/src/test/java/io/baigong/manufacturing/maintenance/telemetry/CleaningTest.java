package io.baigong.manufacturing.maintenance.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.manufacturing.maintenance.telemetry.DataIssue.Kind;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CleaningTest {
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
    private final Samples samples = new Samples();
    private final Random random = new Random(1);

    private float[] values(double volt) {
        return new float[] {(float) volt, 450 + (float) random.nextGaussian(), 100 + (float) random.nextGaussian(), 40};
    }

    /** Hourly samples; vibration says nothing and is left open, lest it count as stuck. */
    private void hours(int from, int to) {
        for (int h = from; h < to; h++) {
            float[] values = values(170 + random.nextGaussian());
            values[3] = 40 + (float) random.nextGaussian();
            samples.add(START + h * 3600L, values, true);
        }
    }

    private static long count(Cleaning.Cleaned cleaned, Kind kind) {
        return cleaned.issues().stream()
                .filter(issue -> issue.kind() == kind)
                .mapToLong(DataIssue::samples)
                .sum();
    }

    @Test
    void soundSamplesComeOutAsTheyAreAndAnHourIsAveraged() {
        hours(0, 48);
        float[] twice = values(180);
        samples.add(START + 48 * 3600L, twice, true);
        samples.add(START + 48 * 3600L + 1800, values(182), true);

        var cleaned = Cleaning.of("m", samples);

        assertThat(cleaned.issues()).isEmpty();
        assertThat(cleaned.series().hours()).isEqualTo(49);
        assertThat(cleaned.series().firstHour()).isEqualTo(START / 3600);
        assertThat(cleaned.series().values()[48][0]).isEqualTo(181);
    }

    @Test
    void disorderIsUndoneAndCounted() {
        hours(10, 100);
        hours(5, 7);
        hours(98, 99);

        var cleaned = Cleaning.of("m", samples);

        assertThat(count(cleaned, Kind.LATE)).isEqualTo(2);
        assertThat(count(cleaned, Kind.OUT_OF_ORDER)).isEqualTo(1);
        assertThat(count(cleaned, Kind.CONFLICT)).isEqualTo(1);
        assertThat(count(cleaned, Kind.MISSING)).isEqualTo(3);
        assertThat(cleaned.series().firstHour()).isEqualTo(START / 3600 + 5);
    }

    @Test
    void ofTwoSamplesOfOneTimeTheLaterCounts() {
        hours(0, 24);
        samples.add(START + 24 * 3600L, values(150), true);
        samples.add(START + 24 * 3600L, values(190), true);
        float[] same = values(171);
        samples.add(START + 25 * 3600L, same, true);
        samples.add(START + 25 * 3600L, same, true);

        var cleaned = Cleaning.of("m", samples);

        assertThat(count(cleaned, Kind.CONFLICT)).isEqualTo(1);
        assertThat(count(cleaned, Kind.DUPLICATE)).isEqualTo(1);
        assertThat(cleaned.series().values()[24][0]).isEqualTo(190);
    }

    /** A clock that starts at 1970, or runs to 2036, makes neither a century of hours nor a wrong present. */
    @Test
    void aClockThatJumpsIsLeftOut() {
        samples.add(10, values(170), true);
        hours(0, 200);
        samples.add(START + 10L * 365 * 86400, values(170), true);

        var cleaned = Cleaning.of("m", samples);

        assertThat(count(cleaned, Kind.CLOCK_JUMP)).isEqualTo(2);
        assertThat(cleaned.series().hours()).isEqualTo(200);
    }

    /** In a record of few samples one is more than any small share. */
    @Test
    void oneWrongClockIsLeftOutOfAShortRecordToo() {
        hours(0, 5);
        samples.add(START + 9L * 365 * 86400, values(170), true);

        var cleaned = Cleaning.of("m", samples);

        assertThat(count(cleaned, Kind.CLOCK_JUMP)).isEqualTo(1);
        assertThat(cleaned.series().hours()).isEqualTo(5);
        assertThat(cleaned.series().firstHour()).isEqualTo(START / 3600);
    }

    /** Of two samples none is known to be the wrong one. */
    @Test
    void twoSamplesFarApartBothCount() {
        hours(0, 1);
        hours(2000, 2001);

        assertThat(count(Cleaning.of("m", samples), Kind.CLOCK_JUMP)).isZero();
    }

    /** Two halves years apart are no jump of a clock; the longest span still bounds the memory. */
    @Test
    void aCenturyIsCutToTenYears() {
        hours(0, 100);
        hours(876_000, 876_100);

        var cleaned = Cleaning.of("m", samples);

        assertThat(count(cleaned, Kind.CLOCK_JUMP)).isEqualTo(100);
        assertThat(cleaned.series().hours()).isEqualTo(100);
    }

    @Test
    void aStuckSensorAndMissingValuesAreLeftOpen() {
        hours(0, 24);
        for (int h = 24; h < 40; h++) {
            float[] values = values(170);
            values[3] = Float.NaN;
            samples.add(START + h * 3600L, values, true);
        }
        hours(40, 60);

        var cleaned = Cleaning.of("m", samples);

        assertThat(count(cleaned, Kind.STUCK)).isEqualTo(16);
        assertThat(count(cleaned, Kind.NOT_A_NUMBER)).isEqualTo(16);
        assertThat(cleaned.series().values()[30]).satisfies(row -> {
            assertThat(row[0]).isNaN();
            assertThat(row[1]).isBetween(440f, 460f);
            assertThat(row[3]).isNaN();
        });
        assertThat(cleaned.series().values()[45][0]).isBetween(160f, 180f);
    }

    @Test
    void elevenHoursAlikeAreNotStuck() {
        hours(0, 24);
        for (int h = 24; h < 35; h++) {
            float[] values = values(170);
            values[3] = 40 + (float) random.nextGaussian();
            samples.add(START + h * 3600L, values, true);
        }

        assertThat(count(Cleaning.of("m", samples), Kind.STUCK)).isZero();
    }

    /** Volts sent as kilovolts without saying so. */
    @Test
    void aSignalInAnotherUnitIsLeftOut() {
        for (int h = 0; h < 48; h++) {
            samples.add(
                    START + h * 3600L,
                    new float[] {
                        0.17f + (float) random.nextGaussian() / 100,
                        450 + (float) random.nextGaussian(),
                        100 + (float) random.nextGaussian(),
                        40 + (float) random.nextGaussian()
                    },
                    true);
        }

        var cleaned = Cleaning.of("m", samples);

        assertThat(count(cleaned, Kind.IMPLAUSIBLE)).isEqualTo(48);
        assertThat(cleaned.series().values()[0][0]).isNaN();
        assertThat(cleaned.series().values()[0][1]).isBetween(440f, 460f);
    }

    @Test
    void aSingleSampleOfNothingIsOneOpenHour() {
        samples.add(START, new float[] {Float.NaN, Float.NaN, Float.NaN, Float.NaN}, true);

        var cleaned = Cleaning.of("m", samples);

        assertThat(cleaned.series().hours()).isEqualTo(1);
        assertThat(cleaned.series().hasValues()).isFalse();
    }

    @Test
    void timesWithAndWithoutOffsetAreTold() {
        hours(0, 24);
        samples.add(START + 24 * 3600L, values(170), false);

        assertThat(count(Cleaning.of("m", samples), Kind.ZONE_MIXED)).isEqualTo(25);
    }
}
