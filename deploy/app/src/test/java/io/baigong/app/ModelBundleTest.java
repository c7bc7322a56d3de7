package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.app.People.Person;
import io.baigong.host.access.Roles;
import io.baigong.host.account.Accounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A version leaves as one file and comes in again, over REST. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ModelBundleTest {
    private static final String ROLE = "/api/v1/models/manufacturing.process-failure";

    @Inject
    Accounts accounts;

    private Person owner;

    @BeforeEach
    void people() throws Exception {
        accounts.ensureFirst();
        owner = People.made(People.first(), Roles.MODEL_OWNER);
    }

    private int registered() throws IOException {
        return owner.asks()
                .multiPart("artifact", "model.zip", ModelVersionsTest.zip(Map.of()))
                .multiPart("lineage", "{\"data\": \"ai4i2020\", \"seed\": 7, \"licence\": \"Apache-2.0\"}")
                .post(ROLE + "/versions")
                .then()
                .statusCode(201)
                .body("signature.inputs", hasSize(1))
                .body("signature.inputs[0].shape", equalTo(java.util.List.of("rows", "11")))
                .body("signature.inputs[0].columns", hasItems("torque", "tool_wear"))
                .body("signature.outputs[0].shape", equalTo(java.util.List.of("rows", "1")))
                .extract()
                .path("number");
    }

    private byte[] exported(int number) {
        return owner.asks()
                .get(ROLE + "/versions/" + number + "/bundle")
                .then()
                .statusCode(200)
                .contentType("application/zip")
                .extract()
                .asByteArray();
    }

    private Response imported(String role, byte[] bundle) {
        return owner.asks().multiPart("bundle", "bundle.zip", bundle).post("/api/v1/models/" + role + "/bundles");
    }

    @Test
    void aVersionIsCarriedFromSuiteToSuiteAndIsACandidateThere() throws Exception {
        int number = registered();
        Person second = People.made(People.first(), Roles.MODEL_OWNER);
        second.sends(Map.of("override", "measured at the plant"))
                .post(ROLE + "/versions/" + number + "/approval")
                .then()
                .statusCode(200);
        byte[] bundle = exported(number);

        var files = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        assertThat(files)
                .containsOnlyKeys(
                        "manifest.json",
                        "bom.json",
                        "files/README.md",
                        "files/model.json",
                        "files/process.json",
                        "files/trees.ubj");
        assertThat(files.get("files/trees.ubj")).isEqualTo(ModelVersionsTest.shipped("trees.ubj"));
        JsonNode manifest = new ObjectMapper().readTree(files.get("manifest.json"));
        assertThat(manifest.path("state").asText()).isEqualTo("APPROVED");
        assertThat(manifest.toString()).doesNotContain(owner.name()).doesNotContain(second.name());
        assertThat(new ObjectMapper()
                        .readTree(files.get("bom.json"))
                        .at("/metadata/component/type")
                        .asText())
                .isEqualTo("machine-learning-model");

        imported("manufacturing.process-failure", bundle)
                .then()
                .statusCode(201)
                .body("state", equalTo("CANDIDATE"))
                .body("lineage.licence", equalTo("Apache-2.0"))
                .body("lineage.seed", equalTo(7))
                .body("sha256", equalTo(manifest.path("sha256").asText()))
                .body("evaluations", hasSize(0));
    }

    @Test
    void whatIsNoBundleOfThisRoleIsRefused() throws Exception {
        byte[] bundle = exported(registered());

        imported("manufacturing.failure-predictor", bundle)
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:baigong:problem:hostile"))
                .body("detail", containsString("another role"));
        imported("manufacturing.process-failure", Arrays.copyOf(bundle, bundle.length / 2))
                .then()
                .statusCode(422)
                .body("detail", containsString("damaged"));
        imported("manufacturing.process-failure", ModelVersionsTest.zip(Map.of()))
                .then()
                .statusCode(422)
                .body("detail", containsString("lacks manifest.json"));
        imported("no.such-role", bundle).then().statusCode(404);
        owner.asks()
                .multiPart("other", "x")
                .post(ROLE + "/bundles")
                .then()
                .statusCode(400)
                .body("detail", containsString("'bundle' is missing"));
        owner.asks().get(ROLE + "/versions/99999/bundle").then().statusCode(404);
    }

    @Test
    void theReportSaysWhatGoesIn() throws Exception {
        owner.asks()
                .get(ROLE + "/versions/" + registered() + "/report?format=html")
                .then()
                .statusCode(200)
                .body(containsString("[rows, 11]"))
                .body(containsString("tool_wear"));
    }
}
