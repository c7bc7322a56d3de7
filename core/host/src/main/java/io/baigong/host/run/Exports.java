package io.baigong.host.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.baigong.spi.Export;
import io.baigong.spi.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

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

    /** Writes the output in that format; false if it can't be. */
    public static boolean write(
            Task<?, ?> task,
            List<GivenFile> files,
            Map<String, String> fields,
            String output,
            String format,
            OutputStream target)
            throws IOException {
        return bound(task, files, fields, output).write(format, target);
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

        boolean write(String format, OutputStream target) throws IOException {
            for (Export<I, O> export : supported()) {
                if (export.format().equals(format)) {
                    export.write(input, output, target);
                    return true;
                }
            }
            return false;
        }
    }
}
