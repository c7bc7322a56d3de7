package io.baigong.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import io.agroal.api.AgroalDataSource;
import io.baigong.host.account.Accounts;
import io.baigong.journal.Tenancy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /v1} as OpenAI's own client for Java and LangChain4j see it. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(ChatServerResource.class)
class OpenAiTest {
    private static final String ENCODER = "all-minilm-l6-v2";

    @TestHTTPResource("/v1")
    URI address;

    @Inject
    Accounts accounts;

    @Inject
    AgroalDataSource database;

    @BeforeEach
    void account() throws Exception {
        accounts.ensureFirst();
    }

    private record Key(String id, String secret) {}

    private static Key key(Map<String, Object> wanted) {
        var made = given().auth()
                .preemptive()
                .basic("analyst", "correct horse battery")
                .contentType(ContentType.JSON)
                .body(wanted)
                .post("/api/v1/keys")
                .then()
                .statusCode(201)
                .body("key.createdBy", equalTo("analyst"))
                .extract();
        return new Key(made.path("key.id"), made.path("secret"));
    }

    private OpenAIClient client(String secret) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(address.toString())
                .apiKey(secret)
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams question() {
        return ChatCompletionCreateParams.builder()
                .model("house")
                .addUserMessage("Why?")
                .build();
    }

    @Test
    void openAisClientChatsStreamsEmbedsAndListsModels() {
        OpenAIClient client = client(key(Map.of("name", "all of it")).secret);
        assertThat(client.chat()
                        .completions()
                        .create(question())
                        .choices()
                        .getFirst()
                        .message()
                        .content())
                .hasValue("Because.");
        var parts = new ArrayList<String>();
        try (var stream = client.chat().completions().createStreaming(question())) {
            stream.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .forEach(choice -> choice.delta().content().ifPresent(parts::add));
        }
        assertThat(parts).containsExactly("Be", "cause.");

        var vectors = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model(ENCODER)
                        .inputOfArrayOfStrings(List.of("The seller bears the risk.", "Risk passes to the buyer."))
                        .build());
        assertThat(vectors.data()).hasSize(2);
        assertThat(vectors.data().getFirst().embedding()).hasSize(384);
        assertThat(vectors.usage().promptTokens()).isEqualTo(16);
        assertThat(client.models().list().data().stream().map(model -> model.id()))
                .contains("house", ENCODER);
    }

    @Test
    void langChain4jEmbedsAsInProcess() {
        var model = OpenAiEmbeddingModel.builder()
                .baseUrl(address.toString())
                .apiKey(key(Map.of("name", "vectors")).secret)
                .modelName(ENCODER)
                .build();
        float[] vector = model.embed("The seller bears the risk.").content().vector();
        double length = 0;
        for (float value : vector) {
            length += value * value;
        }
        assertThat(vector).hasSize(384);
        assertThat(length).isCloseTo(1, within(1e-3));
    }

    @Test
    void whatIsUsedIsWrittenDownToTheToken() throws Exception {
        Key key = key(Map.of("name", "accounts"));
        OpenAIClient client = client(key.secret);
        client.chat().completions().create(question());
        try (var stream = client.chat().completions().createStreaming(question())) {
            assertThat(stream.stream()).hasSize(2);
        }
        client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model(ENCODER)
                        .input("Risk.")
                        .build());
        List<String> rows = List.of();
        for (int i = 0; i < 100 && rows.size() < 3; i++) {
            Thread.sleep(50);
            rows = usage(key.id);
        }
        assertThat(rows)
                .containsExactly(
                        "chat/completions house there 200 false 12 3",
                        "chat/completions house there 200 true 12 3",
                        "embeddings " + ENCODER + " in process 200 false 4 0");
    }

    @Test
    void theSuiteIsReadyWhenAModelAnswers() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'models' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'models' }.data.answers", equalTo(ENCODER));
    }

    @Test
    void callsAndTokensAreMetered() {
        OpenAIClient client = client(key(Map.of("name", "metered")).secret);
        client.chat().completions().create(question());
        client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model(ENCODER)
                        .input("Risk passes on delivery.")
                        .build());
        assertThatThrownBy(() -> client.embeddings()
                        .create(EmbeddingCreateParams.builder()
                                .model("made-up-" + System.nanoTime())
                                .input("x")
                                .build()))
                .isInstanceOf(NotFoundException.class);
        String meters =
                given().get("/q/metrics").then().statusCode(200).extract().asString();
        assertThat(meters)
                .containsPattern(
                        "gen_ai_server_request_duration_seconds_count\\{[^}]*gen_ai_request_model=\"house\"[^}]*}")
                .containsPattern("gen_ai_client_token_usage_token_sum\\{[^}]*gen_ai_token_type=\"input\"[^}]*} [1-9]")
                .containsPattern("baigong_batch_sequences_total\\{[^}]*model=\"" + ENCODER + "\"[^}]*} [1-9]")
                .containsPattern("baigong_batch_queue_seconds_total\\{[^}]*model=\"" + ENCODER + "\"")
                .doesNotContain("made-up-");
    }

    @Test
    void whatAReviewAsksIsWrittenDownWithoutAKey() throws Exception {
        int before = usage(null).size();
        given().auth()
                .preemptive()
                .basic("analyst", "correct horse battery")
                .multiPart("sample", "managed-services")
                .post("/api/v1/tasks/finance.contract-review/runs")
                .then()
                .statusCode(201);
        List<String> rows = usage(null);
        for (int i = 0; i < 100 && rows.size() == before; i++) {
            Thread.sleep(50);
            rows = usage(null);
        }
        assertThat(rows).hasSize(before + 1).endsWith("chat/completions house there 200 false 12 3");

        var report = given().auth()
                .preemptive()
                .basic("analyst", "correct horse battery")
                .get("/api/v1/usage?period=hour")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        long calls = report.getLong("total.calls");
        assertThat(calls).isPositive();
        for (String part : List.of("stretches", "models", "keys")) {
            assertThat(report.getList(part + ".figures.calls", Long.class).stream()
                            .mapToLong(n -> n)
                            .sum())
                    .as(part)
                    .isEqualTo(calls);
        }
        assertThat(report.getLong("models.find { it.name == 'house' }.figures.inputTokens"))
                .isGreaterThanOrEqualTo(12);
        assertThat(report.getLong("keys.find { it.name == '' }.figures.outputTokens"))
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void aReportIsOfAKnownPeriod() {
        given().auth()
                .preemptive()
                .basic("analyst", "correct horse battery")
                .get("/api/v1/usage?period=century")
                .then()
                .statusCode(400);
    }

    private List<String> usage(@Nullable String key) throws Exception {
        return Tenancy.platform().call(() -> written(key));
    }

    private List<String> written(@Nullable String key) throws Exception {
        var rows = new ArrayList<String>();
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "select concat_ws(' ', operation, model, backend, status, streamed::text, input_tokens, output_tokens)"
                                + " from gateway_usage where key_id is not distinct from ?::uuid order by at")) {
            query.setString(1, key);
            try (var result = query.executeQuery()) {
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
        }
        return rows;
    }

    @Test
    void aKeyIsNeededAndEndsWhenRevoked() {
        assertThatThrownBy(() ->
                        client("bg-" + "0".repeat(40)).chat().completions().create(question()))
                .isInstanceOf(UnauthorizedException.class);
        given().get("/v1/models").then().statusCode(401).body("error.code", equalTo("invalid_api_key"));
        Key key = key(Map.of("name", "short-lived"));
        OpenAIClient client = client(key.secret);
        client.chat().completions().create(question());
        given().auth()
                .preemptive()
                .basic("analyst", "correct horse battery")
                .delete("/api/v1/keys/" + key.id)
                .then()
                .statusCode(200)
                .body("revokedAt", notNullValue());
        assertThatThrownBy(() -> client.chat().completions().create(question()))
                .isInstanceOf(UnauthorizedException.class);
        given().delete("/api/v1/keys/" + key.id).then().statusCode(401);
        given().auth()
                .preemptive()
                .basic("analyst", "correct horse battery")
                .get("/api/v1/keys")
                .then()
                .statusCode(200)
                .body("id", hasItems(key.id))
                .body("tenant", everyItem(equalTo("default")));
    }

    @Test
    void aKeyHasItsLimits() {
        OpenAIClient client = client(key(Map.of("name", "slow", "requestsPerMinute", 2)).secret);
        client.chat().completions().create(question());
        client.chat().completions().create(question());
        assertThatThrownBy(() -> client.chat().completions().create(question()))
                .isInstanceOf(RateLimitException.class)
                .hasMessageContaining("2 calls a minute");
    }

    @Test
    void aBudgetIsNotOverrunAndWhatIsNotUsedComesBack() {
        OpenAIClient client = client(key(Map.of("name", "thrifty", "tokensPerDay", 4_500)).secret);
        // Each reserves over 4,096 tokens, uses 15, and leaves the rest.
        client.chat().completions().create(question());
        client.chat().completions().create(question());
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(question().toBuilder()
                                .maxCompletionTokens(4_490)
                                .build()))
                .isInstanceOf(RateLimitException.class)
                .hasMessageContaining("does not suffice");
        client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model(ENCODER)
                        .input("Risk.")
                        .build());
    }

    @Test
    void aBudgetInMoneyIsNotOverrunAndWhatACallCostIsWrittenDown() throws Exception {
        Key key = key(Map.of("name", "purse", "moneyPerDay", 0.05));
        OpenAIClient client = client(key.secret);
        // In millionths, each reserves over 8 × 4,096 = 32,768, and costs 12 × 2 + 3 × 8 = 48.
        client.chat().completions().create(question());
        client.chat().completions().create(question());
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(question().toBuilder()
                                .maxCompletionTokens(6_300)
                                .build()))
                .isInstanceOf(RateLimitException.class)
                .hasMessageContaining("does not suffice");
        List<Long> costs = List.of();
        for (int i = 0; i < 100 && costs.size() < 3; i++) {
            Thread.sleep(50);
            costs = costs(key.id);
        }
        assertThat(costs).containsExactlyInAnyOrder(48L, 48L, 0L);
        var report = given().auth()
                .preemptive()
                .basic("analyst", "correct horse battery")
                .get("/api/v1/usage?period=hour")
                .then()
                .statusCode(200)
                .body("currency", equalTo("CNY"))
                .extract()
                .jsonPath();
        assertThat(report.getDouble("keys.find { it.name == 'purse' }.figures.cost"))
                .isCloseTo(0.000096, within(1e-12));
        given().auth()
                .preemptive()
                .basic("analyst", "correct horse battery")
                .get("/api/v1/keys")
                .then()
                .body("find { it.id == '" + key.id + "' }.moneyPerDay", equalTo(0.05f));
        for (Object wrong : List.of(0, -1, 1e12, 0.0000001)) {
            given().auth()
                    .preemptive()
                    .basic("analyst", "correct horse battery")
                    .contentType(ContentType.JSON)
                    .body(Map.of("name", "wrong", "moneyPerDay", wrong))
                    .post("/api/v1/keys")
                    .then()
                    .statusCode(400);
        }
    }

    private List<Long> costs(String key) throws Exception {
        return Tenancy.platform().call(() -> {
            var costs = new ArrayList<Long>();
            try (var connection = database.getConnection();
                    var query = connection.prepareStatement(
                            "select cost_micros from gateway_usage where key_id = ?::uuid")) {
                query.setString(1, key);
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        costs.add(rows.getLong(1));
                    }
                }
            }
            return costs;
        });
    }

    @Test
    void wrongCallsAreRefusedInOpenAisTerms() {
        OpenAIClient client = client(key(Map.of("name", "wrong")).secret);
        assertThatThrownBy(() -> client.embeddings()
                        .create(EmbeddingCreateParams.builder()
                                .model("unknown")
                                .input("x")
                                .build()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.embeddings()
                        .create(EmbeddingCreateParams.builder()
                                .model(ENCODER)
                                .input("word ".repeat(600))
                                .build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("maximum context length is 512 tokens");
        assertThatThrownBy(() -> client.embeddings()
                        .create(EmbeddingCreateParams.builder()
                                .model(ENCODER)
                                .input("x")
                                .dimensions(100)
                                .build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("384 dimensions");
        given().auth()
                .preemptive()
                .basic("analyst", "correct horse battery")
                .contentType(ContentType.JSON)
                .body(Map.of("name", "x", "requestsPerMinute", 0))
                .post("/api/v1/keys")
                .then()
                .statusCode(400);
    }
}
