package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports from the audit log over REST. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class AuditReportTest {
    private static final String REPORTS = "/api/v1/audit/reports/";

    @Inject
    Accounts accounts;

    @BeforeEach
    void account() throws Exception {
        accounts.ensureFirst();
    }

    private static String run(Person who, String correlation) {
        return who.asks()
                .header("X-Correlation-Id", correlation)
                .multiPart("sample", "managed-services")
                .post("/api/v1/tasks/finance.contract-review/runs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static void decide(Person who, String run, String verdict) {
        who.sends(Map.of("subject", "f1", "verdict", verdict))
                .post("/api/v1/runs/" + run + "/decisions")
                .then()
                .statusCode(201);
    }

    private static List<JsonPath> lines(Person who, String report) {
        return who.asks()
                .get(REPORTS + report)
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .map(JsonPath::from)
                .toList();
    }

    private static List<String> column(List<JsonPath> lines, String name) {
        return lines.subList(1, lines.size() - 1).stream()
                .map(line -> line.getString(name))
                .toList();
    }

    @Test
    void reportsAreOfWhatWasAskedForAndOfOneTenant() {
        Person boss = People.ofNewTenant();
        String correlation = "case-" + UUID.randomUUID();
        String run = run(boss, correlation);
        decide(boss, run, "ACCEPTED");
        decide(boss, run, "REJECTED");
        run(boss, "another");
        run(People.first(), correlation);

        for (String record : List.of(run, correlation)) {
            var touching = lines(boss, "record?format=jsonl&record=" + record);
            assertThat(column(touching, "kind")).containsSubsequence("run", "decision", "decision");
            assertThat(column(touching, "subject")).contains(run).doesNotContain("another");
            assertThat(touching.getLast().getInt("rows")).isEqualTo(touching.size() - 2);
        }
        var input = lines(boss, "record?format=jsonl&record=" + run);
        String digest = column(input, "input").getFirst();
        assertThat(column(lines(boss, "record?format=jsonl&record=" + digest), "kind"))
                .as("the other run had the same input")
                .containsExactly("run", "decision", "decision", "run");

        assertThat(column(lines(boss, "overrides?format=jsonl"), "detail"))
                .containsExactly("item=f1; verdict=REJECTED");
        String[] model = column(input, "models").getFirst().split(" ", 3);
        assertThat(column(lines(boss, "model?format=jsonl&model=" + model[1]), "kind"))
                .containsExactly("run", "decision", "decision", "run");
        assertThat(lines(boss, "model?format=jsonl&to=2020-01-01T00:00:00Z&model=" + model[1]))
                .hasSize(2);

        var facts = lines(boss, "algorithm-filing?format=jsonl");
        assertThat(column(facts, "fact")).contains("ANSWERED", "REJECTED", "sha256");
        assertThat(column(facts, "fact_zh")).contains("人工驳回");

        var act = lines(boss, "ai-act?format=jsonl");
        assertThat(column(act, "leaf")).allMatch(leaf -> leaf.contains("\"tenant\":\"" + boss.tenant() + "\""));
        assertThat(act.getFirst().getMap("about"))
                .containsKeys("log size", "log root", "signed head", "Art. 12(2)(a)", "Art. 19(1), 26(6)");
        assertThat(column(act, "demand")).contains("12(1) 12(2)(b) 12(2)(c)");
        assertThat(column(act, "subject")).as("making reports is in the log").contains("audit-report");

        byte[] pdf = boss.asks()
                .get(REPORTS + "ai-act?format=pdf&lang=zh")
                .then()
                .statusCode(200)
                .contentType("application/pdf")
                .extract()
                .asByteArray();
        assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");

        String csv = boss.asks()
                .get(REPORTS + "overrides")
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("text/csv; charset=UTF-8; header=present"))
                .extract()
                .asString();
        assertThat(csv).startsWith("row,name,value,seq,logged,").endsWith("\r\nabout,rows,1" + ",".repeat(17) + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model",
                "model?model=x",
                "record",
                "overrides?format=xls",
                "overrides?from=yesterday",
                "overrides?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                "record?record=%00"
            })
    void whatCanNotBeMeantIsAProblem(String report) {
        People.first()
                .asks()
                .urlEncodingEnabled(false)
                .get(REPORTS + report)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }
}
