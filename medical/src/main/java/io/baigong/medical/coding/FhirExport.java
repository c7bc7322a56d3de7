package io.baigong.medical.coding;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.medical.coding.ReviewedCodes.ListedCode;
import io.baigong.medical.note.Assertion;
import io.baigong.spi.Export;
import io.baigong.spi.Reviewed;
import io.baigong.spi.Reviewed.Decided;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The codes of a record as a FHIR R4 {@code Bundle}: a {@code Condition} for each, provisional until a person has taken it; a draft
 * {@code Claim} with the diagnoses in sequence; the {@code Device} that proposed them; and a {@code Provenance} of the model's run and of
 * each person (hl7.org/fhir/R4). Whose they are, who is paid and by whom is for the receiver to fill in.
 */
final class FhirExport implements Export<CodingInput, CodedNote> {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm";
    private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";

    /** What a claim form prints (National Uniform Billing Committee, form locator 67). */
    private static final String PRESENT_ON_ADMISSION = "https://www.nubc.org/CodeSystem/PresentOnAdmissionIndicator";

    @Override
    public String format() {
        return "json";
    }

    @Override
    public String mediaType() {
        return "application/fhir+json";
    }

    /** A person may have added codes to a record of which nothing but what is set aside was proposed. */
    @Override
    public boolean supports(CodingInput input, CodedNote output) {
        return true;
    }

    @Override
    public void write(Reviewed<CodingInput, CodedNote> run, OutputStream target) throws IOException {
        target.write(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(new Writing(run).bundle()));
    }

    /** One bundle on its way. */
    private static final class Writing {
        private final String run;
        private final CodedNote note;
        private final List<ListedCode> codes;
        private final List<Decided> decisions;
        private final ObjectNode bundle = MAPPER.createObjectNode().put("resourceType", "Bundle");
        private final ArrayNode entries;

        Writing(Reviewed<CodingInput, CodedNote> reviewed) {
            run = reviewed.id();
            note = reviewed.output();
            codes = ReviewedCodes.of(reviewed);
            decisions = reviewed.decisions();
            bundle.put("type", "collection").put("timestamp", note.recorded());
            entries = bundle.putArray("entry");
        }

        ObjectNode bundle() {
            codes.forEach(this::condition);
            claim();
            device();
            byModel();
            byPeople();
            return bundle;
        }

        private String urn(String part) {
            return "urn:uuid:" + UUID.nameUUIDFromBytes((run + "/" + part).getBytes(StandardCharsets.UTF_8));
        }

        private String urn(ListedCode code) {
            return urn("condition/" + code.code());
        }

        private ObjectNode entry(String url, String type) {
            return entries.addObject().put("fullUrl", url).putObject("resource").put("resourceType", type);
        }

        private void condition(ListedCode code) {
            ObjectNode condition = entry(urn(code), "Condition");
            Decided decided = code.decided();
            coding(
                    condition.putObject("clinicalStatus"),
                    TERMINOLOGY + "condition-clinical",
                    code.assertion() == Assertion.HISTORY ? "inactive" : "active",
                    null);
            coding(
                    condition.putObject("verificationStatus"),
                    TERMINOLOGY + "condition-ver-status",
                    decided == null ? "provisional" : "confirmed",
                    decided == null ? "Provisional" : "Confirmed");
            coding(
                    condition.putArray("category").addObject(),
                    TERMINOLOGY + "condition-category",
                    "encounter-diagnosis",
                    "Encounter Diagnosis");
            code(condition.putObject("code"), code);
            patient(condition.putObject("subject"));
            condition.put(
                    "recordedDate",
                    decided == null ? note.recorded() : decided.at().toString());
            if (decided != null) {
                condition.putObject("recorder").put("display", decided.by());
            }
        }

        private void code(ObjectNode concept, ListedCode code) {
            ObjectNode coding = coding(concept, ICD10CM, code.code(), code.title());
            if (note.edition() != null && !note.edition().name().isEmpty()) {
                coding.put("version", note.edition().name());
            }
            if (code.quote() != null) {
                concept.put("text", code.quote());
            }
        }

        private static void patient(ObjectNode reference) {
            reference.put("display", "the patient of the record");
        }

        /** What a claim must have and the record does not tell is said in words: a draft is not sent as it is. */
        private void claim() {
            ObjectNode claim = entry(urn("claim"), "Claim").put("status", "draft");
            coding(claim.putObject("type"), TERMINOLOGY + "claim-type", "institutional", "Institutional");
            claim.put("use", "claim");
            patient(claim.putObject("patient"));
            if (note.date() != null) {
                claim.putObject("billablePeriod").put("end", note.date());
            }
            claim.put("created", decisions.isEmpty() ? note.recorded() : last(decisions));
            claim.putObject("provider").put("display", "the provider of the record");
            coding(claim.putObject("priority"), TERMINOLOGY + "processpriority", "normal", "Normal");
            ArrayNode diagnoses = claim.putArray("diagnosis");
            for (ListedCode code : codes) {
                diagnosis(diagnoses.addObject().put("sequence", diagnoses.size()), code);
            }
            if (diagnoses.isEmpty()) {
                claim.remove("diagnosis");
            }
            ObjectNode insurance = claim.putArray("insurance").addObject();
            insurance.put("sequence", 1).put("focal", true);
            insurance.putObject("coverage").put("display", "the coverage of the patient");
        }

        private void diagnosis(ObjectNode diagnosis, ListedCode code) {
            diagnosis
                    .putObject("diagnosisReference")
                    .put("reference", urn(code))
                    .put("display", code.code());
            coding(
                    diagnosis.putArray("type").addObject(),
                    TERMINOLOGY + "ex-diagnosistype",
                    code.principal() ? "principal" : "clinical",
                    null);
            OnAdmission poa = code.poa();
            if (poa != null) {
                ObjectNode concept = diagnosis.putObject("onAdmission");
                coding(concept, PRESENT_ON_ADMISSION, poa.indicator(), poa.title());
            }
        }

        /** When the last of them was made. */
        private static String last(List<Decided> decisions) {
            return decisions.stream()
                    .map(Decided::at)
                    .max(Comparator.naturalOrder())
                    .orElseThrow()
                    .toString();
        }

        private void device() {
            ObjectNode device = entry(urn("device"), "Device").put("status", "active");
            device.putArray("deviceName")
                    .addObject()
                    .put("name", "Baigong medical.icd-coding")
                    .put("type", "model-name");
            ArrayNode versions = device.putArray("version");
            models().forEach(model -> versions.addObject().put("value", model));
        }

        private List<String> models() {
            return note.models().isEmpty() ? List.of("titles") : note.models();
        }

        /** What is as the model proposed it, with the run that proposed it. */
        private void byModel() {
            ObjectNode provenance = provenance("provenance", ListedCode::asProposed, note.recorded());
            ObjectNode agent = provenance.putArray("agent").addObject();
            coding(agent.putObject("type"), TERMINOLOGY + "provenance-participant-type", "assembler", "Assembler");
            agent.putObject("who").put("reference", urn("device")).put("display", String.join(", ", models()));
            ObjectNode entity = provenance.putArray("entity").addObject().put("role", "source");
            ObjectNode what = entity.putObject("what");
            what.putObject("identifier").put("system", "urn:ietf:rfc:3986").put("value", "urn:uuid:" + run);
            what.put("display", "run " + run + " of Baigong");
        }

        /** Who decided what: of a code, which is the principal one, which were present on admission, and what was removed. */
        private void byPeople() {
            Map<String, List<Decided>> byPerson = decisions.stream()
                    .collect(Collectors.groupingBy(Decided::by, LinkedHashMap::new, Collectors.toList()));
            byPerson.forEach((person, own) -> {
                ObjectNode provenance =
                        provenance("provenance/" + person, code -> own.stream().anyMatch(code::isOf), last(own));
                ObjectNode agent = provenance.putArray("agent").addObject();
                coding(agent.putObject("type"), TERMINOLOGY + "provenance-participant-type", "verifier", "Verifier");
                agent.putObject("who").put("display", person);
            });
        }

        /** Of these codes, and of the claim that lists them. */
        private ObjectNode provenance(String part, Predicate<ListedCode> of, String recorded) {
            ObjectNode provenance = entry(urn(part), "Provenance");
            ArrayNode targets = provenance.putArray("target");
            codes.stream().filter(of).forEach(code -> targets.addObject().put("reference", urn(code)));
            targets.addObject().put("reference", urn("claim"));
            provenance.put("recorded", recorded);
            return provenance;
        }

        private static ObjectNode coding(ObjectNode concept, String system, String code, @Nullable String display) {
            ObjectNode coding =
                    concept.putArray("coding").addObject().put("system", system).put("code", code);
            if (display != null && !display.isEmpty()) {
                coding.put("display", display);
            }
            return coding;
        }
    }
}
