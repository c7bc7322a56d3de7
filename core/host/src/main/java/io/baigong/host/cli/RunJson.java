package io.baigong.host.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.run.PlatformJson;
import io.baigong.journal.RunRecord;
import io.baigong.spi.Evidence;
import java.util.List;

/** A run as JSON, with the members that {@code GET /api/v1/runs/{id}} has for it too. */
final class RunJson {
    private static final TypeReference<List<Evidence>> EVIDENCE = new TypeReference<>() {};

    private RunJson() {}

    static ObjectNode of(RunRecord run) throws JsonProcessingException {
        var mapper = PlatformJson.mapper();
        ObjectNode json = mapper.createObjectNode();
        json.put("task", run.task());
        json.put("status", run.ending().status().name());
        switch (run.ending()) {
            case RunRecord.Answered answered -> {
                json.set("output", mapper.readTree(answered.output()));
                json.set(
                        "evidence",
                        mapper.readTree(mapper.writerFor(EVIDENCE).writeValueAsString(answered.evidence())));
                json.put("droppedEvidence", answered.droppedEvidence());
                json.put("confidence", answered.confidence());
            }
            case RunRecord.Abstained abstained -> json.put("reason", abstained.reason());
            case RunRecord.Failed failed -> json.set("failure", mapper.valueToTree(failed));
        }
        json.set("models", mapper.valueToTree(run.models()));
        json.set("attachments", mapper.valueToTree(run.attachments()));
        json.set("fields", mapper.valueToTree(run.fields()));
        json.put("startedAt", run.startedAt().toString());
        json.put("durationMillis", run.duration().toMillis());
        return json;
    }
}
