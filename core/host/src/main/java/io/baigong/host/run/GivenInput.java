package io.baigong.host.run;

import io.baigong.journal.StoredAttachment;
import io.baigong.spi.Task;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run is given, with its digests.
 *
 * @param attachments the files, in the order of the input's components, so that a run is named after the first
 * @param contents the attachments' bytes by digest
 * @param sha256 lower-case hex digest over the task, the fields and the attachments
 */
public record GivenInput(List<StoredAttachment> attachments, Map<String, Path> contents, String sha256) {
    /** Reads the files once. Throws {@link IOException} if one can't be read. */
    public static GivenInput of(Task<?, ?> task, List<GivenFile> files, Map<String, String> fields) throws IOException {
        List<StoredAttachment> attachments = new ArrayList<>();
        Map<String, Path> contents = new LinkedHashMap<>();
        for (GivenFile file : inOrder(files, task.inputType())) {
            StoredAttachment attachment = Digests.attachment(file);
            attachments.add(attachment);
            contents.put(attachment.sha256(), file.file());
        }
        return new GivenInput(List.copyOf(attachments), contents, Digests.ofInput(task.id(), fields, attachments));
    }

    private static List<GivenFile> inOrder(List<GivenFile> files, Class<? extends Record> input) {
        List<String> components = Arrays.stream(input.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        return files.stream()
                .sorted(Comparator.comparingInt(file -> components.indexOf(file.component())))
                .toList();
    }
}
