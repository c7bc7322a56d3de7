package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.reference.ReferenceStore;
import io.baigong.spi.ReferenceFormat;
import io.baigong.spi.Vertical;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record from its coding to the reviewed bundle, by an edition that was imported while the suite was up. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class CodingReviewTest {
    private static final String TASK = "/api/v1/tasks/medical.icd-coding";

    /** Long ago, so that no other test meets these editions. */
    private static final LocalDate DAY = LocalDate.of(1990, 6, 1);

    @TempDir
    static Path folder;

    @Inject
    Accounts accounts;

    @Inject
    Catalogue catalogue;

    @Inject
    ReferenceStore references;

    @BeforeEach
    void importEditions() throws Exception {
        accounts.ensureFirst();
        add("icd-10-cm", "icd-10-cm", order(), tabular());
        add("list", "weights", Files.writeString(folder.resolve("weights.tsv"), "code\ttitle\tweight\nI10\tx\t2.5\n"));
    }

    @AfterEach
    void removeEditions() throws Exception {
        references.remove("medical", "icd-10-cm", "1990");
        references.remove("medical", "weights", "1990");
    }

    private void add(String format, String system, Path... files) throws Exception {
        Vertical medical = catalogue.verticals().stream()
                .filter(one -> one.name().equals("medical"))
                .findFirst()
                .orElseThrow();
        ReferenceFormat of = medical.references().stream()
                .filter(one -> one.name().equals(format))
                .findFirst()
                .orElseThrow();
        references.add(
                "medical",
                of,
                List.of(files),
                new ReferenceStore.Wanted(system, "1990", DAY.withDayOfMonth(1), DAY.withDayOfMonth(30), true));
    }

    private static Path order() throws Exception {
        return Files.writeString(
                folder.resolve("order.txt"), "00001 I10     1 %-60s %1$s%n".formatted("Hypertension of 1990"));
    }

    private static Path tabular() throws Exception {
        return Files.writeString(
                folder.resolve("tabular.xml"),
                "<ICD10CM.tabular><version>1990</version><chapter><desc>x (A00-Z99)</desc><diag><name>I10</name><desc>x</desc>"
                        + "</diag></chapter></ICD10CM.tabular>");
    }

    private static Response run(Person who, String note) {
        Response made = who.asks()
                .multiPart("document", "note.txt", note.getBytes(StandardCharsets.UTF_8))
                .multiPart("date", DAY.toString())
                .post(TASK + "/runs");
        made.then().statusCode(201);
        return made;
    }

    private static String decide(Person who, String run, Map<String, Object> decision) {
        return who.sends(decision)
                .post("/api/v1/runs/" + run + "/decisions")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static void review(Person who, String run, String decision, Map<String, String> review) {
        who.sends(review)
                .post("/api/v1/runs/" + run + "/decisions/" + decision + "/review")
                .then()
                .statusCode(201);
    }

    @Test
    void codesAreCheckedOnTheDayReviewedTwiceAndTakenAway() {
        Person coder = People.ofNewTenant();
        Person second = People.made(coder, "reviewer");
        Response made = run(coder, "患者有高血压、肺炎。诊断：2型糖尿病。");
        String run = made.path("id");
        made.then()
                .body("output.edition.title", equalTo("ICD-10-CM 1990"))
                .body("output.warnings.findAll { it.kind == 'NOT_IN_FORCE' }.codes", hasItem("J18.9"))
                .body(
                        "output.warnings.find { it.kind == 'NOT_IN_FORCE' && it.codes == 'J18.9' }.citation",
                        equalTo("ICD-10-CM 1990, in force 1990-06-01 to 1990-06-30, has no code J18.9"));

        String accepted = decide(
                coder, run, Map.of("subject", "I10", "verdict", "ACCEPTED", "comment", "treated with amlodipine"));
        String replaced = decide(
                coder,
                run,
                Map.of(
                        "subject", "E11.9",
                        "verdict", "CORRECTED",
                        "correction", Map.of("code", "E11.65", "title", "with hyperglycemia")));
        String removed = decide(coder, run, Map.of("subject", "J18.9", "verdict", "REJECTED"));
        decide(
                coder,
                run,
                Map.of(
                        "subject", "added:Z79.4",
                        "verdict", "CORRECTED",
                        "correction", Map.of("code", "Z79.4", "title", "Long term use of insulin")));
        decide(coder, run, Map.of("subject", "poa:I10", "verdict", "CORRECTED", "correction", Map.of("poa", "Y")));

        review(second, run, accepted, Map.of("opinion", "AGREED"));
        review(second, run, replaced, Map.of("opinion", "AGREED"));
        review(
                second,
                run,
                removed,
                Map.of("opinion", "DISAGREED", "verdict", "ACCEPTED", "reason", "it is in the note"));
        // Of three, both said ACCEPTED, both CORRECTED, one REJECTED and the other ACCEPTED: observed 2/3, by chance
        // 3/9.
        JsonPath figures = coder.asks()
                .queryParam("task", "medical.icd-coding")
                .get("/api/v1/reviews/agreement")
                .jsonPath();
        assertThat(figures.getInt("reviews")).isEqualTo(3);
        assertThat(figures.getDouble("kappa.value")).isCloseTo(0.5, org.assertj.core.data.Offset.offset(1e-6));

        coder.asks()
                .get("/api/v1/runs/" + run + "/exports/json")
                .then()
                .statusCode(200)
                .body(
                        "entry.resource.findAll { it.resourceType == 'Condition' }.code.coding.flatten().code",
                        contains("I10", "E11.65", "Z79.4"))
                .body(
                        "entry.resource.findAll { it.resourceType == 'Condition' }.verificationStatus.coding.flatten().code.unique()",
                        contains("confirmed"))
                .body(
                        "entry.resource.find { it.resourceType == 'Claim' }.diagnosis.find { it.diagnosisReference.display == 'I10' }"
                                + ".onAdmission.coding[0].code",
                        equalTo("Y"))
                .body(
                        "entry.resource.findAll { it.resourceType == 'Provenance' }.agent.flatten().who.display",
                        hasItem(coder.name()))
                .body(
                        "entry.resource.findAll { it.resourceType == 'Provenance' }.entity.flatten().what.identifier.value",
                        hasItem("urn:uuid:" + run));
    }

    @Test
    void theQueueBeginsWithWhatMayBeLost() {
        Person coder = People.ofNewTenant();
        String cheap = run(coder, "患者有肺炎。").path("id");
        String dear = run(coder, "患者有高血压。").path("id");
        coder.asks()
                .queryParam("sort", "-risk")
                .queryParam("undecided", true)
                .get("/api/v1/runs")
                .then()
                .body("id", contains(dear, cheap))
                .body("[0].stake", equalTo(2.5f))
                .body("[1].stake", equalTo(0.0f));
    }

    @Test
    void codesAreLookedUpInTheEditionOfTheDay() {
        Person coder = People.ofNewTenant();
        coder.sends(Map.of("words", "hypertension", "date", DAY.toString()))
                .post(TASK + "/inquiries/code-search")
                .then()
                .statusCode(200)
                .body("codes.title", contains("Hypertension of 1990"))
                .body("edition.name", equalTo("1990"));
        coder.sends(Map.of())
                .post(TASK + "/inquiries/editions")
                .then()
                .body("editions.title", hasItem("ICD-10-CM 1990"))
                .body("editions.title", hasItem("ICD-10-CM 2021"));
    }
}
