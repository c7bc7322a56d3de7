package io.baigong.host.telemetry;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alarm of a machine, over all runs that tell of it.
 *
 * @param run the last that told of it; null once that is erased
 * @param subject as decisions on that run name it
 * @param seen the moment of that run
 * @param peak highest probability so far
 * @param ended when the machine came back to normal
 * @param shelvedUntil until when nobody wants to hear of it
 */
public record Alarm(
        UUID id,
        String task,
        String line,
        String source,
        String part,
        Instant opened,
        @Nullable UUID run,
        String subject,
        Instant seen,
        double peak,
        @Nullable Instant ended,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt,
        @Nullable String assignedTo,
        @Nullable Instant shelvedUntil,
        @Nullable String closedBy,
        @Nullable Instant closedAt,
        @Nullable Cause cause,
        @Nullable String comment) {
    /** Why an alarm was raised, by who closed it. */
    public enum Cause {
        REPLACED,
        REPAIRED,
        OPERATION,
        SENSOR,
        FALSE_ALARM
    }

    /** Where it stands, after ISA-18.2 (ANSI/ISA-18.2-2016, clause 5.2.3). */
    public enum State {
        UNACKNOWLEDGED,
        ACKNOWLEDGED,
        /** Back to normal before anybody looked after it. */
        RETURNED_UNACKNOWLEDGED,
        SHELVED,
        CLOSED
    }

    /** Where it stands at a moment. */
    public State state(Instant now) {
        if (closedAt != null || (ended != null && acknowledgedAt != null)) {
            return State.CLOSED;
        }
        if (shelvedUntil != null && now.isBefore(shelvedUntil)) {
            return State.SHELVED;
        }
        if (acknowledgedAt != null) {
            return State.ACKNOWLEDGED;
        }
        return ended == null ? State.UNACKNOWLEDGED : State.RETURNED_UNACKNOWLEDGED;
    }
}
