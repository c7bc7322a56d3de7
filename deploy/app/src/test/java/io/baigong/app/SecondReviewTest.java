package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Second reviews over REST. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SecondReviewTest {
    @Inject
    Accounts accounts;

    @BeforeEach
    void account() throws Exception {
        accounts.ensureFirst();
    }

    private static String decision(Person who, String run, String item, String verdict) {
        return who.sends(Map.of("subject", item, "verdict", verdict))
                .post("/api/v1/runs/" + run + "/decisions")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static ValidatableResponse review(Person who, String run, String decision, Map<String, String> review) {
        return who.sends(review)
                .post("/api/v1/runs/" + run + "/decisions/" + decision + "/review")
                .then();
    }

    @Test
    void somebodyElseAgreesOrNotOnceAndIsCounted() {
        Person boss = People.ofNewTenant();
        Person second = People.made(boss, "reviewer");
        String run = boss.asks()
                .multiPart("sample", "managed-services")
                .post("/api/v1/tasks/finance.contract-review/runs")
                .path("id");
        String agreed = decision(boss, run, "f1", "ACCEPTED");
        String disputed = decision(boss, run, "f2", "REJECTED");
        boss.asks()
                .get("/api/v1/reviews/agreement")
                .then()
                .body("reviews", equalTo(0))
                .body("kappa", nullValue());

        review(boss, run, agreed, Map.of("opinion", "AGREED")).statusCode(409);
        review(second, run, agreed, Map.of()).statusCode(400);
        review(second, run, agreed, Map.of("opinion", "DISAGREED", "verdict", "REJECTED"))
                .statusCode(400);
        review(second, run, agreed, Map.of("opinion", "DISAGREED", "verdict", "ACCEPTED", "reason", "x"))
                .statusCode(400);
        review(second, run, run, Map.of("opinion", "AGREED")).statusCode(404);
        Person stranger = People.ofNewTenant();
        review(stranger, run, agreed, Map.of("opinion", "AGREED")).statusCode(404);

        review(second, run, agreed, Map.of("opinion", "AGREED"))
                .statusCode(201)
                .body("verdict", equalTo("ACCEPTED"))
                .body("by", equalTo(second.name()));
        review(second, run, agreed, Map.of("opinion", "AGREED")).statusCode(409);
        review(second, run, disputed, Map.of("opinion", "DISAGREED", "verdict", "ACCEPTED", "reason", "it is there"))
                .statusCode(201);

        boss.asks()
                .get("/api/v1/runs/" + run)
                .then()
                .body("decisions.find { it.subject == 'f2' }.review.reason", equalTo("it is there"));
        boss.asks()
                .queryParam("kind", "second-review")
                .get("/api/v1/audit/entries")
                .then()
                .header("X-Total-Count", "2")
                .body("leaf.entry.actor", hasItem(second.name()))
                .body("leaf.entry.detail.opinion", hasItem("DISAGREED"));
        // Both accepted one; of the other, one rejected what the other accepted: observed 1/2, by chance 1/2.
        var figures = boss.asks()
                .queryParam("task", "finance.contract-review")
                .get("/api/v1/reviews/agreement")
                .then()
                .body("reviews", equalTo(2))
                .body("agreed", equalTo(1))
                .extract();
        assertThat(figures.<Float>path("kappa.value")).isZero();
        boss.asks().get("/api/v1/audit/verify").then().body("ok", equalTo(true));
    }
}
