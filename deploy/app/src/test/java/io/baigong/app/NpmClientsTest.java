package io.baigong.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.host.account.Accounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /v1} as OpenAI's client for JavaScript and the conformance probe CompatCanary see it, from the npm registry. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(ChatServerResource.class)
class NpmClientsTest {
    private static final Path SOURCES = Path.of("src", "test", "npm");
    private static final Path FOLDER = Path.of("target", "npm");
    private static final int MOST_SECONDS = 180;

    @TestHTTPResource("/v1")
    URI address;

    @Inject
    Accounts accounts;

    private final ObjectMapper mapper = new ObjectMapper();

    @BeforeEach
    void install() throws Exception {
        accounts.ensureFirst();
        Files.createDirectories(FOLDER);
        for (String file : List.of("package.json", "package-lock.json", "openai.js")) {
            Files.write(FOLDER.resolve(file), Files.readAllBytes(SOURCES.resolve(file)));
        }
        if (!Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))) {
            run("", "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        }
    }

    @Test
    void openAisClientUnderstandsEveryAnswer() throws Exception {
        JsonNode seen = mapper.readTree(run(key(), "node", "openai.js"));
        assertThat(seen.path("whole").asText()).isEqualTo("Because.");
        assertThat(seen.path("tokens").asInt()).isEqualTo(15);
        assertThat(seen.path("parts")).isEqualTo(mapper.readTree("[\"Be\", \"cause.\"]"));
        assertThat(seen.path("tool").asText()).isEqualTo("ask");
        assertThat(seen.path("response").asText()).isEqualTo("Because.");
        assertThat(seen.path("responseTypes"))
                .isEqualTo(mapper.readTree(
                        "[\"response.created\", \"response.output_text.delta\", \"response.completed\"]"));
        assertThat(seen.path("widths")).isEqualTo(mapper.readTree("[384, 384]"));
        assertThat(seen.path("models")).contains(mapper.readTree("\"house\""));
        assertThat(seen.path("error")).isEqualTo(mapper.readTree("[\"NotFoundError\", 404, \"model_not_found\"]"));
    }

    @Test
    void compatCanaryFindsNothingMissing() throws Exception {
        JsonNode report = mapper.readTree(run(
                key(),
                "node",
                "node_modules/compatcanary/src/cli.js",
                "scan",
                "--base-url",
                address.toString(),
                "--model",
                "house",
                "--format",
                "json",
                "--fail-on",
                "never"));
        assertThat(report.path("score").asInt()).as(report.toPrettyString()).isEqualTo(100);
        assertThat(report.path("compatible").asBoolean()).isTrue();
    }

    private static String key() {
        return given().auth()
                .preemptive()
                .basic("analyst", "correct horse battery")
                .contentType(ContentType.JSON)
                .body(Map.of("name", "npm"))
                .post("/api/v1/keys")
                .path("secret");
    }

    /** Runs a command beside the packages; its output. Fails with that when the command does. */
    private String run(String key, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectError(FOLDER.resolve("stderr.txt").toFile());
        builder.environment().put("OPENAI_BASE_URL", address.toString());
        builder.environment().put("OPENAI_API_KEY", key);
        Path output = FOLDER.resolve("stdout.txt");
        Process process = builder.redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended && process.exitValue() == 0)
                .as("%s%n%s%n%s", String.join(" ", command), said, Files.readString(FOLDER.resolve("stderr.txt")))
                .isTrue();
        return said;
    }
}
