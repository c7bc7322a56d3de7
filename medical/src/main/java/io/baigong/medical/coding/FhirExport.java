package io.baigong.medical.coding;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.medical.note.Assertion;
import io.baigong.spi.Export;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Proposed codes as a FHIR R4 {@code Bundle}: a provisional {@code Condition} for each, and a {@code Provenance} that names the model
 * (hl7.org/fhir/R4/condition.html, provenance.html). Whose they are is for the receiver to fill in.
 */
final class FhirExport implements Export<CodingInput, CodedNote> {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm";
    private static final String STATUS = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
    private static final String CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical";
    private static final String AGENT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

    @Override
    public String format() {
        return "json";
    }

    @Override
    public String mediaType() {
        return "application/fhir+json";
    }

    @Override
    public boolean supports(CodingInput input, CodedNote output) {
        return !output.codes().isEmpty();
    }

    @Override
    public void write(CodingInput input, CodedNote output, OutputStream target) throws IOException {
        if (!supports(input, output)) {
            throw new IOException("there is no code to write");
        }
        ObjectNode bundle =
                MAPPER.createObjectNode().put("resourceType", "Bundle").put("type", "collection");
        bundle.put("timestamp", output.recorded());
        ArrayNode entries = bundle.putArray("entry");
        ObjectNode provenance = MAPPER.createObjectNode().put("resourceType", "Provenance");
        ArrayNode targets = provenance.putArray("target");
        for (CodedNote.ProposedCode code : output.codes()) {
            String url = urn(output.recorded() + code.code());
            targets.addObject().put("reference", url);
            ObjectNode entry = entries.addObject().put("fullUrl", url);
            entry.set("resource", condition(code, output));
        }
        provenance.put("recorded", output.recorded());
        ObjectNode agent = provenance.putArray("agent").addObject();
        coding(agent.putObject("type"), AGENT, "assembler", "Assembler");
        agent.putObject("who")
                .put(
                        "display",
                        "Baigong medical.icd-coding, "
                                + (output.models().isEmpty() ? "titles" : String.join(", ", output.models())));
        ObjectNode last = entries.addObject().put("fullUrl", urn(output.recorded() + "provenance"));
        last.set("resource", provenance);
        target.write(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(bundle));
    }

    private static ObjectNode condition(CodedNote.ProposedCode code, CodedNote output) {
        ObjectNode condition = MAPPER.createObjectNode().put("resourceType", "Condition");
        coding(
                condition.putObject("clinicalStatus"),
                CLINICAL,
                code.assertion() == Assertion.HISTORY ? "inactive" : "active",
                null);
        coding(condition.putObject("verificationStatus"), STATUS, "provisional", "Provisional");
        ObjectNode coded = condition.putObject("code");
        coding(coded, ICD10CM, code.code(), code.title());
        coded.put("text", code.quote());
        condition.putObject("subject").put("display", "the patient of the note");
        condition.put("recordedDate", output.recorded());
        return condition;
    }

    private static void coding(
            ObjectNode concept, String system, String code, @org.jspecify.annotations.Nullable String display) {
        ObjectNode coding =
                concept.putArray("coding").addObject().put("system", system).put("code", code);
        if (display != null && !display.isEmpty()) {
            coding.put("display", display);
        }
    }

    private static String urn(String of) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8));
    }
}
