package io.baigong.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.baigong.gateway.ChatConfig;
import io.baigong.gateway.Gateway;
import io.baigong.gateway.QuestionEncoders;
import io.baigong.registry.Registry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers given again for questions that mean the same, by the encoders that ship: to whom, for what, how long. */
class SemanticCacheTest extends BetweenClientAndServer {
    private static final String LIFETIME = "baigong.gateway.models.house.semantic-cache.lifetime";
    private static final String THRESHOLD = "baigong.gateway.models.house.semantic-cache.threshold";
    private static final Map<String, String> HOUR = Map.of(LIFETIME, "PT1H", THRESHOLD, "0.9");
    private static final String HOW = "How do I reset my password?";
    private static final String HOW_ELSE = "How can I reset my password?";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Gateway models;
    private static QuestionEncoders encoders;

    private record NoChat() implements ChatConfig {
        @Override
        public Optional<String> model() {
            return Optional.empty();
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(1);
        }
    }

    @BeforeAll
    static void open() {
        models = new Gateway(Registry.of(List.of(), Map.of()), new NoChat(), () -> {
            throw new IllegalStateException("there is no chat model");
        });
        encoders = new QuestionEncoders(models);
    }

    @AfterAll
    static void close() {
        encoders.close();
        models.close();
    }

    @Override
    Function<Script, EmbeddingModel> encoders() {
        return encoders;
    }

    private static String ask(String question, Object... more) throws JsonProcessingException {
        var request = new HashMap<String, Object>();
        request.put("model", "house");
        request.put("messages", List.of(Map.of("role", "user", "content", question)));
        for (int i = 0; i < more.length; i += 2) {
            request.put((String) more[i], more[i + 1]);
        }
        return JSON.writeValueAsString(request);
    }

    private static void isFrom(HttpResponse<String> answer, String source) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-baigong-backend")).hasValue(source);
    }

    private double lookups(String result) {
        var timer = meters.find("baigong.gateway.semantic_cache.lookup")
                .tag("result", result)
                .timer();
        return timer == null ? 0 : timer.count();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How do I reset my password?       | How can I reset my password?
            What is the capital of France?    | What's the capital city of France?
            怎么重置我的登录密码？              | 如何重置我的登录密码？
            请问如何申请退款                   | 如何申请退款？
            """)
    void aQuestionThatMeansTheSameIsAnsweredAgainAndCostsNothing(String first, String second) throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(HOUR, there.url());
        isFrom(send(call(gateway, ask(first))), "b0");
        var again = send(call(gateway, ask(second)));
        isFrom(again, "semantic-cache");
        assertThat(again.body()).isEqualTo(ANSWER);
        assertThat(again.headers().firstValue("age")).isPresent();
        assertThat(Double.parseDouble(
                        again.headers().firstValue("x-baigong-similarity").orElseThrow()))
                .isBetween(0.9, 1.0001);
        assertThat(there.calls()).hasSize(1);
        assertThat(usage().backend()).isEqualTo("b0");
        Usage free = usage();
        assertThat(free.backend()).isEqualTo("semantic-cache");
        assertThat(free.inputTokens() + free.outputTokens() + free.costMicros()).isZero();
        assertThat(lookups("hit")).isEqualTo(1);
        assertThat(lookups("miss")).isEqualTo(1);
        assertThat(meters.get("baigong.gateway.semantic_cache.size").gauge().value())
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Is it safe to take 2 tablets a day?         | Is it safe to take 3 tablets a day?
            Which cells are allowed in this sheet?      | Which cells are not allowed in this sheet?
            Is −5 degrees too cold for the vaccine?     | Is 5 degrees too cold for the vaccine?
            Do we ship to Canada?                       | Don't we ship to Canada?
            How do I enable two-factor sign-in?         | How do I disable two-factor sign-in?
            How far is it from paris to london          | How far is it from london to paris
            What does Mr Smith owe us?                  | What does Mr Smyth owe us?
            合同可以提前解除吗                            | 合同不可以提前解除吗
            保修期是两年吗                               | 保修期是三年吗
            从北京飞上海要多久                            | 从上海飞北京要多久
            怎么打开wifi                                | 怎么打开nfc
            押金什么时候退给承租人                         | 押金什么时候退给出租人
            请把款汇给张㼆                               | 请把款汇给张㽏
            """)
    void aQuestionThatTurnsOnAWordIsAskedAnew(String first, String second) throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(Map.of(LIFETIME, "PT1H", THRESHOLD, "0.5"), there.url());
        isFrom(send(call(gateway, ask(first))), "b0");
        isFrom(send(call(gateway, ask(second))), "b0");
        assertThat(lookups("differs")).as("near, but for its words").isEqualTo(1);
    }

    @Test
    void allElseOfTheRequestMustBeEqual() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(HOUR, there.url());
        isFrom(send(call(gateway, ask(HOW))), "b0");
        List<String> others = List.of(
                ask(HOW_ELSE, "temperature", 0.5),
                ask(HOW_ELSE, "response_format", Map.of("type", "json_object")),
                ask(HOW_ELSE, "tools", List.of(Map.of("type", "function", "function", Map.of("name", "f")))),
                ask(HOW_ELSE, "tools", List.of()),
                ask(HOW_ELSE, "user", "u2"),
                ask(
                        "",
                        "messages",
                        List.of(
                                Map.of("role", "system", "content", "Be brief."),
                                Map.of("role", "user", "content", HOW_ELSE))),
                ask("", "messages", List.of(Map.of("role", "assistant", "content", HOW_ELSE))),
                ask("x".repeat(501)));
        for (String other : others) {
            isFrom(send(call(gateway, other)), "b0");
            isFrom(
                    send(call(gateway, other)),
                    other.contains("tools") || !other.contains(HOW_ELSE) || other.contains("assistant")
                            ? "b0"
                            : "semantic-cache");
        }
        isFrom(send(call(gateway, ask(HOW_ELSE))), "semantic-cache");
    }

    @Test
    void neitherAnotherKeyNorAnotherTenantEverSeesIt() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(HOUR, there.url());
        isFrom(send(call(gateway, ask(HOW))), "b0");
        for (String stranger : List.of("Bearer bg-other", "Bearer bg-abroad")) {
            isFrom(send(call(gateway, ask(HOW)).setHeader("Authorization", stranger)), "b0");
            isFrom(send(call(gateway, ask(HOW_ELSE)).setHeader("Authorization", stranger)), "semantic-cache");
        }
        assertThat(there.calls()).hasSize(3);
    }

    @Test
    void aGuardThatIsChangedIsNotPassedByWhatWasKeptBefore() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(HOUR, there.url());
        isFrom(send(call(gateway, ask(HOW))), "b0");
        block("good day");
        assertThat(send(call(gateway, ask(HOW_ELSE))).statusCode()).isEqualTo(403);
        proxy.routes.add(RouteSettings.NONE);
        isFrom(send(call(gateway, ask(HOW_ELSE))), "semantic-cache");
    }

    @Test
    void theThresholdIsTheModels() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String strict = gateway(Map.of(LIFETIME, "PT1H", THRESHOLD, "0.9999"), there.url());
        isFrom(send(call(strict, ask(HOW))), "b0");
        isFrom(send(call(strict, ask(HOW_ELSE))), "b0");
        isFrom(send(call(strict, ask("how do i reset my password?"))), "semantic-cache");
    }

    @Test
    void endsAfterItsTimeAndStaysWithinItsBytes() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String brief = gateway(Map.of(LIFETIME, "PT0.05S"), there.url());
        isFrom(send(call(brief, ask(HOW))), "b0");
        Thread.sleep(100);
        isFrom(send(call(brief, ask(HOW))), "b0");

        String small = gateway(Map.of(LIFETIME, "PT1H", "baigong.gateway.semantic-cache-bytes", "6000"), there.url());
        isFrom(send(call(small, ask(HOW))), "b0");
        isFrom(send(call(small, ask("Where is the nearest branch?"))), "b0");
        isFrom(send(call(small, ask(HOW))), "b0");
        isFrom(send(call(small, ask(HOW))), "semantic-cache");
    }

    @Test
    void aStreamIsGivenAgainAsAStreamAndOnlyWhole() throws Exception {
        FakeServer there = server(stream(delta("Good"), USAGE));
        String gateway = gateway(HOUR, there.url());
        var first = send(call(gateway, ask(HOW, "stream", true)));
        var again = send(call(gateway, ask(HOW_ELSE, "stream", true)));
        isFrom(again, "semantic-cache");
        assertThat(again.body()).isEqualTo(first.body()).endsWith("data: [DONE]\n\n");
        assertThat(again.headers().firstValue("content-type")).hasValue("text/event-stream");
        isFrom(send(call(gateway, ask(HOW_ELSE, "stream", true, "stream_options", Map.of()))), "b0");

        FakeServer breaks = server(out -> FakeServer.events(out, delta("Go")));
        String other = gateway(HOUR, breaks.url());
        send(call(other, ask(HOW, "stream", true)));
        send(call(other, ask(HOW_ELSE, "stream", true)));
        assertThat(breaks.calls()).hasSize(2);
    }

    @Test
    void theExactCacheComesFirstAndTheCallerMayWantNeither() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        var both = new HashMap<>(HOUR);
        both.put("baigong.gateway.models.house.cache", "PT1H");
        String gateway = gateway(both, there.url());
        isFrom(send(call(gateway, ask(HOW)).header("Cache-Control", "no-store")), "b0");
        isFrom(send(call(gateway, ask(HOW))), "b0");
        isFrom(send(call(gateway, ask(HOW))), "cache");
        isFrom(send(call(gateway, ask(HOW_ELSE))), "semantic-cache");
        isFrom(send(call(gateway, ask(HOW_ELSE)).header("Cache-Control", "no-cache")), "b0");
        assertThat(there.calls()).hasSize(3);
    }

    @Test
    void aBudgetIsNotTouchedAndAnErrorIsNotKept() throws Exception {
        var answers = new AtomicInteger();
        FakeServer there = server(out -> FakeServer.json(answers.getAndIncrement() == 0 ? 400 : 200, ANSWER)
                .to(out));
        String gateway = gateway(HOUR, there.url());
        budget = 100_000;
        assertThat(send(call(gateway, ask(HOW))).statusCode()).isEqualTo(400);
        isFrom(send(call(gateway, ask(HOW))), "b0");
        reserved.clear();
        isFrom(send(call(gateway, ask(HOW_ELSE))), "semantic-cache");
        assertThat(reserved).isEmpty();
    }

    @Test
    void whatIsMaskedIsPutBackAndOtherPeoplesDataIsAnotherQuestion() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER.replace("Good day.", "I called [PHONE_1].")));
        var masked = new HashMap<>(HOUR);
        masked.put("baigong.gateway.backends.b0.mask-personal-data", "true");
        String gateway = gateway(masked, there.url());
        String his = send(call(gateway, ask("Please call 13812345678 for me"))).body();
        assertThat(his).contains("I called 13812345678.");
        var again = send(call(gateway, ask("please call 13812345678 for me, please")));
        isFrom(again, "semantic-cache");
        assertThat(again.body()).isEqualTo(his);
        var hers = send(call(gateway, ask("Please call 13987654321 for me")));
        isFrom(hers, "b0");
        assertThat(hers.body()).contains("I called 13987654321.");
    }

    @Test
    void withoutAnEncoderTheModelIsAskedAsWithoutACache() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(HOUR, there.url());
        isFrom(send(call(gateway, ask("どうすればパスワードを再設定できますか"))), "b0");
        isFrom(send(call(gateway, ask("Как сбросить пароль?"))), "b0");
        isFrom(send(call(gateway, ask("Как сбросить пароль?"))), "b0");
    }
}
