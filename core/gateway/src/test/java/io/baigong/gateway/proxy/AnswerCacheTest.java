package io.baigong.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Answers given again: to whom, for what, how long, and what is counted. */
class AnswerCacheTest extends BetweenClientAndServer {
    private static final Map<String, String> HOUR = Map.of("baigong.gateway.models.house.cache", "PT1H");

    private static void isFrom(HttpResponse<String> answer, String source) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-baigong-backend")).hasValue(source);
    }

    @Test
    void theSameRequestInAnotherOrderIsAnsweredAgainAndCostsNothing() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(HOUR, there.url());
        isFrom(send(call(gateway, "{\"model\":\"house\",\"temperature\":0,\"messages\":[]}")), "b0");
        var again = send(call(gateway, "{\"messages\": [],\"temperature\":0, \"model\":\"house\"}"));
        isFrom(again, "cache");
        assertThat(again.body()).isEqualTo(ANSWER);
        assertThat(again.headers().firstValue("age")).isPresent();
        assertThat(there.calls()).hasSize(1);
        assertThat(usage().inputTokens()).isEqualTo(5);
        Usage free = usage();
        assertThat(free.inputTokens() + free.outputTokens()).isZero();
        assertThat(free.backend()).isEqualTo("cache");

        isFrom(send(call(gateway, "{\"model\":\"house\",\"temperature\":1,\"messages\":[]}")), "b0");
        assertThat(there.calls()).hasSize(2);
    }

    @Test
    void aStreamIsGivenAgainAsAStreamAndOnlyWhole() throws Exception {
        FakeServer there = server(stream(delta("Good"), USAGE));
        String gateway = gateway(HOUR, there.url());
        String question = "{\"model\":\"house\",\"stream\":true,\"messages\":[]}";
        var first = send(call(gateway, question));
        var again = send(call(gateway, question));
        isFrom(again, "cache");
        assertThat(again.body()).isEqualTo(first.body()).endsWith("data: [DONE]\n\n");
        assertThat(again.headers().firstValue("content-type")).hasValue("text/event-stream");

        FakeServer breaks = server(out -> FakeServer.events(out, delta("Go")));
        String other = gateway(HOUR, breaks.url());
        send(call(other, question));
        send(call(other, question));
        assertThat(breaks.calls()).hasSize(2);
    }

    @Test
    void anErrorIsNotKeptNorAnythingOfAModelWithoutCache() throws Exception {
        var answers = new AtomicInteger();
        FakeServer there = server(out -> FakeServer.json(answers.getAndIncrement() == 0 ? 400 : 200, ANSWER)
                .to(out));
        String gateway = gateway(HOUR, there.url());
        assertThat(send(call(gateway, QUESTION)).statusCode()).isEqualTo(400);
        isFrom(send(call(gateway, QUESTION)), "b0");
        isFrom(send(call(gateway, QUESTION)), "cache");

        String without = gateway(Map.of(), there.url());
        isFrom(send(call(without, QUESTION)), "b0");
        isFrom(send(call(without, QUESTION)), "b0");
    }

    @Test
    void theCallerMayAskForAFreshAnswerOrForNoneToBeKept() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(HOUR, there.url());
        isFrom(send(call(gateway, QUESTION).header("Cache-Control", "no-store")), "b0");
        isFrom(send(call(gateway, QUESTION)), "b0");
        isFrom(send(call(gateway, QUESTION).header("Cache-Control", "no-cache")), "b0");
        isFrom(send(call(gateway, QUESTION)), "cache");
        assertThat(there.calls()).hasSize(3);
    }

    @Test
    void anotherKeyNeverSeesIt() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(HOUR, there.url());
        isFrom(send(call(gateway, QUESTION)), "b0");
        isFrom(send(call(gateway, QUESTION).setHeader("Authorization", "Bearer bg-other")), "b0");
        isFrom(send(call(gateway, QUESTION).setHeader("Authorization", "Bearer bg-other")), "cache");
        assertThat(there.calls()).hasSize(2);
    }

    @Test
    void aGuardThatIsChangedIsNotPassedByWhatWasKeptBefore() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String gateway = gateway(HOUR, there.url());
        isFrom(send(call(gateway, QUESTION)), "b0");
        block("good day");
        assertThat(send(call(gateway, QUESTION)).statusCode()).isEqualTo(403);
        proxy.routes.add(RouteSettings.NONE);
        isFrom(send(call(gateway, QUESTION)), "cache");
    }

    @Test
    void endsAfterItsTimeAndStaysWithinItsBytes() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        String brief = gateway(Map.of("baigong.gateway.models.house.cache", "PT0.05S"), there.url());
        isFrom(send(call(brief, QUESTION)), "b0");
        Thread.sleep(100);
        isFrom(send(call(brief, QUESTION)), "b0");

        String small = gateway(
                Map.of("baigong.gateway.models.house.cache", "PT1H", "baigong.gateway.cache-bytes", "100"),
                there.url());
        isFrom(send(call(small, QUESTION)), "b0");
        isFrom(send(call(small, QUESTION)), "b0");
    }
}
