package io.baigong.host.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.baigong.journal.Journal;
import io.baigong.journal.RunRecord;
import io.baigong.journal.StoredAttachment;
import io.baigong.spi.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run that was answered, as its task had it. */
public record JournalledRun<I extends Record, O extends Record>(I input, O output) {
    /** Writes the files that a run was given into a folder. */
    public static List<GivenFile> files(RunRecord run, Journal journal, Path folder) throws IOException {
        List<GivenFile> files = new ArrayList<>();
        for (StoredAttachment attachment : run.attachments()) {
            Path file = Files.createTempFile(folder, "attachment", null);
            files.add(new GivenFile(attachment.component(), attachment.name(), file));
            try (var out = Files.newOutputStream(file)) {
                journal.copy(attachment, out);
            }
        }
        return files;
    }

    /**
     * Makes it of its record and its files; empty for a run without an answer, and for one of another version of the task, whose
     * records differ.
     */
    public static <I extends Record, O extends Record> Optional<JournalledRun<I, O>> of(
            Task<I, O> task, RunRecord run, List<GivenFile> files) {
        String output = run.output();
        if (output == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new JournalledRun<>(
                    InputBinder.bind(task.inputType(), files, run.fields()),
                    PlatformJson.mapper().readValue(output, task.outputType())));
        } catch (InvalidInput | JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
