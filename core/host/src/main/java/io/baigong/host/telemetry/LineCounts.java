package io.baigong.host.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what became of a line's readings and messages, for its page and for {@code baigong.telemetry.readings}. Thread-safe. */
final class LineCounts {
    private final Map<What, AtomicLong> counts = new EnumMap<>(What.class);

    /** What became of one. */
    enum What {
        TAKEN,
        /** Of a time in the future by more than the line allows. */
        AHEAD,
        /** More than a day late. */
        TOO_LATE,
        /** Without a signal of the task. */
        UNKNOWN,
        /** Of one machine more than there may be, or of one without a name. */
        REFUSED,
        /** A message that could not be read. */
        MALFORMED,
        /** A message that found the queue full. */
        OVERFLOWED,
        /** Left out because too many were kept. */
        DROPPED,
        /** An edge node asked to be born anew. */
        REBIRTH
    }

    LineCounts(String line, MeterRegistry meters) {
        for (What what : What.values()) {
            var count = new AtomicLong();
            counts.put(what, count);
            meters.more()
                    .counter(
                            "baigong.telemetry.readings",
                            List.of(
                                    Tag.of("line", line),
                                    Tag.of("what", what.name().toLowerCase(Locale.ROOT))),
                            count);
        }
    }

    void add(What what, long number) {
        count(what).addAndGet(number);
    }

    void set(What what, long number) {
        count(what).set(number);
    }

    private AtomicLong count(What what) {
        return Objects.requireNonNull(counts.get(what));
    }

    /** All of them. */
    Map<String, Long> all() {
        var all = new LinkedHashMap<String, Long>();
        counts.forEach((what, count) -> all.put(what.name(), count.get()));
        return all;
    }
}
