package io.baigong.host.decay;

import io.baigong.host.run.GivenFile;
import io.baigong.host.run.JournalledRun;
import io.baigong.journal.RunRecord;
import io.baigong.spi.Signal;
import io.baigong.spi.Task;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of a run is watched: what any run shows, and what its task names; of two of a name the task's. */
public final class RunSignals {
    private static final System.Logger LOG = System.getLogger(RunSignals.class.getName());

    private RunSignals() {}

    /** Whether the task has signals of its own for the run, for which its files are needed. */
    static boolean needFiles(Task<?, ?> task, RunRecord run) {
        return task.signals().isPresent() && run.output() != null;
    }

    /** The signals of a run that was given those files. */
    public static <I extends Record, O extends Record> List<Signal> of(
            Task<I, O> task, RunRecord run, List<GivenFile> files) {
        Map<List<Object>, Signal> named = new LinkedHashMap<>();
        PlainSignals.of(task, run).forEach(signal -> named.put(List.of(signal.side(), signal.name()), signal));
        own(task, run, files).forEach(signal -> named.put(List.of(signal.side(), signal.name()), signal));
        return List.copyOf(named.values());
    }

    private static <I extends Record, O extends Record> List<Signal> own(
            Task<I, O> task, RunRecord run, List<GivenFile> files) {
        try {
            return task.signals()
                    .flatMap(signals ->
                            JournalledRun.of(task, run, files).map(one -> signals.of(one.input(), one.output())))
                    .orElse(List.of());
        } catch (RuntimeException e) {
            // Its message may quote the run.
            LOG.log(Level.WARNING, "run " + run.id() + " shows no signals of its task: " + e.getClass());
            return List.of();
        }
    }
}
