package io.baigong.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing of a patient's record is told in logs, metrics, errors or the audit log. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PrivacyTest {
    /** A name that nothing of ours has. */
    private static final String NAME = "Quixalba";

    private static final String NOTE = NAME + " Ferrandiz has whooping cough and a fever since Monday.";

    private static final String RUNS = "/api/v1/tasks/medical.icd-coding/runs";

    @Inject
    Accounts accounts;

    private final Logger root = LogContext.getLogContext().getLogger("");
    private final Lines lines = new Lines();

    /** What is logged, with what was thrown. */
    private static final class Lines extends Handler {
        private final List<String> told = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void publish(LogRecord line) {
            told.add(new SimpleFormatter().format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() throws Exception {
        accounts.ensureFirst();
        root.addHandler(lines);
    }

    @AfterEach
    void nothingIsTold() {
        root.removeHandler(lines);
        assertThat(lines.told).noneMatch(line -> line.contains(NAME));
        assertThat(given().get("/q/metrics").then().statusCode(200).extract().asString())
                .isNotBlank()
                .doesNotContain(NAME);
    }

    @Test
    void aRunKeepsItsNoteToItself() {
        Person coder = People.ofNewTenant();
        Response made = coder.asks().multiPart("note", NOTE).post(RUNS);
        made.then().statusCode(201);
        assertThat(made.asString()).as("its reader has it").contains(NAME);
        assertThat(coder.asks().get("/api/v1/audit/entries").asString())
                .contains(made.<String>path("id"))
                .doesNotContain(NAME);
        assertThat(coder.asks().get("/api/v1/audit/export").asString()).doesNotContain(NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"name\":\"" + NAME,
                "{\"resourceType\":\"Patient\",\"name\":\"" + NAME + "\"}",
                "MSH|^~\\&|" + NAME + "|B\rPID|1||" + NAME + "\r",
                "\u0001\u0002\u0003\u0004" + NAME + "\u0005\u0006\u0007"
            })
    void anErrorDoesNotQuoteTheRecord(String record) {
        Person coder = People.ofNewTenant();
        for (Response answer : List.of(
                coder.asks().multiPart("note", record).post(RUNS),
                coder.asks()
                        .multiPart("document", "record.json", record.getBytes(StandardCharsets.UTF_8))
                        .post(RUNS))) {
            assertThat(answer.statusCode()).isBetween(400, 499);
            assertThat(answer.asString()).contains("detail").doesNotContain(NAME);
        }
    }

    @Test
    void aFileIsNotNamedByAnError() {
        Person coder = People.ofNewTenant();
        Response answer =
                coder.asks().multiPart("document", NAME + ".txt", new byte[0]).post(RUNS);
        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(answer.asString()).doesNotContain(NAME);
    }
}
