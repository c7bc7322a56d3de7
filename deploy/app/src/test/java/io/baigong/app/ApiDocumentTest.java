package io.baigong.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OpenAPI document that the suite serves, of which the web page has its types. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ApiDocumentTest {
    /** What the web page is built from. */
    private static final Path KEPT = Path.of("../../ui/src/main/webui/openapi.json");

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonNode served;

    @BeforeEach
    void ask() throws IOException {
        served = JSON.readTree(given().get("/q/openapi?format=json").asByteArray());
    }

    private JsonNode schema(String name) {
        return served.at("/components/schemas/" + name);
    }

    private List<String> required(String name) {
        var required = new ArrayList<String>();
        schema(name).path("required").forEach(member -> required.add(member.asText()));
        return required;
    }

    @Test
    void theWebPageIsBuiltFromWhatIsServed() throws IOException {
        Path now = Path.of("target/openapi.json");
        Files.writeString(now, JSON.writeValueAsString(served) + "\n");
        assertThat(JSON.readTree(KEPT.toFile()).equals(served))
                .as(
                        "%s is not what the suite serves; renew it: cp deploy/app/%s ui/src/main/webui/openapi.json",
                        KEPT, now)
                .isTrue();
    }

    @Test
    void anAnswerSaysWhichMembersItAlwaysHas() {
        assertThat(required("RunView"))
                .contains("id", "status", "evidence", "decisions")
                .doesNotContain("confidence", "failure");
    }

    @Test
    void aMemberThatIsSentAsNullIsThereAndMayBeNull() {
        assertThat(required("RunSummary")).contains("confidence");
        assertThat(schema("RunSummary").at("/properties/confidence/type").toString())
                .isEqualTo("[\"number\",\"null\"]");
        assertThat(required("ApiKey")).contains("revokedAt");
        assertThat(schema("ApiKey").at("/properties/revokedAt/anyOf/1/type").asText())
                .isEqualTo("null");
    }

    @Test
    void ofARequestThoseAreNeededThatItsRecordSays() {
        assertThat(required("DecisionRequest")).containsExactlyInAnyOrder("subject", "verdict");
        assertThat(required("BackendSettings")).isEmpty();
    }

    @Test
    void eachAnswerIsFoundByItsRecord() {
        var asked = new StringBuilder();
        served.findValues("requestBody").forEach(asked::append);
        var loose = new ArrayList<String>();
        served.at("/paths")
                .forEach(path -> path.forEach(operation -> operation
                        .path("responses")
                        .findValuesAsText("$ref")
                        .forEach(ref -> {
                            String name = ref.substring(ref.lastIndexOf('/') + 1);
                            if (ref.startsWith("#/components/schemas/")
                                    && asked.indexOf(ref + "\"") < 0
                                    && schema(name).has("properties")
                                    && required(name).isEmpty()) {
                                loose.add(name);
                            }
                        })));
        // A type parameter stands in these, which OpenAI's clients read.
        assertThat(loose).allMatch(name -> name.startsWith("Listing"));
    }
}
