package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.app.People.Person;
import io.baigong.host.access.Roles;
import io.baigong.host.account.Accounts;
import io.baigong.host.change.ChangeKind;
import io.baigong.host.change.Changes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of changes, and to whom. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ChangesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTRACTS = "finance.contract-review";
    private static final long PATIENCE_SECONDS = 30;

    @Inject
    Accounts accounts;

    @TestHTTPResource("/")
    URI address;

    @BeforeEach
    void account() throws Exception {
        accounts.ensureFirst();
    }

    /** A stream of events as its reader has it. */
    private static final class Ear implements AutoCloseable {
        private final HttpClient client = HttpClient.newHttpClient();
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final int status;
        private String id = "";

        Ear(URI address, Person person, @Nullable String last) throws Exception {
            String credentials = Base64.getEncoder()
                    .encodeToString((person.signInName() + ":" + person.password()).getBytes(StandardCharsets.UTF_8));
            var request = HttpRequest.newBuilder(address.resolve("/api/v1/events"))
                    .header("Authorization", "Basic " + credentials);
            if (last != null) {
                request.header("Last-Event-ID", last);
            }
            HttpResponse<Stream<String>> response = client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
            status = response.statusCode();
            Thread.ofVirtual().start(() -> {
                try (Stream<String> body = response.body()) {
                    body.forEach(lines::add);
                } catch (RuntimeException e) {
                    // closed
                }
                lines.add("END");
            });
        }

        /** The next line that begins so; ids are remembered. */
        String next(String begin) throws InterruptedException {
            while (true) {
                String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(line).as("a line beginning with " + begin).isNotNull();
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                }
                if (line.startsWith(begin)) {
                    return line.substring(begin.length());
                }
            }
        }

        JsonNode change() throws Exception {
            return JSON.readTree(next("data: "));
        }

        /** All that was told before something of that subject, and that. */
        List<String> until(String subject) throws Exception {
            var kinds = new ArrayList<String>();
            while (true) {
                JsonNode change = change();
                kinds.add(change.path("kind").asText());
                if (change.path("subject").asText().equals(subject)) {
                    return kinds;
                }
            }
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }

    private Ear ear(Person person) throws Exception {
        var ear = new Ear(address, person, null);
        assertThat(ear.status).isEqualTo(200);
        ear.next("id: ");
        return ear;
    }

    private static String run(Person person) {
        Response made =
                person.asks().multiPart("sample", "software-licence").post("/api/v1/tasks/" + CONTRACTS + "/runs");
        made.then().statusCode(201);
        return made.path("id");
    }

    private static void decide(Person person, String run) {
        person.sends(Map.of("subject", "f1", "verdict", "ACCEPTED"))
                .post("/api/v1/runs/" + run + "/decisions")
                .then()
                .statusCode(201);
    }

    @Test
    void aRunAndADecisionOnItAreTold() throws Exception {
        Person boss = People.ofNewTenant();
        try (Ear ear = ear(boss)) {
            String run = run(boss);
            JsonNode change = ear.change();
            assertThat(change.path("kind").asText()).isEqualTo("run");
            assertThat(change.path("subject").asText()).isEqualTo(run);
            decide(boss, run);
            assertThat(ear.until(run)).containsOnly("run");
        }
    }

    @Test
    void aBatchIsToldFromItsBeginToItsEnd() throws Exception {
        Person boss = People.ofNewTenant();
        try (Ear ear = ear(boss)) {
            Response made = boss.asks()
                    .multiPart("task", "medical.icd-coding")
                    .multiPart("records", "notes.jsonl", "{\"note\": \"fever\"}\n".getBytes(StandardCharsets.UTF_8))
                    .post("/api/v1/batches");
            made.then().statusCode(201);
            String batch = made.path("id");
            String state;
            do {
                // What happens between two looks is told once: perhaps its begin and its end together.
                assertThat(ear.until(batch)).contains("batch");
                state = boss.asks().get("/api/v1/batches/" + batch).path("state");
            } while (!state.equals("ENDED"));
        }
    }

    @Test
    void anotherTenantHearsNothingOfIt() throws Exception {
        Person one = People.ofNewTenant();
        Person other = People.ofNewTenant();
        try (Ear ear = ear(other)) {
            run(one);
            String own = run(other);
            assertThat(ear.change().path("subject").asText()).isEqualTo(own);
        }
    }

    @Test
    void whoWorksOnSomeTasksHearsOfTheseAlone() throws Exception {
        Person boss = People.ofNewTenant();
        Person coder = People.made(boss, "analyst:medical");
        Person reviewer = People.made(boss, "reviewer:" + CONTRACTS);
        try (Ear codes = ear(coder);
                Ear contracts = ear(reviewer)) {
            String contract = run(boss);
            assertThat(contracts.change().path("subject").asText()).isEqualTo(contract);
            Response note =
                    boss.asks().multiPart("note", "Pneumonia and fever.").post("/api/v1/tasks/medical.icd-coding/runs");
            note.then().statusCode(201);
            assertThat(codes.change().path("subject").asText()).isEqualTo(note.path("id"));
        }
    }

    @Test
    void whoMayNotListRunsHearsOfNone() throws Exception {
        Person boss = People.ofNewTenant();
        Person administrator = People.made(boss, Roles.ADMINISTRATOR);
        try (Ear ear = ear(administrator);
                Ear hers = ear(boss)) {
            String run = run(boss);
            hers.until(run);
            hers.next("id: ");
            ear.next("id: ");
            ear.next("id: ");
            assertThat(ear.lines).noneMatch(line -> line.startsWith("data"));
        }
    }

    @Test
    void eachRoleIsLetInAndNobodyElse() throws Exception {
        for (String role : Roles.ALL) {
            try (Ear ear = ear(People.made(People.first(), role))) {
                assertThat(ear.status).isEqualTo(200);
            }
        }
        try (Ear ear = new Ear(address, People.made(People.first()), null)) {
            assertThat(ear.status).isEqualTo(403);
        }
        try (Ear ear = new Ear(address, new Person("nobody", "nobody", "wrong"), null)) {
            assertThat(ear.status).isEqualTo(401);
        }
    }

    @Test
    void whoComesBackMissesNothing() throws Exception {
        Person boss = People.ofNewTenant();
        String last;
        try (Ear ear = ear(boss)) {
            last = ear.id;
        }
        String run = run(boss);
        try (Ear ear = new Ear(address, boss, last)) {
            assertThat(ear.until(run)).contains("run");
        }
    }

    @Test
    void whoComesBackFromNowhereIsToldThatAnythingMayHaveChanged() throws Exception {
        Person boss = People.ofNewTenant();
        for (String last : List.of("x", "1/1:1:", "99999999999/9:1:", "99999999999/1:2:9'", "9".repeat(5_000))) {
            try (Ear ear = new Ear(address, boss, last)) {
                assertThat(ear.status).isEqualTo(200);
                for (ChangeKind kind : ChangeKind.values()) {
                    JsonNode change = ear.change();
                    assertThat(change.path("kind").asText()).as(last).isEqualTo(kind.word());
                    assertThat(change.path("subject").isNull()).isTrue();
                }
            }
        }
    }

    @Test
    void ofAChangeHearWhoMayListIt() throws Exception {
        Map<ChangeKind, String> lists = Map.of(
                ChangeKind.RUN, "/api/v1/runs",
                ChangeKind.BATCH, "/api/v1/batches",
                ChangeKind.TRAINING, "/api/v1/training/jobs",
                ChangeKind.MODEL, "/api/v1/models",
                ChangeKind.ALARM, "/api/v1/telemetry/alarms",
                ChangeKind.ALERT, "/api/v1/decay");
        assertThat(lists).containsOnlyKeys(ChangeKind.values());
        // RightsTest keeps the table true.
        String table = Files.readString(Path.of("../../docs/guides/identity.md"));
        lists.forEach((kind, path) -> assertThat(table)
                .contains("| GET | " + path + " | "
                        + kind.readers().stream().sorted().collect(Collectors.joining(", ")) + " |"));
    }

    @Test
    void aPersonsOldestStreamGivesWay() throws Exception {
        Person boss = People.ofNewTenant();
        var ears = new ArrayList<Ear>();
        try {
            for (int i = 0; i <= Changes.MOST_OF_A_PERSON; i++) {
                ears.add(ear(boss));
            }
            ears.getFirst().next("END");
            String run = run(boss);
            ears.get(1).until(run);
            ears.getLast().until(run);
        } finally {
            ears.forEach(Ear::close);
        }
    }
}
