package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;

import io.baigong.app.People.Person;
import io.baigong.host.access.Roles;
import io.baigong.host.account.Accounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which words carry a score, by the tagger that ships. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ExplanationTest {
    private static final String ADDRESS = "/api/v1/models/finance.clause-tagger/explanations";
    private static final String TEXT =
            "\u201cThis Agreement shall be governed by, and construed under, the laws of the State of New York.\u201d";

    @Inject
    Accounts accounts;

    private Person analyst;

    @BeforeEach
    void people() throws SQLException {
        accounts.ensureFirst();
        analyst = People.made(People.first(), Roles.ANALYST);
    }

    private JsonPath explained(String text, String label) {
        return analyst.sends(Map.of("text", text, "label", label))
                .post(ADDRESS)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void whatTheWordsAddIsTheScore() {
        JsonPath found = explained(TEXT, "Governing Law");
        double score = found.getDouble("score");
        List<Map<String, Number>> parts = found.getList("parts");
        assertThat(score).isGreaterThan(0.5);
        assertThat(parts.stream()
                        .mapToDouble(part -> part.get("adds").doubleValue())
                        .sum())
                .isCloseTo(score, within(1e-6));

        int at = 1; // after the quotation mark
        for (Map<String, Number> part : parts) {
            assertThat(part.get("start").intValue()).isEqualTo(at);
            at = part.get("end").intValue();
        }
        assertThat(at).isEqualTo(TEXT.length());
        List<String> words = parts.stream()
                .sorted((a, b) -> Double.compare(
                        b.get("adds").doubleValue(), a.get("adds").doubleValue()))
                .limit(5)
                .map(part -> TEXT.substring(
                                part.get("start").intValue(), part.get("end").intValue())
                        .strip())
                .toList();
        assertThat(words).containsAnyOf("governed", "laws", "construed");
        assertThat(found.getString("sha256")).hasSize(64);

        assertThat(explained(TEXT, "Governing Law").getList("parts")).isEqualTo(parts);
    }

    @Test
    void aLongTextIsTakenApartIntoRunsOfWords() {
        JsonPath found = explained("word ".repeat(700) + "ends here", "Governing Law");
        List<Map<String, Number>> parts = found.getList("parts");
        assertThat(parts).hasSizeBetween(40, 48);
        assertThat(parts.stream()
                        .mapToDouble(part -> part.get("adds").doubleValue())
                        .sum())
                .isCloseTo(found.getDouble("score"), within(1e-6));
    }

    private void isRefused(int status, String address, Map<String, String> body, String detail) {
        analyst.sends(body)
                .post(address)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("detail", containsString(detail));
    }

    @Test
    void whatCantBeExplainedIsSaidToBe() {
        isRefused(400, ADDRESS, Map.of("text", TEXT, "label", "Weather"), "its labels are");
        isRefused(400, ADDRESS, Map.of("text", TEXT), "which score?");
        isRefused(400, ADDRESS, Map.of("text", " \u2014 ", "label", "Governing Law"), "has words");
        isRefused(400, ADDRESS, Map.of("text", "a ".repeat(2_001), "label", "Governing Law"), "at most 4000");
        isRefused(
                404,
                "/api/v1/models/manufacturing.process-failure/explanations",
                Map.of("text", TEXT, "label", "x"),
                "whose model scores words");
        isRefused(404, "/api/v1/models/no.role/explanations", Map.of("text", TEXT, "label", "x"), "there is no role");
    }
}
