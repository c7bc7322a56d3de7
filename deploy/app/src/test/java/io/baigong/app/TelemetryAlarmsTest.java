package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.baigong.host.telemetry.Alarms;
import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.journal.RunRecord;
import io.baigong.journal.Tenancy;
import io.baigong.spi.Feed;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alarms of machines over several runs, and what people do with them. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class TelemetryAlarmsTest {
    private static final String TASK = "manufacturing.predictive-maintenance";
    private static final String ALARMS = "/api/v1/telemetry/alarms";
    private final Instant first = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(9));

    @Inject
    Accounts accounts;

    @Inject
    Journal journal;

    @Inject
    Alarms alarms;

    private Person boss;

    @BeforeEach
    void people() throws Exception {
        accounts.ensureFirst();
        boss = People.ofNewTenant();
    }

    private Feed.Alarm alarm(double peak, @Nullable Instant closed) {
        return new Feed.Alarm("7", "bearing", first, Optional.ofNullable(closed), peak, "alarm:7/bearing/" + first);
    }

    /** A run of an hour, which knew something new of machines. */
    private UUID run(int hour, Set<String> sources, Feed.Alarm... told) {
        UUID id = Journal.newId();
        Instant asOf = first.plus(Duration.ofHours(hour));
        Tenancy.of(boss.tenant()).run(() -> {
            journal.append(
                    new RunRecord(
                            id,
                            TASK,
                            new RunRecord.Answered(
                                    "{\"machines\": [], \"alarms\": [], \"dataIssues\": []}", List.of(), 0, 0.9),
                            List.of(),
                            "0".repeat(64),
                            List.of(),
                            Map.of(),
                            asOf,
                            Duration.ofMillis(5),
                            new Actor(boss.tenant(), "baigong:telemetry")),
                    Map.of());
            alarms.follow(new Alarms.Told(boss.tenant(), TASK, "hall", id, sources, asOf), List.of(told));
        });
        return id;
    }

    private JsonPath list() {
        return boss.asks().get(ALARMS).then().statusCode(200).extract().jsonPath();
    }

    private void step(String what, Object body, int status) {
        boss.sends(body)
                .post(ALARMS + "/" + list().getString("[0].id") + "/" + what)
                .then()
                .statusCode(status);
    }

    @Test
    void oneEpisodeIsOneAlarmOverManyRuns() {
        run(0, Set.of("7"), alarm(0.6, null));
        run(1, Set.of("7"), alarm(0.8, null));
        UUID third = run(2, Set.of("7"), alarm(0.7, null));
        assertThat(list().getList("id")).hasSize(1);
        assertThat(list().getDouble("[0].peak")).isEqualTo(0.8);
        assertThat(list().getString("[0].run")).isEqualTo(third.toString());
        assertThat(list().getString("[0].state")).isEqualTo("UNACKNOWLEDGED");

        run(3, Set.of("8"));
        assertThat(list().getString("[0].ended")).as("the machine is silent").isNull();
        run(4, Set.of("7"), alarm(0.8, first.plus(Duration.ofHours(4))));
        assertThat(Instant.parse(list().getString("[0].ended"))).isEqualTo(first.plus(Duration.ofHours(4)));
        assertThat(list().getString("[0].state")).isEqualTo("RETURNED_UNACKNOWLEDGED");
        run(5, Set.of("7"), alarm(0.9, null));
        assertThat(list().getList("id")).as("a new episode").hasSize(2);
    }

    @Test
    void peopleLookAfterIt() {
        UUID run = run(0, Set.of("7"), alarm(0.6, null));
        step("acknowledgement", Map.of(), 200);
        step("acknowledgement", Map.of(), 409);
        step("assignment", Map.of("to", "li.wei"), 200);
        step("assignment", Map.of("to", " "), 400);
        step("shelving", Map.of("until", Instant.now().minusSeconds(1).toString()), 400);
        step("shelving", Map.of("until", Instant.now().plus(Duration.ofDays(31)).toString()), 400);
        step("shelving", Map.of("until", Instant.now().plus(Duration.ofHours(8)).toString()), 200);
        assertThat(list().getString("[0].state")).isEqualTo("SHELVED");
        step("closing", Map.of(), 400);
        step("closing", Map.of("cause", "FALSE_ALARM", "comment", "new sensor"), 200);
        step("closing", Map.of("cause", "REPAIRED"), 409);
        assertThat(list().getString("[0].state")).isEqualTo("CLOSED");
        assertThat(list().getString("[0].assignedTo")).isEqualTo("li.wei");
        assertThat(list().getString("[0].closedBy")).isEqualTo(list().getString("[0].acknowledgedBy"));

        boss.asks()
                .get("/api/v1/runs/" + run)
                .then()
                .statusCode(200)
                .body("decisions", hasSize(1))
                .body("decisions[0].subject", equalTo("alarm:7/bearing/" + first))
                .body("decisions[0].verdict", equalTo("REJECTED"))
                .body("decisions[0].comment", equalTo("new sensor"))
                .body("decisions[0].correction.cause", equalTo("FALSE_ALARM"));

        run(1, Set.of("7"), alarm(0.7, null));
        assertThat(list().getList("id")).as("closed, though the signal lasts").hasSize(1);
    }

    @Test
    void othersSeeAndTouchNothing() {
        run(0, Set.of("7"), alarm(0.6, null));
        String id = list().getString("[0].id");
        Person other = People.ofNewTenant();
        other.asks().get(ALARMS).then().statusCode(200).body("", hasSize(0));
        other.sends(Map.of())
                .post(ALARMS + "/" + id + "/acknowledgement")
                .then()
                .statusCode(404);
        Person auditor = People.made(boss, "auditor");
        auditor.asks().get(ALARMS).then().statusCode(200).body("", hasSize(1));
        auditor.sends(Map.of())
                .post(ALARMS + "/" + id + "/acknowledgement")
                .then()
                .statusCode(403);
        boss.sends(Map.of())
                .post(ALARMS + "/nonsense/acknowledgement")
                .then()
                .statusCode(404)
                .body("detail", containsString("no alarm"));
        boss.asks().get("/api/v1/telemetry/lines").then().statusCode(200).body("", hasSize(0));
    }
}
