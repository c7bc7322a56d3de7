package io.baigong.host.telemetry;

import io.baigong.host.telemetry.LineCounts.What;
import io.baigong.host.telemetry.MqttListener.Heard;
import io.baigong.spi.Feed.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One line of machines: takes what is heard, and has it scored when an hour is over. Of one thread. */
final class TelemetryLine {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SETTLE = Duration.ofMinutes(1);

    private final MessageReader reader;
    private final TelemetryBuffer buffer;
    private final LineCounts counts;
    private final InstantSource clock;
    private final Duration grace;
    private final Scoring scoring;

    private Instant scored;
    private Instant settled = Instant.EPOCH;
    private boolean news;

    /** Scores what is known at the end of an hour; it must not block. */
    @FunctionalInterface
    interface Scoring {
        void score(List<Reading> readings, Instant asOf);
    }

    TelemetryLine(
            MessageReader reader,
            TelemetryBuffer buffer,
            LineCounts counts,
            InstantSource clock,
            Duration grace,
            Scoring scoring) {
        this.reader = reader;
        this.buffer = buffer;
        this.counts = counts;
        this.clock = clock;
        this.grace = grace;
        this.scoring = scoring;
        scored = lastHour(clock.instant());
    }

    private Instant lastHour(Instant now) {
        return Instant.ofEpochSecond(
                Math.floorDiv(now.minus(grace).getEpochSecond(), HOUR.toSeconds()) * HOUR.toSeconds());
    }

    /** Takes what was heard. */
    void hear(Heard heard) {
        switch (heard) {
            case Heard.Connected _ -> reader.reconnected();
            case Heard.Message message -> take(message);
        }
    }

    private void take(Heard.Message message) {
        Instant now = clock.instant();
        if (message.payload().length > MessageReader.MOST_BYTES) {
            counts.add(What.MALFORMED, 1);
            return;
        }
        List<Arrival> arrivals;
        try {
            arrivals = reader.read(message.topic(), message.payload(), now);
        } catch (MalformedMessage e) {
            counts.add(What.MALFORMED, 1);
            return;
        }
        for (Arrival arrival : arrivals) {
            What what = What.valueOf(buffer.take(arrival, now).name());
            news |= what == What.TAKEN;
            counts.add(what, 1);
        }
        if (buffer.isOverfull()) {
            counts.add(What.DROPPED, buffer.makeRoom());
        }
    }

    /** Scores the last hour if it is over, was not scored yet, and anything was heard since. */
    void tick() {
        Instant now = clock.instant();
        if (Duration.between(settled, now).abs().compareTo(SETTLE) >= 0) {
            settled = now;
            counts.add(What.DROPPED, buffer.settle(now));
        }
        Instant hour = lastHour(now);
        if (hour.isBefore(scored.minus(HOUR))) {
            scored = hour; // The suite's own clock was set back.
        }
        if (!hour.isAfter(scored)) {
            return;
        }
        scored = hour;
        scoreAt(hour, now);
    }

    /** Scores what is known, if anything was heard since. */
    void scoreAt(Instant hour, Instant now) {
        stand(hour.minus(HOUR), now);
        if (news) {
            news = false;
            scoring.score(buffer.all(), hour);
        }
    }

    /** Gives machines that send changes only what stood still over the hour. */
    private void stand(Instant hour, Instant now) {
        for (Arrival arrival : reader.standing()) {
            Map<String, Double> unchanged = new HashMap<>();
            arrival.values().forEach((name, value) -> {
                if (!buffer.has(arrival.source(), name, hour)) {
                    unchanged.put(name, value);
                }
            });
            Instant end = hour.plus(HOUR).minusSeconds(1);
            if (buffer.take(new Arrival(arrival.source(), end, unchanged), now) == TelemetryBuffer.Taken.TAKEN) {
                news = true;
            }
        }
    }
}
