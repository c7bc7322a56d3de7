package io.baigong.host.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.registry.history.RegistryEntry;
import io.baigong.registry.history.RegistryEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class WebhookLineTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final Deque<RegistryEntry> waiting = new ArrayDeque<>();
    private final List<String> tried = new ArrayList<>();
    private final Hands clock = new Hands();
    private final WebhookLine line =
            new WebhookLine("trial", this::tell, entry -> !entry.role().equals("unwanted"), this::tellNext, clock);
    private boolean takes = true;

    private static final class Hands extends Clock {
        private Instant now = BEGIN;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private void tell(RegistryEntry entry) throws IOException {
        tried.add(entry.role());
        if (!takes) {
            throw new IOException("it answered 503");
        }
    }

    private boolean tellNext(Predicate<RegistryEntry> told) {
        if (waiting.isEmpty() || !told.test(waiting.getFirst())) {
            return false;
        }
        waiting.removeFirst();
        return true;
    }

    private void happens(String role) {
        waiting.add(new RegistryEntry(
                Journal.newId(), role, new RegistryEvent.Retired(1, "why"), Actor.of("ann"), clock.now));
    }

    private void later(Duration time) {
        clock.now = clock.now.plus(time);
        line.look();
    }

    @Test
    void whatWaitsIsToldInItsOrderAndWhatIsNotWantedIsLeftOut() {
        happens("one");
        happens("unwanted");
        happens("two");
        line.look();
        assertThat(tried).containsExactly("one", "two");
        assertThat(waiting).isEmpty();
    }

    @Test
    void whoDoesNotTakeOneIsLeftAloneForLongerEachTime() {
        takes = false;
        happens("one");
        happens("two");
        line.look();
        later(Duration.ofMillis(1_900));
        assertThat(tried).containsExactly("one");
        later(Duration.ofMillis(200));
        later(Duration.ofMillis(3_800));
        assertThat(tried).containsExactly("one", "one");
        takes = true;
        later(Duration.ofMillis(300));
        assertThat(tried).containsExactly("one", "one", "one", "two");
        assertThat(waiting).isEmpty();
    }

    @Test
    void whatIsNotTakenForThreeDaysIsPassedOver() {
        takes = false;
        happens("one");
        line.look();
        for (int i = 0; i < 6 * 24 * 3; i++) {
            later(Duration.ofMinutes(10));
        }
        assertThat(waiting).hasSize(1);
        later(Duration.ofMinutes(11));
        assertThat(waiting).isEmpty();
    }

    /** As after days in which the suite was down. */
    @Test
    void whatIsOldIsTriedBeforeItIsPassedOver() {
        takes = false;
        happens("one");
        clock.now = clock.now.plus(Duration.ofDays(4));
        line.look();
        later(Duration.ofMinutes(10));
        assertThat(waiting).hasSize(1);
        takes = true;
        later(Duration.ofMinutes(10));
        assertThat(waiting).isEmpty();
        assertThat(tried).hasSize(3);
    }

    @Test
    void aFaultIsWaitedOutToo() {
        var broken = new WebhookLine(
                "broken",
                this::tell,
                entry -> true,
                told -> {
                    tried.add("asked");
                    throw new IllegalStateException("the database is away");
                },
                clock);
        broken.look();
        broken.look();
        assertThat(tried).containsExactly("asked");
        clock.now = clock.now.plus(Duration.ofSeconds(3));
        broken.look();
        assertThat(tried).containsExactly("asked", "asked");
    }
}
