package io.baigong.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.not;

import io.baigong.host.access.Roles;
import io.baigong.host.account.Accounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two versions of the judge of machining processes beside each other, over REST. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ModelComparisonTest {
    private static final String ROLE = "/api/v1/models/manufacturing.process-failure";
    private static final String BENCHMARK = "ai4i2020";

    @Inject
    Accounts accounts;

    private People.Person owner;

    @BeforeEach
    void people() throws Exception {
        accounts.ensureFirst();
        owner = People.made(People.first(), Roles.MODEL_OWNER);
    }

    private RequestSpecification asks() {
        return owner.asks();
    }

    private int registered(Map<String, byte[]> changed) throws Exception {
        return asks().multiPart("artifact", "model.zip", ModelVersionsTest.zip(changed))
                .post(ROLE + "/versions")
                .then()
                .statusCode(201)
                .extract()
                .path("number");
    }

    /** The same trees, which never say that a product fails. */
    private static Map<String, byte[]> timid() {
        return Map.of("process.json", "{\"threshold\": 1.0}".getBytes(StandardCharsets.UTF_8));
    }

    private Response begin(String versions, String benchmark) {
        return asks().contentType(ContentType.JSON)
                .body(Map.of("benchmark", benchmark))
                .post(ROLE + "/comparison?" + versions);
    }

    private JsonPath measured(String versions) throws InterruptedException {
        begin(versions, BENCHMARK).then().statusCode(202);
        while (true) {
            JsonPath comparison = asks().get(ROLE + "/comparison?" + versions).jsonPath();
            if (comparison.getList("measuring").isEmpty()) {
                return comparison;
            }
            assertThat(comparison.getList("measuring.failure")).containsOnlyNulls();
            Thread.sleep(100);
        }
    }

    private static Map<String, Object> metric(JsonPath comparison, String name) {
        return comparison.getMap(
                "benchmarks.find { it.benchmark == '" + BENCHMARK + "' }.metrics.find { it.metric == '" + name + "' }");
    }

    @Test
    void aWorseVersionDiffersFromTheModelThatShips() throws Exception {
        int number = registered(timid());
        asks().get(ROLE + "/comparison?left=" + number + "&right=0")
                .then()
                .statusCode(200)
                .body("benchmarks.find { it.benchmark == 'ai4i2020' }.basis", not(equalTo("SAME_DATA")));

        JsonPath comparison = measured("left=" + number + "&right=0");

        assertThat(comparison.getString("benchmarks.find { it.benchmark == 'ai4i2020' }.basis"))
                .isEqualTo("SAME_DATA");
        Map<String, Object> f1 = metric(comparison, "f1");
        assertThat(f1.get("differs")).isEqualTo(true);
        assertThat(((Map<?, ?>) f1.get("left")).keySet())
                .extracting(String::valueOf)
                .containsExactly("value", "low", "high", "unit");
        assertThat(((Number) ((Map<?, ?>) f1.get("difference")).get("high")).doubleValue())
                .isNegative();
        assertThat(comparison.getList(
                        "benchmarks.find { it.benchmark == 'ai4i2020' }.subgroups.findAll { it.dimension == 'product quality' }.cases",
                        Integer.class))
                .hasSizeGreaterThan(1)
                .satisfies(cases -> assertThat(
                                cases.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(80));
        // Which of two products is likelier to fail is the same.
        assertThat(metric(comparison, "average_precision").get("differs")).isEqualTo(false);
        asks().get(ROLE + "/history")
                .then()
                .body("find { it.type == 'evaluated' && it.number == 0 }.benchmark", equalTo(BENCHMARK));
        asks().get(ROLE + "/versions/" + number + "/report")
                .then()
                .statusCode(200)
                .body(
                        containsString("Against the model that ships"),
                        containsString("differs"),
                        containsString("product quality: L"));
    }

    @Test
    void equalVersionsDifferInNothing() throws Exception {
        int one = registered(Map.of());
        int other = registered(Map.of());

        JsonPath comparison = measured("left=" + one + "&right=" + other);

        List<Boolean> differs =
                comparison.getList("benchmarks.find { it.benchmark == 'ai4i2020' }.metrics.differs", Boolean.class);
        assertThat(differs).isNotEmpty().containsOnly(false);
    }

    /** A thousand numbers for each figure are nothing that a client asked for. */
    @Test
    void whatABootstrapDrewStaysInside() throws Exception {
        JsonPath comparison = measured("left=" + registered(timid()) + "&right=0");
        assertThat(((Map<?, ?>) metric(comparison, "f1").get("difference")).keySet())
                .extracting(String::valueOf)
                .containsExactly("value", "low", "high");
        asks().get("/q/openapi").then().statusCode(200).body(not(containsString("draws:")));
    }

    @Test
    void withoutAnotherVersionItIsTheOneThatServes() throws Exception {
        int number = registered(Map.of());
        asks().get(ROLE + "/comparison?left=" + number)
                .then()
                .statusCode(200)
                .body("right", equalTo(0), "benchmarks.metrics.flatten().differs", everyItem(equalTo(false)));
    }

    @Test
    void whatThereIsNotIsToldApart() throws Exception {
        asks().get(ROLE + "/comparison").then().statusCode(400).body("detail", containsString("which version?"));
        asks().get(ROLE + "/comparison?left=999").then().statusCode(404);
        asks().get("/api/v1/models/nothing/comparison?left=0").then().statusCode(404);
        begin("left=0&right=999", BENCHMARK).then().statusCode(404);
        begin("left=0&right=0", "nothing").then().statusCode(400);
        given().get(ROLE + "/comparison?left=0").then().statusCode(401);
        People.made(People.first(), Roles.AUDITOR)
                .asks()
                .contentType(ContentType.JSON)
                .body(Map.of("benchmark", BENCHMARK))
                .post(ROLE + "/comparison?left=0")
                .then()
                .statusCode(403);
    }
}
