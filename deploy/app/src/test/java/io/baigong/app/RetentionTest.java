package io.baigong.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.baigong.host.retention.Retention;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** {@link PostgresResource} keeps the runs of the tenant {@code brief} for 30 days, and others for good. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RetentionTest {
    @Inject
    Accounts accounts;

    @Inject
    Retention retention;

    private static String run(Person by) {
        return by.asks()
                .multiPart("note", "The patient has whooping cough.")
                .post("/api/v1/tasks/medical.icd-coding/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void runsGoWhenTheyAreOlderThanTheirTenantKeepsThemAndTheLogSaysSo() throws Exception {
        accounts.ensureFirst();
        Person brief = People.ofTenant("brief");
        Person other = People.ofNewTenant();
        String short1 = run(brief);
        String short2 = run(brief);
        String kept = run(other);

        assertThat(retention.eraseOld(Instant.now().plus(Duration.ofDays(29)))).isZero();
        brief.asks().get("/api/v1/runs/" + short1).then().statusCode(200);

        assertThat(retention.eraseOld(Instant.now().plus(Duration.ofDays(31)))).isEqualTo(2);
        brief.asks().get("/api/v1/runs/" + short1).then().statusCode(404);
        brief.asks().get("/api/v1/runs/" + short2).then().statusCode(404);
        other.asks().get("/api/v1/runs/" + kept).then().statusCode(200);
        brief.asks()
                .get("/api/v1/audit/entries?kind=erasure")
                .then()
                .statusCode(200)
                .body("$", hasSize(2))
                .body("[0].leaf.entry.actor", equalTo("baigong:retention"))
                .body("[0].leaf.entry.detail.reason", equalTo("kept for 30 days"));
        assertThat(retention.eraseOld(Instant.now().plus(Duration.ofDays(31)))).isZero();
        given().get("/q/health").then().statusCode(200);
    }
}
