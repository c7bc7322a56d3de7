package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.medical.coding.CodedNote.ProposedCode;
import io.baigong.medical.note.Assertion;
import io.baigong.medical.note.Language;
import io.baigong.medical.note.Section;
import io.baigong.spi.Reviewed;
import io.baigong.spi.Reviewed.Decided;
import io.baigong.spi.Reviewed.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is exported is FHIR R4 by the validator of HAPI FHIR, and says who decided what. */
class FhirExportTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String RUN = "0199d3a0-0000-7000-8000-000000000001";
    private static final String RECORDED = "2026-01-01T00:00:00Z";

    /** One for all tests, for it reads the definitions of FHIR. */
    private static final FhirValidator VALIDATOR = validator();

    private static FhirValidator validator() {
        FhirContext context = FhirContext.forR4();
        var instances = new FhirInstanceValidator(new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context)));
        instances.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        return context.newValidator().registerValidatorModule(instances);
    }

    private static List<String> errors(JsonNode bundle) {
        return VALIDATOR.validateWithResult(bundle.toString()).getMessages().stream()
                .filter(m -> m.getSeverity() == ResultSeverityEnum.ERROR || m.getSeverity() == ResultSeverityEnum.FATAL)
                .map(SingleValidationMessage::toString)
                .toList();
    }

    private static ProposedCode code(String code, Assertion assertion) {
        return new ProposedCode(code, "title of " + code, 0.9, "words", 0, 5, Section.DIAGNOSIS, assertion);
    }

    private static CodedNote note(List<ProposedCode> codes, @Nullable String principal) {
        return new CodedNote(
                "words",
                Language.ENGLISH,
                codes,
                List.of(code("Z82.5", Assertion.FAMILY)),
                List.of(),
                principal,
                RECORDED,
                List.of("code-ranker 1"),
                List.of(),
                "2021-03-05",
                new EditionLine("icd-10-cm", "2021", "ICD-10-CM 2021", "2020-10-01", "2021-09-30"),
                null,
                List.of());
    }

    private static Decided decided(String subject, Verdict verdict, @Nullable String correction, String by, int hour) {
        return new Decided(subject, verdict, correction, by, Instant.parse("2026-01-02T%02d:00:00Z".formatted(hour)));
    }

    private static JsonNode exported(CodedNote note, Decided... decisions) throws IOException {
        var bytes = new ByteArrayOutputStream();
        new FhirExport()
                .write(new Reviewed<>(RUN, new CodingInput("words", null, null), note, List.of(decisions)), bytes);
        return MAPPER.readTree(bytes.toByteArray());
    }

    private static List<JsonNode> resources(JsonNode bundle, String type) {
        return StreamSupport.stream(bundle.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals(type))
                .toList();
    }

    private static List<String> texts(List<JsonNode> resources, String pointer) {
        return resources.stream().map(resource -> resource.at(pointer).asText()).toList();
    }

    /** What a Provenance is of: the codes of conditions, and {@code claim}. */
    private static List<String> targets(JsonNode bundle, JsonNode provenance) {
        Map<String, String> names = new HashMap<>();
        for (JsonNode entry : bundle.path("entry")) {
            names.put(
                    entry.path("fullUrl").asText(),
                    entry.at("/resource/resourceType").asText().equals("Claim")
                            ? "claim"
                            : entry.at("/resource/code/coding/0/code").asText());
        }
        return StreamSupport.stream(provenance.path("target").spliterator(), false)
                .map(target -> names.getOrDefault(target.path("reference").asText(), "nothing"))
                .toList();
    }

    private static final CodedNote PROPOSED = note(
            List.of(
                    code("I10", Assertion.PRESENT),
                    code("J45.909", Assertion.HISTORY),
                    code("R05", Assertion.UNCERTAIN)),
            "J45.909");

    @Test
    void whatNobodyDecidedIsProvisional() throws IOException {
        JsonNode bundle = exported(PROPOSED);
        assertThat(errors(bundle)).isEmpty();
        List<JsonNode> conditions = resources(bundle, "Condition");
        assertThat(texts(conditions, "/code/coding/0/code")).containsExactly("J45.909", "I10", "R05");
        assertThat(texts(conditions, "/code/coding/0/version")).containsOnly("2021");
        assertThat(texts(conditions, "/verificationStatus/coding/0/code")).containsOnly("provisional");
        assertThat(texts(conditions, "/clinicalStatus/coding/0/code")).containsExactly("inactive", "active", "active");
        JsonNode claim = resources(bundle, "Claim").getFirst();
        assertThat(claim.path("status").asText()).isEqualTo("draft");
        assertThat(claim.at("/billablePeriod/end").asText()).isEqualTo("2021-03-05");
        assertThat(claim.at("/diagnosis/0/type/0/coding/0/code").asText()).isEqualTo("principal");
        assertThat(claim.at("/diagnosis/1/type/0/coding/0/code").asText()).isEqualTo("clinical");
        assertThat(claim.at("/diagnosis/2/sequence").asInt()).isEqualTo(3);
        assertThat(claim.at("/diagnosis/0/diagnosisReference/reference").asText())
                .isEqualTo(bundle.at("/entry/0/fullUrl").asText());
        // present on admission is nobody's guess
        assertThat(claim.findValues("onAdmission")).isEmpty();
        JsonNode provenance = resources(bundle, "Provenance").getFirst();
        assertThat(provenance.at("/entity/0/what/identifier/value").asText()).isEqualTo("urn:uuid:" + RUN);
        assertThat(provenance.at("/agent/0/who/display").asText()).isEqualTo("code-ranker 1");
        assertThat(texts(resources(bundle, "Device"), "/version/0/value")).containsExactly("code-ranker 1");
        assertThat(provenance.path("target")).hasSize(4);
    }

    @Test
    void whatAPersonTookIsConfirmedWithWhoAndWhen() throws IOException {
        JsonNode bundle = exported(
                PROPOSED,
                decided("I10", Verdict.ACCEPTED, null, "ana", 8),
                decided(
                        "J45.909",
                        Verdict.CORRECTED,
                        "{\"code\":\"j45.901\",\"title\":\"with exacerbation\"}",
                        "ben",
                        9),
                decided("R05", Verdict.REJECTED, null, "ana", 9),
                decided("Z82.5", Verdict.ACCEPTED, null, "ana", 10),
                decided("added:E11.9", Verdict.CORRECTED, "{\"code\":\"E11.9\",\"title\":\"Diabetes\"}", "ana", 11),
                decided("added:E66.9", Verdict.REJECTED, "{\"code\":\"E66.9\",\"title\":\"Obesity\"}", "ana", 11),
                decided("principal", Verdict.CORRECTED, "{\"code\":\"E11.9\",\"title\":\"Diabetes\"}", "ana", 11),
                decided("poa:I10", Verdict.CORRECTED, "{\"poa\":\"Y\"}", "ana", 12),
                decided("poa:added:E11.9", Verdict.CORRECTED, "{\"poa\":\"1\"}", "ana", 12),
                decided("poa:J45.909", Verdict.CORRECTED, "{\"poa\":\"maybe\"}", "ana", 12),
                decided("poa:Z82.5", Verdict.REJECTED, "{\"poa\":\"N\"}", "ana", 12));
        assertThat(errors(bundle)).isEmpty();
        List<JsonNode> conditions = resources(bundle, "Condition");
        assertThat(texts(conditions, "/code/coding/0/code")).containsExactly("E11.9", "I10", "J45.901", "Z82.5");
        assertThat(texts(conditions, "/verificationStatus/coding/0/code")).containsOnly("confirmed");
        assertThat(texts(conditions, "/recorder/display")).containsExactly("ana", "ana", "ben", "ana");
        assertThat(conditions.get(1).path("recordedDate").asText()).isEqualTo("2026-01-02T08:00:00Z");
        JsonNode claim = resources(bundle, "Claim").getFirst();
        assertThat(claim.at("/diagnosis/0/type/0/coding/0/code").asText()).isEqualTo("principal");
        assertThat(claim.at("/diagnosis/0/onAdmission/coding/0/code").asText()).isEqualTo("1");
        assertThat(claim.at("/diagnosis/1/onAdmission/coding/0/code").asText()).isEqualTo("Y");
        assertThat(claim.at("/diagnosis/2/onAdmission").isMissingNode()).isTrue();
        assertThat(claim.at("/diagnosis/3/onAdmission").isMissingNode()).isTrue();
        List<JsonNode> provenances = resources(bundle, "Provenance");
        assertThat(texts(provenances, "/agent/0/type/coding/0/code"))
                .containsExactly("assembler", "verifier", "verifier");
        assertThat(texts(provenances, "/agent/0/who/display")).containsExactly("code-ranker 1", "ana", "ben");
        assertThat(texts(provenances, "/recorded"))
                .containsExactly(RECORDED, "2026-01-02T12:00:00Z", "2026-01-02T09:00:00Z");
        assertThat(claim.path("created").asText()).isEqualTo("2026-01-02T12:00:00Z");
        // what was added, replaced or taken from what was set aside is not the model's
        assertThat(targets(bundle, provenances.get(0))).containsExactly("I10", "claim");
        // ana spoke of its presence on admission
        assertThat(targets(bundle, provenances.get(1))).containsExactly("E11.9", "I10", "J45.901", "Z82.5", "claim");
        assertThat(targets(bundle, provenances.get(2))).containsExactly("J45.901", "claim");
    }

    @Test
    void twoSubjectsThatEndInOneCodeAreOneCondition() throws IOException {
        CodedNote note = note(
                List.of(
                        new ProposedCode("R05", "Cough", 0.9, "cough", 0, 5, Section.DIAGNOSIS, Assertion.HISTORY),
                        code("I10", Assertion.PRESENT)),
                "R05");
        JsonNode bundle = exported(
                note,
                decided("R05", Verdict.CORRECTED, "{\"code\":\"I10\",\"title\":\"Hypertension\"}", "ben", 8),
                decided("added:I10", Verdict.CORRECTED, "{\"code\":\"i10\",\"words\":{\"quote\":\"high\"}}", "ana", 9),
                decided("poa:I10", Verdict.CORRECTED, "{\"poa\":\"Y\"}", "eve", 10));
        assertThat(errors(bundle)).isEmpty();
        JsonNode condition = resources(bundle, "Condition").getFirst();
        assertThat(resources(bundle, "Condition")).hasSize(1);
        assertThat(condition.at("/code/text").asText()).isEqualTo("cough; words; high");
        assertThat(condition.at("/clinicalStatus/coding/0/code").asText()).isEqualTo("active");
        assertThat(condition.at("/recorder/display").asText()).isEqualTo("ana");
        JsonNode claim = resources(bundle, "Claim").getFirst();
        assertThat(claim.path("diagnosis")).hasSize(1);
        assertThat(claim.at("/diagnosis/0/type/0/coding/0/code").asText()).isEqualTo("principal");
        assertThat(claim.at("/diagnosis/0/onAdmission/coding/0/code").asText()).isEqualTo("Y");
        assertThat(claim.path("created").asText()).isEqualTo("2026-01-02T10:00:00Z");
        List<JsonNode> provenances = resources(bundle, "Provenance");
        assertThat(texts(provenances, "/agent/0/who/display")).containsExactly("code-ranker 1", "ben", "ana", "eve");
        assertThat(provenances)
                .allSatisfy(each -> assertThat(targets(bundle, each)).containsExactly("I10", "claim"));
    }

    @Test
    void whoOnlySaidWhichIsPrincipalIsNamedForIt() throws IOException {
        JsonNode bundle = exported(PROPOSED, decided("principal", Verdict.CORRECTED, "{\"code\":\"R05\"}", "ana", 8));
        assertThat(errors(bundle)).isEmpty();
        assertThat(targets(bundle, resources(bundle, "Provenance").getLast())).containsExactly("R05", "claim");
    }

    @Test
    void aRecordOfWhichNothingIsLeftIsValidToo() throws IOException {
        JsonNode bundle = exported(
                note(List.of(code("I10", Assertion.PRESENT)), "I10"), decided("I10", Verdict.REJECTED, null, "ana", 8));
        assertThat(errors(bundle)).isEmpty();
        assertThat(resources(bundle, "Condition")).isEmpty();
        assertThat(resources(bundle, "Claim").getFirst().has("diagnosis")).isFalse();
        // who removed it
        assertThat(texts(resources(bundle, "Provenance"), "/agent/0/who/display"))
                .containsExactly("code-ranker 1", "ana");
    }

    @Test
    void theValidatorSeesWhatIsWrong() throws IOException {
        JsonNode bundle = exported(PROPOSED);
        ((ObjectNode) resources(bundle, "Claim").getFirst()).remove("priority");
        ((ObjectNode) resources(bundle, "Condition").getFirst().at("/verificationStatus/coding/0")).put("code", "sure");
        assertThat(errors(bundle))
                .anySatisfy(error -> assertThat(error).contains("Claim.priority"))
                .anySatisfy(error -> assertThat(error).contains("sure"));
    }
}
