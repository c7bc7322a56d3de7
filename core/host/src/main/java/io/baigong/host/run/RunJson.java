package io.baigong.host.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.journal.Occasion;
import io.baigong.journal.RunRecord;
import io.baigong.journal.RunStatus;
import io.baigong.spi.Evidence;
import io.baigong.spi.ModelVersion;
import io.baigong.spi.Task;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run as JSON, with the members that {@code GET /api/v1/runs/{id}} has for it too. */
public final class RunJson {
    private static final TypeReference<List<Evidence>> EVIDENCE = new TypeReference<>() {};
    private static final TypeReference<List<ModelVersion>> MODELS = new TypeReference<>() {};
    private static final JsonMapper MAPPER = PlatformJson.mapper();

    private RunJson() {}

    public static ObjectNode of(RunRecord run) throws JsonProcessingException {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("task", run.task());
        json.put("status", run.ending().status().name());
        switch (run.ending()) {
            case RunRecord.Answered answered -> {
                json.set("output", MAPPER.readTree(answered.output()));
                json.set(
                        "evidence",
                        MAPPER.readTree(MAPPER.writerFor(EVIDENCE).writeValueAsString(answered.evidence())));
                json.put("droppedEvidence", answered.droppedEvidence());
                json.put("confidence", answered.confidence());
                if (answered.stake() != null) {
                    json.put("stake", answered.stake());
                }
            }
            case RunRecord.Abstained abstained -> json.put("reason", abstained.reason());
            case RunRecord.Failed failed -> json.set("failure", MAPPER.valueToTree(failed));
        }
        json.set("models", MAPPER.valueToTree(run.models()));
        json.set("attachments", MAPPER.valueToTree(run.attachments()));
        json.set("fields", MAPPER.valueToTree(run.fields()));
        json.put("startedAt", run.startedAt().toString());
        json.put("durationMillis", run.duration().toMillis());
        return json;
    }

    /**
     * The run that was made elsewhere on that input, under an id of its own.
     *
     * @param json as {@link #of} writes it; what it says of the input is not read
     * @throws InvalidInput if it is no run of the task
     */
    public static RunRecord read(
            JsonNode json,
            Task<?, ?> task,
            GivenInput input,
            Map<String, String> fields,
            Actor caller,
            Occasion occasion)
            throws InvalidInput {
        try {
            long millis = json.path("durationMillis").longValue();
            if (!task.id().toString().equals(json.path("task").textValue()) || millis < 0) {
                throw unreadable("it is of another task, or lasted less than no time");
            }
            if (!json.path("models").isArray()) {
                throw unreadable("it has no list of models");
            }
            return new RunRecord(
                    Journal.newId(),
                    task.id().toString(),
                    ending(json, task.outputType()),
                    List.copyOf(MAPPER.readerFor(MODELS).<List<ModelVersion>>readValue(json.path("models"))),
                    input.sha256(),
                    input.attachments(),
                    Map.copyOf(fields),
                    Instant.parse(text(json, "startedAt")),
                    Duration.ofMillis(millis),
                    caller,
                    occasion);
        } catch (IOException | IllegalArgumentException | NullPointerException | DateTimeException e) {
            throw unreadable(e.getClass().getSimpleName());
        }
    }

    private static RunRecord.Ending ending(JsonNode json, Class<? extends Record> outputType)
            throws IOException, InvalidInput {
        return switch (RunStatus.valueOf(text(json, "status"))) {
            case ANSWERED -> {
                double confidence = json.path("confidence").doubleValue();
                JsonNode stake = json.path("stake");
                int dropped = json.path("droppedEvidence").intValue();
                if (!(confidence >= 0 && confidence <= 1)
                        || dropped < 0
                        || (stake.isNumber() && !(stake.doubleValue() >= 0 && Double.isFinite(stake.doubleValue())))
                        || !json.path("output").isObject()
                        || !json.path("evidence").isArray()) {
                    throw unreadable("its confidence is in [0, 1], its output an object, its evidence a list");
                }
                yield new RunRecord.Answered(
                        MAPPER.writeValueAsString(MAPPER.treeToValue(json.path("output"), outputType)),
                        MAPPER.readerFor(EVIDENCE).readValue(json.path("evidence")),
                        dropped,
                        confidence,
                        stake.isNumber() ? stake.doubleValue() : null);
            }
            case ABSTAINED -> new RunRecord.Abstained(text(json, "reason"));
            case FAILED ->
                new RunRecord.Failed(
                        text(json.path("failure"), "code"),
                        text(json.path("failure"), "detail"),
                        text(json.path("failure"), "remedy"));
        };
    }

    private static String text(JsonNode json, String member) throws InvalidInput {
        @Nullable String text = json.path(member).textValue();
        if (text == null) {
            throw unreadable("it has no " + member);
        }
        return text;
    }

    private static InvalidInput unreadable(String why) {
        return new InvalidInput(
                "a run can't be read: " + why, "Send it as './baigong work' does, of the same version as the suite.");
    }
}
