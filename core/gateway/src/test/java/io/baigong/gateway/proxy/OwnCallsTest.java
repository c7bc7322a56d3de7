package io.baigong.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Calls of the suite itself. */
class OwnCallsTest extends BetweenClientAndServer {
    @Test
    void whatACallUsedIsReadAndCountedOnItsEventLoop() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        ProxyConfig config = config(Map.of(
                "baigong.gateway.backends.b0.url",
                there.url(),
                "baigong.gateway.models.house.targets[0].backend",
                "b0",
                "baigong.gateway.models.house.targets[0].model",
                "there"));
        var onLoop = new LinkedBlockingQueue<Boolean>();
        var calls = new OwnCalls(
                vertx,
                config,
                new Routes(config, vertx, InstantSource.system()),
                usage -> {
                    onLoop.add(Context.isOnEventLoopThread());
                    ledger.add(usage);
                },
                InstantSource.system());
        assertThat(calls.answer(Operation.CHAT, QUESTION, Duration.ofSeconds(10)))
                .isEqualTo(ANSWER);
        assertThat(onLoop.poll(10, TimeUnit.SECONDS)).isTrue();
        Usage usage = usage();
        assertThat(usage.status()).isEqualTo(200);
        assertThat(usage.backend()).isEqualTo("b0");
        assertThat(usage.inputTokens()).isEqualTo(5);
    }
}
