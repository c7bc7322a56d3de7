package io.baigong.host.rest;

import io.baigong.host.run.GivenFile;
import io.baigong.host.run.SampleFiles;
import io.baigong.spi.Sample;
import io.baigong.spi.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** What a form brought for a run. Close it to delete what was copied for it; uploads go when the request ends. */
record RunInput(List<GivenFile> files, Map<String, String> fields, SampleFiles copied) implements AutoCloseable {
    private static final String SAMPLE = "sample";

    /** The parts as they are, whatever they are called. */
    static RunInput parts(MultipartFormDataInput form) throws IOException {
        List<GivenFile> files = new ArrayList<>();
        Map<String, String> fields = new LinkedHashMap<>();
        for (var part : form.getValues().entrySet()) {
            for (FormValue value : part.getValue()) {
                if (value.isFileItem()) {
                    file(part.getKey(), value, files);
                } else if (fields.put(part.getKey(), value.getValue()) != null) {
                    throw ProblemException.invalid(part.getKey() + " was given twice", "Send it once.");
                }
            }
        }
        return new RunInput(files, fields, SampleFiles.NONE);
    }

    /** For a run of the task, with the sample that a part may name. */
    static RunInput of(Task<?, ?> task, MultipartFormDataInput form) throws IOException {
        return of(task, parts(form));
    }

    /** As above, with what was given in another way. */
    static RunInput of(Task<?, ?> task, RunInput given) throws IOException {
        Map<String, String> fields = given.fields();
        String name = fields.remove(SAMPLE);
        if (name == null) {
            return given;
        }
        if (!given.files().isEmpty()) {
            throw ProblemException.invalid("a sample and a file were given", "Send either a sample or a file.");
        }
        Sample sample = task.samples().stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "this task has no sample " + name,
                        "The samples are "
                                + String.join(
                                        ", ",
                                        task.samples().stream()
                                                .map(Sample::name)
                                                .toList()) + "."));
        var copied = SampleFiles.copy(sample);
        var all = new LinkedHashMap<>(sample.fields());
        all.putAll(fields);
        return new RunInput(copied.files(), all, copied);
    }

    /** A browser sends an empty part without a name for a file that was not chosen. */
    private static void file(String component, FormValue value, List<GivenFile> files) throws IOException {
        String name = value.getFileName() == null ? "" : value.getFileName();
        var item = value.getFileItem();
        if (name.isEmpty() && item.getFileSize() == 0) {
            return;
        }
        files.add(new GivenFile(component, FileNames.last(name), item.getFile()));
    }

    @Override
    public void close() throws IOException {
        copied.close();
    }
}
