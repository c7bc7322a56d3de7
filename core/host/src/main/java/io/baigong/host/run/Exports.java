package io.baigong.host.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.baigong.journal.RunRecord;
import io.baigong.spi.Export;
import io.baigong.spi.Reviewed;
import io.baigong.spi.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Outputs of one run in formats other than JSON. */
public final class Exports {
    private Exports() {}

    /** Formats that this output can be written in. */
    public static List<? extends Export<?, ?>> supported(
            Task<?, ?> task, List<GivenFile> files, Map<String, String> fields, String output) throws IOException {
        return task.exports().isEmpty()
                ? List.of()
                : bound(task, files, fields, output).supported();
    }

    /** Writes the output of a run that was answered in that format, as people decided on it; false if it can't be. */
    public static boolean write(
            Task<?, ?> task,
            List<GivenFile> files,
            RunRecord run,
            List<Reviewed.Decided> decisions,
            String format,
            OutputStream target)
            throws IOException {
        String output = Objects.requireNonNull(run.output(), "the run was not answered");
        return bound(task, files, run.fields(), output).write(run.id().toString(), decisions, format, target);
    }

    private static <I extends Record, O extends Record> Bound<I, O> bound(
            Task<I, O> task, List<GivenFile> files, Map<String, String> fields, String output) throws IOException {
        try {
            return new Bound<>(
                    task,
                    InputBinder.bind(task.inputType(), files, fields),
                    PlatformJson.mapper().readValue(output, task.outputType()));
        } catch (InvalidInput | JsonProcessingException e) {
            throw new IOException("this run was made by another version of " + task.id() + ", whose records differ", e);
        }
    }

    private record Bound<I extends Record, O extends Record>(Task<I, O> task, I input, O output) {
        List<? extends Export<I, O>> supported() {
            return task.exports().stream()
                    .filter(export -> export.supports(input, output))
                    .toList();
        }

        boolean write(String run, List<Reviewed.Decided> decisions, String format, OutputStream target)
                throws IOException {
            for (Export<I, O> export : supported()) {
                if (export.format().equals(format)) {
                    export.write(new Reviewed<>(run, input, output, decisions), target);
                    return true;
                }
            }
            return false;
        }
    }
}
