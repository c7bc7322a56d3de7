package io.baigong.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What passes through the gateway, and what is counted of it. */
class ModelProxyTest extends BetweenClientAndServer {
    @Test
    void passesTheQuestionAndTheAnswerOnAsTheyCame() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        var answer = send(call(gateway(Map.of(), there.url()), QUESTION));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(ANSWER);
        assertThat(there.calls().getFirst())
                .startsWith("POST /v1/chat/completions ")
                .endsWith(QUESTION.replace("house", "there"))
                .doesNotContain("bg-good");
        Usage usage = usage();
        assertThat(usage.key()).isEqualTo(KEY);
        assertThat(usage.status()).isEqualTo(200);
        assertThat(usage.inputTokens()).isEqualTo(5);
        assertThat(usage.outputTokens()).isEqualTo(3);
        assertThat(usage.backend()).isEqualTo("b0");
    }

    @Test
    void langChain4jTalksToItWithAndWithoutStreaming() throws Exception {
        FakeServer whole = server(FakeServer.json(200, ANSWER));
        var model = OpenAiChatModel.builder()
                .baseUrl(gateway(Map.of(), whole.url()))
                .apiKey("bg-good")
                .modelName("house")
                .build();
        assertThat(model.chat("Good day?")).isEqualTo("Good day.");

        FakeServer inParts = server(stream(delta("Good"), delta(" day."), USAGE));
        var streaming = OpenAiStreamingChatModel.builder()
                .baseUrl(gateway(Map.of(), inParts.url()))
                .apiKey("bg-good")
                .modelName("house")
                .build();
        var parts = new ArrayList<String>();
        var complete = new CompletableFuture<ChatResponse>();
        streaming.chat("Good day?", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                parts.add(part);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                complete.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                complete.completeExceptionally(error);
            }
        });
        ChatResponse response = complete.get(20, TimeUnit.SECONDS);
        assertThat(parts).containsExactly("Good", " day.");
        assertThat(response.aiMessage().text()).isEqualTo("Good day.");
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(5);
    }

    @Test
    void usageThatNobodyAskedForIsCountedButNotPassedOn() throws Exception {
        FakeServer there = server(stream(delta("Good"), USAGE));
        var answer =
                send(call(gateway(Map.of(), there.url()), "{\"stream\":true,\"model\":\"house\",\"messages\":[]}"));
        assertThat(answer.body()).isEqualTo("data: " + delta("Good") + "\n\ndata: [DONE]\n\n");
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
        assertThat(there.calls().getFirst()).contains("\"stream_options\":{\"include_usage\":true}");
        assertThat(usage().outputTokens()).isEqualTo(2);
    }

    @Test
    void aStreamOfTheResponsesApiEndsWithItsOwnLastEventAndIsCounted() throws Exception {
        budget = 10_000;
        String done = "{\"type\":\"response.completed\",\"response\":{\"id\":\"r1\",\"usage\":"
                + "{\"input_tokens\":4,\"input_tokens_details\":{\"cached_tokens\":1},\"output_tokens\":2}}}";
        FakeServer there = server(out -> FakeServer.events(out, "{\"type\":\"response.created\"}", done));
        var asked = HttpRequest.newBuilder(URI.create(gateway(Map.of(), there.url()) + "/responses"))
                .header("Authorization", "Bearer bg-good")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"house\",\"input\":\"Hi\",\"stream\":true}"));
        var answer = send(asked);
        assertThat(answer.body()).endsWith("data: " + done + "\n\n");
        assertThat(there.calls().getFirst())
                .startsWith("POST /v1/responses ")
                .endsWith("\"stream\":true,\"max_output_tokens\":4096}");
        assertThat(usage().inputTokens()).isEqualTo(4);
        assertThat(released.take().tokens()).isEqualTo(6);

        var later = send(
                asked.copy().POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"house\",\"background\":true}")));
        assertThat(later.statusCode()).isEqualTo(400);
        assertThat(later.body()).contains("\"param\":\"background\"");
    }

    @Test
    void aServerThatIsNotToSeeThemNeverSeesPersonalData() throws Exception {
        String question = "{\"model\":\"house\",\"messages\":[{\"role\":\"user\",\"content\":\"Ring 13800138000\"}]}";
        FakeServer outside = server(FakeServer.json(200, ANSWER.replace("Good day.", "I rang [PHONE_1].")));
        Map<String, String> masks = Map.of("baigong.gateway.backends.b0.mask-personal-data", "true");
        var answer = send(call(gateway(masks, outside.url()), question));
        assertThat(outside.calls().getFirst()).contains("Ring [PHONE_1]").doesNotContain("13800138000");
        assertThat(answer.body()).contains("I rang 13800138000.");
        assertThat(usage().inputTokens()).isEqualTo(5);

        FakeServer streams = server(stream(delta("I rang [PHO"), delta("NE_1]."), USAGE));
        var streamed =
                send(call(gateway(masks, streams.url()), question.replace("{\"model\"", "{\"stream\":true,\"model\"")));
        assertThat(streamed.body())
                .contains("13800138000")
                .doesNotContain("[PHO")
                .endsWith("data: [DONE]\n\n");

        FakeServer down = server(FakeServer.json(503, "{}"));
        FakeServer trusted = server(FakeServer.json(200, ANSWER));
        send(call(gateway(masks, down.url(), trusted.url()), question));
        assertThat(down.calls().getFirst()).doesNotContain("13800138000");
        assertThat(trusted.calls().getFirst()).contains("Ring 13800138000");
    }

    @Test
    void aCallerWithABudgetReservesTheMostAndPaysWhatWasUsed() throws Exception {
        budget = 10_000;
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(Map.of(), there.url());
        assertThat(send(call(gateway, QUESTION)).statusCode()).isEqualTo(200);
        assertThat(reserved.take().tokens()).isEqualTo(QUESTION.getBytes(StandardCharsets.UTF_8).length + 4096L);
        assertThat(released.take().tokens()).isEqualTo(8);
        assertThat(there.calls().getFirst()).endsWith(",\"max_tokens\":4096}");

        String nothing = "{\"model\":\"house\",\"max_tokens\":null}";
        assertThat(send(call(gateway, nothing)).statusCode()).isEqualTo(200);
        assertThat(reserved.take().tokens()).isEqualTo(nothing.length() + 4096L);
        assertThat(there.calls().get(1)).endsWith("\"max_tokens\":null,\"max_tokens\":4096}");

        String many = "{\"model\":\"house\",\"max_tokens\":5,\"n\":2,\"prompt\":[\"a\",\"b\",[1,2]]}";
        assertThat(send(call(gateway, many)).statusCode()).isEqualTo(200);
        assertThat(reserved.take().tokens()).isEqualTo(many.length() + 30L);

        String own = "{\"model\":\"house\",\"max_completion_tokens\":7,\"n\":3}";
        assertThat(send(call(gateway, own)).statusCode()).isEqualTo(200);
        assertThat(reserved.take().tokens()).isEqualTo(own.length() + 21L);
        assertThat(there.calls().get(3)).doesNotContain("max_tokens");

        var refused = send(call(gateway, "{\"model\":\"house\",\"max_tokens\":9223372036854775807,\"n\":2000000000}"));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("insufficient_quota");
        assertThat(there.calls()).hasSize(4);
    }

    @Test
    void anAnswerThatDoesNotSayWhatItUsedPaysAllThatWasReserved() throws Exception {
        budget = 10_000;
        String question = "{\"model\":\"house\",\"max_tokens\":50,\"stream\":true}";
        FakeServer silent = server(stream(delta("Good")));
        assertThat(send(call(gateway(Map.of(), silent.url()), question)).statusCode())
                .isEqualTo(200);
        assertThat(released.take().tokens()).isEqualTo(question.length() + 50L);
        FakeServer failing = server(FakeServer.json(500, "{}"));
        assertThat(send(call(gateway(Map.of(), failing.url()), question)).statusCode())
                .isEqualTo(502);
        assertThat(released.take().tokens()).isZero();
    }

    @Test
    void aCallerReservesTheDearestServersPriceAndPaysThatOfTheServerThatAnswered() throws Exception {
        budget = 10_000;
        FakeServer down = server(FakeServer.json(503, "{}"));
        FakeServer there = server(FakeServer.json(200, ANSWER));
        FakeServer streams = server(stream(delta("Good"), USAGE));
        Map<String, String> prices = Map.of(
                "baigong.gateway.models.house.targets[0].price.input", "2",
                "baigong.gateway.models.house.targets[0].price.output", "0.5",
                "baigong.gateway.models.house.targets[1].price.input", "0.3",
                "baigong.gateway.models.house.targets[1].price.output", "10.5");
        String question = "{\"model\":\"house\",\"max_tokens\":100}";
        send(call(gateway(prices, down.url(), there.url()), question));
        assertThat(reserved.take()).isEqualTo(new Cost(question.length() + 100, question.length() * 2L + 1_050));
        assertThat(usage().costMicros()).as("5 × 0.3 + 3 × 10.5 = 33").isEqualTo(33);
        assertThat(released.take()).isEqualTo(new Cost(8, 33));

        String streamed = "{\"model\":\"house\",\"max_tokens\":100,\"stream\":true}";
        send(call(gateway(prices, streams.url(), down.url()), streamed));
        assertThat(usage().costMicros()).as("5 × 2 + 2 × 0.5 = 11").isEqualTo(11);
        assertThat(released.take()).isEqualTo(new Cost(7, 11));

        FakeServer silent = server(stream(delta("Good")));
        reserved.clear();
        send(call(gateway(prices, silent.url(), down.url()), streamed));
        assertThat(released.take()).as("all that was reserved").isEqualTo(reserved.take());
        assertThatThrownBy(() -> gateway(
                        Map.of(
                                "baigong.gateway.models.house.targets[0].price.input", "-1",
                                "baigong.gateway.models.house.targets[0].price.output", "1"),
                        there.url()))
                .hasMessageContaining("a price is a number from 0");
    }

    @Test
    void aModelInProcessAnswersUnderTheSameKeysAndLedger() throws Exception {
        budget = 10_000;
        String gateway = gateway(Map.of());
        String question = "{\"model\":\"bytes\",\"input\":\"x\"}";
        var answer = send(embed(gateway, question));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[1]");
        assertThat(reserved.take().tokens()).isEqualTo(question.length());
        assertThat(released.take().tokens()).isEqualTo(9);
        Usage usage = usage();
        assertThat(usage.operation() + ' ' + usage.backend() + ' ' + usage.inputTokens())
                .isEqualTo("embeddings in process 9");
        assertThat(send(embed(gateway, "{\"model\":\"bytes\",\"input\":\"wrong\"}"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(call(gateway, question)).statusCode()).isEqualTo(404);
    }

    @Test
    void embeddingsOfAServerPassThroughWithoutALimitOfTheAnswer() throws Exception {
        budget = 10_000;
        String vectors = "{\"object\":\"list\",\"data\":[],\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}";
        FakeServer there = server(FakeServer.json(200, vectors));
        String question = "{\"model\":\"house\",\"input\":\"x\"}";
        var answer = send(embed(gateway(Map.of(), there.url()), question));
        assertThat(answer.body()).isEqualTo(vectors);
        assertThat(there.calls().getFirst())
                .startsWith("POST /v1/embeddings ")
                .endsWith(question.replace("house", "there"));
        assertThat(reserved.take().tokens()).isEqualTo(question.length());
        assertThat(usage().inputTokens()).isEqualTo(4);
    }

    @Test
    void settingsThatCantBeUsedAreNamedAndSecretsAreNotShown() {
        Map<Map<String, String>, String> wrong = Map.of(
                Map.of("baigong.gateway.backends.b.url", "file:///etc/passwd"), "backends.b.url must be an http",
                Map.of("baigong.gateway.backends.b.url", "http://x/v1", "baigong.gateway.backends.b.secret", "sk-123"),
                        "backends.b.secret must be a reference",
                Map.of(
                                "baigong.gateway.backends.b.url",
                                "http://x/v1",
                                "baigong.gateway.backends.b.secret",
                                "env:NO_SUCH_VARIABLE_HERE"),
                        "NO_SUCH_VARIABLE_HERE, which is not set",
                Map.of("baigong.gateway.models.m.targets[0].backend", "nowhere"), "names the backend nowhere");
        wrong.forEach((settings, said) -> assertThatThrownBy(() -> gateway(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said)
                .hasMessageNotContaining("sk-123"));
    }
}
