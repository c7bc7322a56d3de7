package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.baigong.host.account.Accounts;
import io.baigong.host.batch.BatchConfig;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Folders that are watched, over REST and on disk. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class BatchSourceTest {
    private static final String SOURCES = "/api/v1/batch-sources";
    private static final String TASK = "medical.icd-coding";

    @Inject
    Accounts accounts;

    @Inject
    BatchConfig config;

    @BeforeEach
    void ensureFirst() throws SQLException {
        accounts.ensureFirst();
    }

    private static List<Map<String, String>> files(People.Person who, String source, int count) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (true) {
            List<Map<String, String>> files =
                    who.asks().get(SOURCES + "/" + source + "/files").path("");
            if (files.size() == count) {
                return files;
            }
            assertThat(Instant.now()).as(files.toString()).isBefore(end);
            Thread.sleep(100);
        }
    }

    @Test
    void eachCompleteFileOfAFolderBecomesOneBatch() throws Exception {
        People.Person who = People.ofNewTenant();
        Path inbox = Files.createDirectories(config.folders().orElseThrow().resolve(who.tenant() + "/inbox"));
        String notes = "{\"note\": \"Hypertension.\"}\n";
        Files.writeString(inbox.resolve("a.jsonl"), notes);
        Files.writeString(inbox.resolve("b.jsonl.part"), notes);
        Files.createSymbolicLink(inbox.resolve("c.jsonl"), inbox.resolve("a.jsonl"));
        String source = who.sends(Map.of("task", TASK, "folder", "inbox", "fields", Map.of("language", "en")))
                .post(SOURCES)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        String batch = files(who, source, 1).getFirst().get("batch");
        who.asks()
                .get("/api/v1/batches/" + batch)
                .then()
                .body("name", equalTo("a.jsonl"))
                .body("total", equalTo(1));
        Files.writeString(inbox.resolve("again.jsonl"), notes);
        Files.writeString(inbox.resolve("bad.jsonl"), "{\"colour\": \"red\"}");
        List<Map<String, String>> files = files(who, source, 2);
        assertThat(files.getFirst().get("refused")).contains("colour");
        Files.writeString(inbox.resolve("a.jsonl"), notes + notes);
        files(who, source, 3);
        who.asks().get("/api/v1/batches").then().header("X-Total-Count", "2");

        who.asks().get("/api/v1/audit/entries").then().body("leaf.entry.kind", hasItem("configuration"));
        People.Person other = People.ofNewTenant();
        other.asks().get(SOURCES).then().body("", empty());
        other.asks().get(SOURCES + "/" + source + "/files").then().statusCode(404);
        other.asks().delete(SOURCES + "/" + source).then().statusCode(404);
        who.asks().get(SOURCES).then().body("", hasSize(1));
        who.asks().delete(SOURCES + "/" + source).then().statusCode(204);
        who.asks().get(SOURCES).then().body("", empty());
    }

    @Test
    void whatCannotBeWatchedIsRefused() throws Exception {
        People.Person who = People.ofNewTenant();
        Files.createDirectories(config.folders().orElseThrow().resolve(who.tenant() + "/inbox"));
        for (String folder : List.of("../default", "/etc", "inbox/..", "none", "")) {
            who.sends(Map.of("task", TASK, "folder", folder))
                    .post(SOURCES)
                    .then()
                    .statusCode(400);
        }
        who.sends(Map.of("task", TASK, "folder", "inbox", "fields", Map.of("colour", "red")))
                .post(SOURCES)
                .then()
                .statusCode(400)
                .body("detail", containsString("colour"));
        who.sends(Map.of("task", "no.such", "folder", "inbox"))
                .post(SOURCES)
                .then()
                .statusCode(400);
        who.sends(Map.of("folder", "inbox")).post(SOURCES).then().statusCode(400);
        who.sends(Map.of("task", TASK, "folder", "inbox")).post(SOURCES).then().statusCode(201);
        who.sends(Map.of("task", TASK, "folder", "inbox"))
                .post(SOURCES)
                .then()
                .statusCode(400)
                .body("detail", containsString("already"));
    }
}
