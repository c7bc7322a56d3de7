package io.baigong.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.baigong.journal.audit.CanonicalJson;
import io.baigong.journal.audit.Digests;
import io.baigong.journal.audit.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;

/** Digests of stored records, over their canonical JSON. Docs/audit-format.md says which members it has. */
final class RunDigests {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(JournalJson.module())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private RunDigests() {}

    /** Of a run as the journal gives it back. */
    static Digests of(RunRecord run) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("id", run.id().toString());
        record.put("task", run.task());
        record.put("status", run.ending().status().name());
        record.put("models", MAPPER.valueToTree(run.models()));
        record.put("input", run.inputSha256());
        record.put("attachments", MAPPER.valueToTree(run.attachments()));
        record.put("fields", run.fields());
        record.put("started", run.startedAt().toString());
        record.put("millis", run.duration().toMillis());
        record.put("tenant", run.caller().tenant());
        record.put("caller", run.caller().name());
        record.put("occasion", MAPPER.valueToTree(run.occasion()));
        if (run.label() != null) {
            record.put("name", run.label());
        }
        String output;
        String evidence = null;
        switch (run.ending()) {
            case RunRecord.Answered answered -> {
                output = canonical(answered.output());
                evidence = canonical(JournalJson.write(answered.evidence(), RunEntry.EVIDENCE));
                record.put("output", Sha256.hex(output));
                record.put("evidence", Sha256.hex(evidence));
                record.put("dropped", answered.droppedEvidence());
                record.put("confidence", MAPPER.valueToTree(answered.confidence()));
            }
            case RunRecord.Abstained abstained -> {
                output = abstained.reason();
                record.put("reason", output);
            }
            case RunRecord.Failed failed -> {
                output = CanonicalJson.of(MAPPER.<JsonNode>valueToTree(failed));
                record.put("failure", MAPPER.valueToTree(failed));
            }
        }
        return new Digests(
                run.inputSha256(),
                Sha256.hex(output),
                evidence == null ? null : Sha256.hex(evidence),
                Sha256.hex(CanonicalJson.of(record)));
    }

    /** Of a decision as the journal gives it back. */
    static Digests of(Decision decision) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("id", decision.id().toString());
        record.put("run", decision.run().toString());
        record.put("subject", decision.subject());
        record.put("verdict", decision.verdict().name());
        if (decision.comment() != null) {
            record.put("comment", decision.comment());
        }
        if (decision.correction() != null) {
            record.put("correction", canonical(decision.correction()));
        }
        record.put("tenant", decision.by().tenant());
        record.put("by", decision.by().name());
        record.put("at", decision.at().toString());
        String digest = Sha256.hex(CanonicalJson.of(record));
        return new Digests(null, digest, null, digest);
    }

    /** Of a second review as the journal gives it back. */
    static Digests of(SecondReview review) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("id", review.id().toString());
        record.put("decision", review.decision().toString());
        record.put("opinion", review.opinion().name());
        record.put("verdict", review.verdict().name());
        if (review.reason() != null) {
            record.put("reason", review.reason());
        }
        record.put("tenant", review.by().tenant());
        record.put("by", review.by().name());
        record.put("at", review.at().toString());
        String digest = Sha256.hex(CanonicalJson.of(record));
        return new Digests(null, digest, null, digest);
    }

    /** Of a comment as the journal gives it back. */
    static Digests of(Comment comment) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("id", comment.id().toString());
        record.put("run", comment.run().toString());
        if (comment.subject() != null) {
            record.put("subject", comment.subject());
        }
        record.put("text", comment.text());
        record.put("tenant", comment.by().tenant());
        record.put("by", comment.by().name());
        record.put("at", comment.at().toString());
        String digest = Sha256.hex(CanonicalJson.of(record));
        return new Digests(null, digest, null, digest);
    }

    private static String canonical(String json) {
        try {
            return CanonicalJson.of(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the journal holds what is no JSON", e);
        }
    }
}
