package io.baigong.host.run;

import io.baigong.journal.RunRecord;
import java.nio.file.Path;
import java.util.Map;

/** Where runs are written down. */
@FunctionalInterface
public interface RunJournal {
    /** Keeps nothing: for the command line, which needs no database. */
    RunJournal NONE = (run, contents) -> {};

    /**
     * Adds a run; it is kept for good when this returns.
     *
     * @param contents the attachments' bytes by digest
     */
    void append(RunRecord run, Map<String, Path> contents);
}
