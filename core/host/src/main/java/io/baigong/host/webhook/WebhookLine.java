package io.baigong.host.webhook;

import io.baigong.registry.history.RegistryEntry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * What goes to one program: each event once it is committed, those of a role in their order, again until it is taken. What is not taken for
 * three days is passed over. Used by one thread at a time.
 */
final class WebhookLine {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Duration PASSED_OVER_AFTER = Duration.ofDays(3);

    /** So that what waited while the suite was down for days is tried too. */
    private static final int FEWEST_ATTEMPTS = 5;

    private static final System.Logger LOG = System.getLogger(WebhookLine.class.getName());

    private final String name;
    private final Program program;
    private final Predicate<RegistryEntry> wanted;
    private final Events events;
    private final Clock clock;
    private int failures;
    private Instant notBefore = Instant.MIN;

    /** What is told. */
    @FunctionalInterface
    interface Program {
        /** Throws {@link IOException} if it did not take the event. */
        void tell(RegistryEntry entry) throws IOException, InterruptedException;
    }

    /** What happened and was not told yet. */
    @FunctionalInterface
    interface Events {
        /** Gives the next one, which is told once {@code told} says so; tells whether it was, and there may be more. */
        boolean tellNext(Predicate<RegistryEntry> told);
    }

    WebhookLine(String name, Program program, Predicate<RegistryEntry> wanted, Events events, Clock clock) {
        this.name = name;
        this.program = program;
        this.wanted = wanted;
        this.events = events;
        this.clock = clock;
    }

    /** Tells what there is to tell, unless the program shall be left alone for a while. */
    void look() {
        try {
            while (!clock.instant().isBefore(notBefore) && events.tellNext(this::isTold)) {
                failures = 0;
            }
        } catch (RuntimeException e) {
            // The database is away, or an event can't be read; an executor would never look again.
            failed("is told later: " + e);
        }
    }

    /** Whether the program took the event, wants none of its kind, or did not take it for too long. */
    private boolean isTold(RegistryEntry entry) {
        if (!wanted.test(entry)) {
            return true;
        }
        try {
            program.tell(entry);
            return true;
        } catch (IOException e) {
            boolean over = failures >= FEWEST_ATTEMPTS
                    && entry.at().plus(PASSED_OVER_AFTER).isBefore(clock.instant());
            failed("did not take " + entry.event().type() + " of " + entry.role() + " (" + entry.id() + "): "
                    + e.getMessage() + (over ? "; it is passed over" : "; it is told again"));
            return over;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void failed(String what) {
        failures++;
        Duration wait = Duration.ofSeconds(1L << Math.min(failures, 10));
        notBefore = clock.instant().plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
        LOG.log(System.Logger.Level.WARNING, "webhook " + name + " " + what);
    }
}
