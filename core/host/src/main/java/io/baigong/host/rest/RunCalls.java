package io.baigong.host.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.host.access.Caller;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.rest.Views.RunView;
import io.baigong.host.run.FinishedRun;
import io.baigong.host.run.GivenFile;
import io.baigong.host.run.RunRequest;
import io.baigong.host.run.SampleFiles;
import io.baigong.host.run.TaskRunner;
import io.baigong.journal.Occasion;
import io.baigong.spi.Outcome;
import io.baigong.spi.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/** Runs that come over gRPC and WebSocket, as {@code POST /api/v1/tasks/TASK/runs} has them. Thread-safe. */
@ApplicationScoped
public class RunCalls {
    private final Catalogue catalogue;
    private final TaskRunner runner;
    private final RunExports exports;
    private final ObjectMapper mapper;

    RunCalls(Catalogue catalogue, TaskRunner runner, RunExports exports, ObjectMapper mapper) {
        this.catalogue = catalogue;
        this.runner = runner;
        this.exports = exports;
        this.mapper = mapper;
    }

    /** A file of an input. */
    public record Content(String component, String name, ByteBuffer bytes) {}

    /**
     * A run that is asked for.
     *
     * @param input JSON: an object with the input's components that are no files, or with a sample's name; empty for none
     * @param purpose as {@code X-Purpose}; empty for none
     * @param correlation as {@code X-Correlation-Id}; empty for none
     */
    public record Call(String task, String input, List<Content> files, String purpose, String correlation) {}

    /** What came of it. */
    public sealed interface Answer {}

    /**
     * It answered or abstained, and is in the journal.
     *
     * @param json as {@code GET /api/v1/runs/ID} has it
     */
    public record Ran(UUID id, String json) implements Answer {}

    /** It failed, and is in the journal under the run that the problem names; or was none. */
    public record Refused(Problem problem) implements Answer {}

    /** Whether the caller may run a task of that name, and there is one. */
    public boolean mayRun(Caller caller, String task) {
        return caller.mayTouch(task) && catalogue.find(task).isPresent();
    }

    /** Runs it to its end, which may take its time. Never throws for what is wrong with the call. */
    public Answer run(Caller caller, Call call) {
        try {
            return caller.tenancy().call(() -> ran(caller, call));
        } catch (IOException | RuntimeException e) {
            return new Refused(Problems.of(e));
        }
    }

    private Answer ran(Caller caller, Call call) throws IOException {
        Task<?, ?> task = catalogue
                .find(call.task())
                .filter(one -> caller.mayTouch(one.id().toString()))
                .orElseThrow(() -> TaskResource.noTask(
                        call.task(),
                        catalogue.tasks().stream()
                                .filter(one -> caller.mayTouch(one.id().toString()))
                                .toList()));
        var occasion = new Occasion(
                Callers.given("the purpose", call.purpose()), Callers.given("the correlation id", call.correlation()));
        Map<String, String> fields = fields(call.input());
        List<GivenFile> files = new ArrayList<>();
        try (var input = RunInput.of(task, new RunInput(written(call.files(), files), fields, SampleFiles.NONE))) {
            FinishedRun run = runner.run(new RunRequest(
                    task, input.files(), input.fields(), caller.actor(), OptionalLong.empty(), occasion));
            UUID id = run.entry().id();
            return run.outcome() instanceof Outcome.Failed<?>(var code, var detail, var remedy)
                    ? new Refused(Problem.of(code, detail, remedy, id))
                    : new Ran(
                            id,
                            mapper.writeValueAsString(RunView.of(run.entry(), exports.of(run.entry(), input.files()))));
        } finally {
            for (GivenFile file : files) {
                Files.deleteIfExists(file.file());
            }
        }
    }

    /** Writes contents to temporary files, each of which is in {@code files} as soon as it exists. */
    private static List<GivenFile> written(List<Content> contents, List<GivenFile> files) throws IOException {
        for (Content content : contents) {
            Path file = Files.createTempFile("baigong-upload", null);
            files.add(new GivenFile(content.component(), FileNames.last(content.name()), file));
            try (var out = Files.newOutputStream(file);
                    var channel = Channels.newChannel(out)) {
                channel.write(content.bytes().duplicate());
            }
        }
        return files;
    }

    /** Texts stand as they are; everything else is its JSON, as a form has it. */
    private Map<String, String> fields(String input) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (input.isBlank()) {
            return fields;
        }
        try {
            JsonNode json = mapper.readTree(input);
            if (!json.isObject()) {
                throw ProblemException.invalid(
                        "the input is no JSON object", "Send an object with the components of the task's input.");
            }
            json.properties().forEach(member -> {
                JsonNode value = member.getValue();
                if (!value.isNull()) {
                    fields.put(member.getKey(), value.isTextual() ? value.textValue() : value.toString());
                }
            });
            return fields;
        } catch (JsonProcessingException e) {
            throw ProblemException.invalid(
                    "the input is no JSON: it breaks off or is misspelt in line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr(),
                    "Send a JSON object (RFC 8259).");
        }
    }
}
