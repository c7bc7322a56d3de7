package io.baigong.spi;

import java.util.List;

/** What of a task's runs is to be watched for drift, beside what the platform can tell of any run. Thread-safe. */
@FunctionalInterface
public interface Signals<I extends Record, O extends Record> {
    /** The signals of a run that was answered; a name comes at most once on a side. */
    List<Signal> of(I input, O output);
}
