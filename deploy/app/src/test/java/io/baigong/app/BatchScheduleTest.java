package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.baigong.host.account.Accounts;
import io.baigong.host.batch.BatchConfig;
import io.baigong.host.batch.BatchScheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Schedules over REST; their times are made to come. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BatchScheduleTest {
    private static final String SCHEDULES = "/api/v1/batch-schedules";
    private static final String TASK = "medical.icd-coding";
    private static final Duration DAY = Duration.ofDays(1);

    @Inject
    Accounts accounts;

    @Inject
    BatchConfig config;

    @Inject
    BatchScheduler scheduler;

    @BeforeEach
    void ensureFirst() throws SQLException {
        accounts.ensureFirst();
    }

    private static Map<String, Object> daily(Object... members) {
        var schedule = new HashMap<String, Object>(
                Map.of("name", "nightly", "task", TASK, "cron", "0 3 * * *", "zone", "Asia/Shanghai"));
        for (int i = 0; i < members.length; i += 2) {
            schedule.put((String) members[i], members[i + 1]);
        }
        return schedule;
    }

    private static String added(People.Person who, Map<String, Object> schedule) {
        return who.sends(schedule)
                .post(SCHEDULES)
                .then()
                .statusCode(201)
                .body("next", hasSize(3))
                .extract()
                .path("id");
    }

    private static Instant due(People.Person who) {
        return OffsetDateTime.parse(who.asks().get(SCHEDULES).path("[0].next[0]"))
                .toInstant();
    }

    private static List<Map<String, String>> firings(People.Person who, String schedule) {
        return who.asks().get(SCHEDULES + "/" + schedule + "/firings").path("");
    }

    private Path folder(People.Person who) throws Exception {
        return Files.createDirectories(config.folders().orElseThrow().resolve(who.tenant() + "/nightly"));
    }

    private static void write(Path file, String text) throws Exception {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(DAY)));
    }

    /** As many instances of the suite would. */
    private void lookAtOnce(Instant now) throws Exception {
        int times = 6;
        var go = new CountDownLatch(times);
        try (var threads = Executors.newFixedThreadPool(times)) {
            List<Future<?>> all = IntStream.range(0, times)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        go.countDown();
                        go.await();
                        scheduler.fireDue(now);
                        return null;
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    @Test
    void eachDueTimeMakesOneBatchOfAllFilesHoweverManyLook() throws Exception {
        People.Person who = People.ofNewTenant();
        Path folder = folder(who);
        write(folder.resolve("a.jsonl"), "{\"note\": \"Hypertension.\"}\n{\"note\": \"Cough.\"}\n");
        write(folder.resolve("b.txt"), "Seen for hypertension.");
        write(folder.resolve(".hidden.txt"), "Not this one.");
        Files.createSymbolicLink(folder.resolve("c.txt"), folder.resolve("b.txt"));
        String schedule = added(who, daily("folder", "nightly", "fields", Map.of("language", "en")));
        Instant due = due(who);
        scheduler.fireDue(due.minusSeconds(1));
        assertThat(firings(who, schedule)).isEmpty();

        lookAtOnce(due);
        lookAtOnce(due.plusSeconds(60));

        assertThat(firings(who, schedule)).hasSize(1);
        Map<String, String> first = firings(who, schedule).getFirst();
        assertThat(Instant.parse(first.get("dueAt"))).isEqualTo(due);
        who.asks()
                .get("/api/v1/batches/" + first.get("batch"))
                .then()
                .body("total", equalTo(3))
                .body("name", containsString("nightly, "))
                .body("name", containsString(" 03:00"))
                .body("createdBy", equalTo(who.name()));
        who.asks().get("/api/v1/batches").then().header("X-Total-Count", "1");

        // Down for three days: the newest time is made up for, and no other.
        lookAtOnce(due.plus(DAY.multipliedBy(3)).plusSeconds(60));
        assertThat(firings(who, schedule)).hasSize(2);
        assertThat(Instant.parse(firings(who, schedule).getFirst().get("dueAt")))
                .isEqualTo(due.plus(DAY.multipliedBy(3)));
        who.asks().get("/api/v1/batches").then().header("X-Total-Count", "2");
    }

    @Test
    void whyADueTimeMadeNoBatchIsTold() throws Exception {
        People.Person who = People.ofNewTenant();
        Path folder = folder(who);
        String schedule = added(who, daily("folder", "nightly"));
        Instant due = due(who);
        lookAtOnce(due);
        assertThat(firings(who, schedule)).hasSize(1);
        assertThat(firings(who, schedule).getFirst().get("refused")).contains("nothing to run");

        write(folder.resolve("bad.jsonl"), "{\"colour\": \"red\"}");
        scheduler.fireDue(due.plus(DAY));
        assertThat(firings(who, schedule).getFirst().get("refused")).contains("colour");

        Files.writeString(folder.resolve("bad.jsonl"), "{\"note\": \"being written");
        Files.setLastModifiedTime(
                folder.resolve("bad.jsonl"), FileTime.from(Instant.now().plus(DAY)));
        scheduler.fireDue(due.plus(DAY.multipliedBy(2)));
        assertThat(firings(who, schedule)).as("a file that is being written").hasSize(2);
        Files.delete(folder.resolve("bad.jsonl"));
        Files.delete(folder);
        scheduler.fireDue(due.plus(DAY.multipliedBy(2)).plusSeconds(60));
        assertThat(firings(who, schedule)).as("a folder that may come back").hasSize(2);
        scheduler.fireDue(due.plus(DAY.multipliedBy(2)).plusSeconds(3600));
        assertThat(firings(who, schedule).getFirst().get("refused")).contains("can't be read");
        who.asks().get("/api/v1/batches").then().header("X-Total-Count", "0");
    }

    @Test
    void runsOfAPeriodAreRunAgain() throws Exception {
        People.Person who = People.ofNewTenant();
        for (String note : List.of("Hypertension.", "Cough.")) {
            who.asks()
                    .multiPart("note", note)
                    .multiPart("language", "en")
                    .post("/api/v1/tasks/" + TASK + "/runs")
                    .then()
                    .statusCode(201);
        }
        String schedule = added(who, daily("runs", Map.of("period", "P2D", "status", "answered")));
        Instant due = due(who);
        lookAtOnce(due);
        lookAtOnce(due.plus(DAY.multipliedBy(9)));

        List<Map<String, String>> firings = firings(who, schedule);
        assertThat(firings).hasSize(2);
        assertThat(firings.getFirst().get("refused")).contains("no such run");
        who.asks()
                .get("/api/v1/batches/" + firings.getLast().get("batch"))
                .then()
                .body("total", equalTo(2));
    }

    @Test
    void aScheduleStopsWhenItsMakerMayMakeNoBatches() throws Exception {
        People.Person boss = People.ofNewTenant();
        Path folder = folder(boss);
        People.Person gone = People.made(boss, "operator");
        People.Person demoted = People.made(boss, "operator");
        String first = added(gone, daily("folder", "nightly", "name", "of who goes"));
        String second = added(demoted, daily("folder", "nightly", "name", "of who is demoted"));
        gone.sends(Map.of("task", TASK, "folder", "nightly"))
                .post("/api/v1/batch-sources")
                .then()
                .statusCode(201);
        Instant due = due(boss);
        boss.sends(Map.of("disabled", true))
                .patch("/api/v1/accounts/" + gone.name())
                .then()
                .statusCode(200);
        boss.sends(Map.of("roles", List.of("analyst")))
                .patch("/api/v1/accounts/" + demoted.name())
                .then()
                .statusCode(200);
        write(folder.resolve("a.jsonl"), "{\"note\": \"Hypertension.\"}\n");
        lookAtOnce(due);

        boss.asks()
                .get(SCHEDULES)
                .then()
                .body("[0].stopped", containsString("disabled"))
                .body("[1].stopped", containsString("operator"))
                .body("[1].next", empty());
        assertThat(firings(boss, first)).isEmpty();
        assertThat(firings(boss, second)).isEmpty();
        while (boss.asks().get("/api/v1/batch-sources").path("[0].stopped") == null) {
            Thread.sleep(50);
        }
        boss.asks().get("/api/v1/batches").then().header("X-Total-Count", "0");
        boss.asks().get("/api/v1/audit/entries").then().body("leaf.entry.detail.what", hasItem("stopped by the suite"));
    }

    @Test
    void anotherTenantSeesAndRemovesNothing() throws Exception {
        People.Person who = People.ofNewTenant();
        People.Person other = People.ofNewTenant();
        folder(who);
        String schedule = added(who, daily("folder", "nightly"));
        other.asks().get(SCHEDULES).then().body("", empty());
        other.asks().get(SCHEDULES + "/" + schedule + "/firings").then().statusCode(404);
        other.asks().delete(SCHEDULES + "/" + schedule).then().statusCode(404);
        other.sends(daily("folder", "nightly")).post(SCHEDULES).then().statusCode(400);
        who.asks()
                .get("/api/v1/audit/entries")
                .then()
                .body("leaf.entry.subject", hasItem("batch-schedule " + schedule));
        who.asks().delete(SCHEDULES + "/" + schedule).then().statusCode(204);
        who.asks().delete(SCHEDULES + "/" + schedule).then().statusCode(404);
        who.asks().get(SCHEDULES).then().body("", empty());
    }

    @Test
    void whatCannotBeScheduledIsRefusedWithARemedy() throws Exception {
        People.Person who = People.ofNewTenant();
        folder(who);
        refused(who, daily("folder", "nightly", "cron", "61 * * * *"), "cron");
        refused(who, daily("folder", "nightly", "cron", "0 0 30 2 *"), "no day");
        refused(who, daily("folder", "nightly", "cron", "'; drop table batch; --"), "cron");
        refused(who, daily("folder", "nightly", "zone", "Mars/Olympus"), "time zone");
        refused(who, daily("folder", "../default"), "plain names");
        refused(who, daily("folder", "/etc"), "plain names");
        refused(who, daily("folder", "none"), "no folder");
        refused(who, daily(), "either");
        refused(who, daily("folder", "nightly", "runs", Map.of("period", "P1D")), "either");
        for (String period :
                List.of("7 days", "P-7D", "P0D", "PT-1H", "P11Y", "P99999999999D", "PT99999999999999H", "")) {
            refused(who, daily("runs", Map.of("period", period)), "period");
        }
        refused(who, daily("runs", Map.of("status", "ANSWERED")), "period");
        refused(who, daily("runs", Map.of("period", "P1D", "status", "odd")), "status");
        refused(who, daily("runs", Map.of("period", "P1D", "most", 0)), "most");
        refused(who, daily("folder", "nightly", "fields", Map.of("colour", "red")), "colour");
        refused(who, daily("folder", "nightly", "task", "no.such"), "no task");
        refused(who, daily("folder", "nightly", "name", " "), "name");
        refused(who, daily("folder", "nightly", "name", "x".repeat(101)), "name");
        who.sends("{\"name\": [], \"cron\": 1").post(SCHEDULES).then().statusCode(400);
        who.asks().get(SCHEDULES).then().body("", empty());

        added(who, daily("folder", "nightly", "name", "<img src=x>\u0000'; --"));
        who.asks().get(SCHEDULES).then().body("[0].name", equalTo("<img src=x>\uFFFD'; --"));
        added(who, daily("runs", Map.of("period", "P1D", "model", "\u0000' or 1=1"), "name", "odd model"));
        added(who, daily("runs", Map.of("period", "P1D", "version", "\\u0000"), "name", "odd version"));
        added(who, daily("folder", "nightly", "fields", Map.of("language", "\u0000\\u0000"), "name", "odd field"));
        who.sends(Map.of("task", TASK, "folder", "nightly", "fields", Map.of("language", "\u0000\\u0000")))
                .post("/api/v1/batch-sources")
                .then()
                .statusCode(201);
        refused(who, daily("folder", "nightly", "name", "odd model"), "already");
        scheduler.fireDue(due(who));
    }

    private static void refused(People.Person who, Map<String, Object> schedule, String why) {
        who.sends(schedule)
                .post(SCHEDULES)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(why))
                .body("remedy", not(equalTo("")));
    }

    @Test
    void aTimetableIsShownBeforeItIsTaken() {
        People.Person who = People.made(People.first(), "analyst");
        who.asks()
                .queryParam("cron", "30 6 * * MON-FRI")
                .queryParam("zone", "Asia/Shanghai")
                .get(SCHEDULES + "/preview")
                .then()
                .statusCode(200)
                .body("next", hasSize(3))
                .body("next[0]", containsString("T06:30:00+08:00"));
        who.asks()
                .queryParam("cron", "x")
                .get(SCHEDULES + "/preview")
                .then()
                .statusCode(400)
                .body("remedy", containsString("day of week"));
    }
}
