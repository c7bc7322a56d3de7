package io.baigong.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a task is fed by machines while they run. The platform listens to them, keeps what they sent for as long as a run looks back, and
 * starts a run each hour; what is wrong with samples is the task's to tell, as with files. Thread-safe.
 *
 * @param <I> the task's input
 * @param <O> the task's output
 */
public interface Feed<I extends Record, O extends Record> {
    /** Signals that it knows; others are left out. */
    List<String> signals();

    /** How far a run looks back. */
    Duration history();

    /**
     * The input of a run.
     *
     * @param readings in the order in which they came
     * @param units units in which signals come, where they are not the task's own
     * @param asOf the end of the last hour that is over
     */
    Given given(List<Reading> readings, Map<String, String> units, Instant asOf);

    /** Alarms that an answer tells of. */
    List<Alarm> alarms(O output);

    /**
     * What a machine measured at one moment; of an hour long past, its mean.
     *
     * @param source the machine
     * @param values by signal; one that is missing is not there
     */
    record Reading(String source, Instant time, Map<String, Double> values) {
        public Reading {
            values = Map.copyOf(values);
        }
    }

    /**
     * Components of an input.
     *
     * @param fields as text or JSON
     * @param files bytes by component
     */
    record Given(Map<String, String> fields, Map<String, byte[]> files) {
        public Given {
            fields = Map.copyOf(fields);
            files = Map.copyOf(files);
        }
    }

    /**
     * One alarm, however long it lasts.
     *
     * @param source the machine
     * @param part what of it
     * @param closed empty while it is open
     * @param peak highest probability so far, in [0, 1]
     * @param subject as the task's workbench names it in decisions
     */
    record Alarm(String source, String part, Instant opened, Optional<Instant> closed, double peak, String subject) {}
}
