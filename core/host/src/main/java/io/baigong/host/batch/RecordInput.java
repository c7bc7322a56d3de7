package io.baigong.host.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.run.GivenFile;
import io.baigong.host.run.GivenInput;
import io.baigong.host.run.InvalidInput;
import io.baigong.spi.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A record of a remote batch, read in the same way by who runs it and by the suite.
 *
 * @param files of the record, in a folder of the reader's
 */
record RecordInput(BatchInput record, List<GivenFile> files, GivenInput given) {
    /** Reads it, and writes its files into the folder. Throws {@link InvalidInput} for what the task does not take. */
    static RecordInput of(Task<?, ?> task, long position, JsonNode json, Path folder) throws IOException, InvalidInput {
        if (!json.isObject()) {
            throw new InvalidInput("record " + (position + 1) + " is no JSON object", "Each record is one.");
        }
        BatchInput record =
                new BatchReader(task.inputType(), task.outputType(), _ -> {}).input("record", position + 1, json);
        List<GivenFile> files = new ArrayList<>();
        for (BatchInput.Content content : record.files()) {
            Path file = Files.createTempFile(folder, "record", null);
            Files.write(file, content.bytes());
            files.add(new GivenFile(content.component(), content.name(), file));
        }
        return new RecordInput(record, files, GivenInput.of(task, files, record.fields()));
    }
}
