package io.baigong.host.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.run.RunJson;
import io.baigong.host.run.RunRequest;
import io.baigong.host.run.TaskRunner;
import io.baigong.host.run.WorkFolders;
import io.baigong.journal.Actor;
import io.baigong.journal.Occasion;
import io.baigong.spi.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Runs records of a remote batch, where they are. Of one thread; {@link #close} deletes its files. */
public final class RecordRunner implements AutoCloseable {
    private static final Actor CALLER = Actor.of("remote");

    private final Task<?, ?> task;
    private final TaskRunner runner;
    private final WorkFolders folders;

    public RecordRunner(Task<?, ?> task, TaskRunner runner) throws IOException {
        this.task = task;
        this.runner = runner;
        folders = new WorkFolders(Path.of(System.getProperty("java.io.tmpdir")), "baigong-batch");
    }

    /** A record in its place among all of the batch, as JSON. */
    public record Placed(long position, ObjectNode record) {}

    /** Records whose files lie in a folder until it is closed. */
    public final class Chunk implements AutoCloseable {
        private final Path folder;
        private final List<Placed> records;
        private final List<RecordInput> inputs = new ArrayList<>();

        private Chunk(List<Placed> records) throws IOException, InvalidInput {
            this.records = records;
            folder = folders.create();
            for (Placed placed : records) {
                inputs.add(RecordInput.of(task, placed.position(), placed.record(), folder));
            }
        }

        /** Digest of the input of the record at that place of the chunk. */
        public String inputSha256(int index) {
            return inputs.get(index).given().sha256();
        }

        /** Runs the record at that place of the chunk. */
        public ObjectNode run(int index) throws IOException, InterruptedException {
            RecordInput input = inputs.get(index);
            var request = new RunRequest(
                    task, input.files(), input.record().fields(), CALLER, OptionalLong.empty(), Occasion.NONE);
            return RunJson.of(runner.runUnattended(request, Duration.ZERO).run());
        }

        public List<Placed> records() {
            return records;
        }

        @Override
        public void close() throws IOException {
            WorkFolders.delete(folder);
        }
    }

    /** Reads records. Throws {@link InvalidInput} for one that the task does not take. */
    public Chunk chunk(List<Placed> records) throws IOException, InvalidInput {
        return new Chunk(List.copyOf(records));
    }

    @Override
    public void close() throws IOException {
        folders.close();
    }
}
