package io.baigong.host.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.host.telemetry.MqttListener.Heard;
import io.baigong.host.telemetry.TelemetryBuffer.Limits;
import io.baigong.spi.Feed.Reading;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of what comes, and when it is scored; the clock is the test's. */
class TelemetryLineTest {
    private static final Instant START = Instant.parse("2026-01-31T06:10:00Z");

    private record Scored(List<Reading> readings, Instant asOf) {}

    private final List<Scored> scored = new ArrayList<>();
    private final LineCounts counts = new LineCounts("hall", new SimpleMeterRegistry());
    private Instant now = START;
    private TelemetryBuffer buffer = buffer(1000, 10);
    private TelemetryLine line = line(new JsonMessages(1));

    private static TelemetryBuffer buffer(int readings, int machines) {
        return new TelemetryBuffer(
                List.of("volt", "rotate"),
                Map.of("Motor/Speed", "rotate"),
                new Limits(Duration.ofDays(21), Duration.ofMinutes(5), readings, machines));
    }

    private TelemetryLine line(MessageReader reader) {
        return new TelemetryLine(
                reader,
                buffer,
                counts,
                () -> now,
                Duration.ofMinutes(2),
                (readings, asOf) -> scored.add(new Scored(readings, asOf)));
    }

    private void send(String machine, Instant time, String values) {
        line.hear(new Heard.Message(
                "plant/" + machine + "/t",
                "{\"time\": \"%s\", \"values\": {%s}}".formatted(time, values).getBytes(StandardCharsets.UTF_8)));
    }

    private long count(LineCounts.What what) {
        return counts.all().get(what.name());
    }

    @Test
    void eachHourIsScoredOnceWhenItIsOver() {
        send("7", now, "\"volt\": 170, \"Motor/Speed\": 440");
        line.tick();
        assertThat(scored).isEmpty();
        now = Instant.parse("2026-01-31T07:01:00Z");
        line.tick();
        assertThat(scored).as("late samples may still come").isEmpty();
        now = Instant.parse("2026-01-31T07:02:00Z");
        line.tick();
        line.tick();
        assertThat(scored).hasSize(1);
        assertThat(scored.getFirst().asOf).isEqualTo(Instant.parse("2026-01-31T07:00:00Z"));
        assertThat(scored.getFirst().readings)
                .containsExactly(new Reading("7", START, Map.of("volt", 170.0, "rotate", 440.0)));
        now = Instant.parse("2026-01-31T09:02:00Z");
        line.tick();
        assertThat(scored).as("nothing new was heard").hasSize(1);
    }

    @Test
    void clockOfTheSuiteMayBeSetBack() {
        send("7", now, "\"volt\": 170");
        now = START.minus(Duration.ofHours(5));
        line.tick();
        send("7", now, "\"volt\": 171");
        now = now.plus(Duration.ofHours(1));
        line.tick();
        assertThat(scored).hasSize(1);
    }

    @Test
    void whatCanNotBeIsCountedAndNothingElse() {
        send("7", now.plus(Duration.ofMinutes(6)), "\"volt\": 1");
        send("7", now.minus(Duration.ofHours(27)), "\"volt\": 1");
        send("7", now, "\"colour\": 1");
        line.hear(new Heard.Message("plant/7/t", new byte[] {1, 2}));
        line.hear(new Heard.Message("plant/7/t", new byte[MessageReader.MOST_BYTES + 1]));
        send("8", now, "\"volt\": 1");
        line.hear(new Heard.Message(
                "plant/x/t", "{\"machine\": \"a\\u0007b\", \"volt\": 1}".getBytes(StandardCharsets.UTF_8)));
        assertThat(count(LineCounts.What.AHEAD)).isEqualTo(1);
        assertThat(count(LineCounts.What.TOO_LATE)).isEqualTo(1);
        assertThat(count(LineCounts.What.UNKNOWN)).isEqualTo(1);
        assertThat(count(LineCounts.What.MALFORMED)).isEqualTo(2);
        assertThat(count(LineCounts.What.REFUSED)).isEqualTo(1);
        now = START.plus(Duration.ofHours(1));
        line.tick();
        assertThat(scored.getFirst().readings).extracting(Reading::source).containsExactly("8");
    }

    /** Readings come as they came, late and doubled ones too: what to make of them is the task's. */
    @Test
    void readingsKeepTheOrderInWhichTheyCame() {
        send("7", now, "\"volt\": 2");
        send("7", now.minus(Duration.ofHours(3)), "\"volt\": 1");
        send("7", now, "\"volt\": 3");
        assertThat(buffer.all())
                .extracting(reading -> reading.values().get("volt"))
                .containsExactly(2.0, 1.0, 3.0);
    }

    /** Signals that come one by one at the same second are one reading; of one that comes twice the last counts, with the rest. */
    @Test
    void signalsOfOneSecondAreTogether() {
        send("7", now, "\"volt\": 170");
        send("7", now, "\"rotate\": 440");
        assertThat(buffer.all()).containsExactly(new Reading("7", now, Map.of("volt", 170.0, "rotate", 440.0)));
        send("7", now, "\"volt\": 171");
        assertThat(buffer.all().getLast()).isEqualTo(new Reading("7", now, Map.of("volt", 171.0, "rotate", 440.0)));
    }

    @Test
    void ofOlderHoursTheMeanIsKeptAndInTheEndNothing() {
        send("7", now, "\"volt\": 170");
        send("7", now.plusSeconds(60), "\"volt\": 174");
        now = START.plus(Duration.ofHours(28));
        line.tick();
        assertThat(buffer.readings()).isZero();
        assertThat(buffer.all())
                .containsExactly(new Reading("7", Instant.parse("2026-01-31T06:30:00Z"), Map.of("volt", 172.0)));
        now = START.plus(Duration.ofDays(22));
        line.tick();
        assertThat(buffer.machines()).isZero();
    }

    @Test
    void boundsAreKept() {
        buffer = buffer(10, 2);
        line = line(new JsonMessages(1));
        for (int i = 0; i < 30; i++) {
            send("7", now.minusSeconds(i), "\"volt\": " + i);
        }
        send("8", now, "\"volt\": 1");
        send("9", now, "\"volt\": 1");
        line.tick();
        assertThat(buffer.readings()).isEqualTo(10);
        assertThat(count(LineCounts.What.DROPPED)).isEqualTo(21);
        assertThat(count(LineCounts.What.REFUSED)).isEqualTo(1);
        assertThat(buffer.all().stream().filter(reading -> reading.source().equals("8")))
                .hasSize(1);
    }

    @Test
    void restartGoesOnWhereItEnded(@TempDir Path folder) throws Exception {
        send("7", now.minus(Duration.ofHours(20)), "\"volt\": 169");
        send("7", now, "\"volt\": 170");
        now = START.plus(Duration.ofHours(10));
        line.tick();
        var kept = new KeptReadings(folder, "hall/1");
        assertThat(kept.read()).isEmpty();
        kept.write(buffer.all());
        var again = buffer(1000, 10);
        again.restore(kept.read(), now);
        assertThat(again.all()).isEqualTo(buffer.all());
    }

    /** A machine that sends changes only has sent nothing for an hour: what stood is its reading. */
    @Test
    void standingValuesAreReadingsOfTheHour() {
        line = line(new MessageReader() {
            @Override
            public List<Arrival> read(String topic, byte[] payload, Instant arrived) {
                return List.of(new Arrival("press", arrived, Map.of("rotate", 440.0)));
            }

            @Override
            public List<Arrival> standing() {
                return List.of(new Arrival("press", Instant.EPOCH, Map.of("volt", 170.0, "rotate", 440.0)));
            }
        });
        line.hear(new Heard.Message("t", new byte[0]));
        now = Instant.parse("2026-01-31T07:02:00Z");
        line.tick();
        assertThat(scored.getFirst().readings)
                .containsExactly(
                        new Reading("press", START, Map.of("rotate", 440.0)),
                        new Reading("press", Instant.parse("2026-01-31T06:59:59Z"), Map.of("volt", 170.0)));
        now = Instant.parse("2026-01-31T08:02:00Z");
        line.tick();
        assertThat(scored.get(1).readings)
                .contains(new Reading(
                        "press", Instant.parse("2026-01-31T07:59:59Z"), Map.of("volt", 170.0, "rotate", 440.0)));
    }

    @Test
    void signalThatTheTaskHasNotIsAFaultOfTheConfiguration() {
        assertThatThrownBy(() -> new TelemetryBuffer(
                        List.of("volt"),
                        Map.of("Motor/Speed", "speed"),
                        new Limits(Duration.ofDays(1), Duration.ZERO, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Motor/Speed");
    }
}
