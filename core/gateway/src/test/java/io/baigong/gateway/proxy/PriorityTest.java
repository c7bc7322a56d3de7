package io.baigong.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Calls that wait for a place at a server, over sockets. */
class PriorityTest extends BetweenClientAndServer {
    private final Semaphore go = new Semaphore(0);

    /** Answers when it may; until then a blank from time to time, so that it is not taken for dead. */
    private void whenItMay(java.io.OutputStream out) throws Exception {
        out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        while (!go.tryAcquire(50, TimeUnit.MILLISECONDS)) {
            out.write(' ');
            out.flush();
        }
        out.write(ANSWER.getBytes(StandardCharsets.UTF_8));
    }

    private String gateway(FakeServer one, String queue) throws Exception {
        return gateway(
                Map.of(
                        "baigong.gateway.backends.b0.connections", "1",
                        "baigong.gateway.backends.b0.queue", queue,
                        "baigong.gateway.idle-timeout", "PT1S"),
                one.url());
    }

    private CompletableFuture<HttpResponse<String>> ask(String gateway, String text, String priority) {
        String question = "{\"model\":\"house\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
        return client.sendAsync(
                call(gateway, question).header("x-baigong-priority", priority).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void untilAdmitted(int calls) throws InterruptedException {
        while (permits.get() != calls) {
            Thread.sleep(10);
        }
        Thread.sleep(100); // and are in the queue
    }

    @Test
    void whoSomebodyWaitsForGoesBeforeABatch() throws Exception {
        FakeServer one = server(this::whenItMay);
        String gateway = gateway(one, "3");
        var asked = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (String priority : List.of("interactive", "batch", "Interactive")) {
            asked.add(ask(gateway, "I am " + priority, priority));
            untilAdmitted(asked.size());
        }
        go.release(3);
        for (var each : asked) {
            assertThat(each.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        assertThat(one.calls()).hasSize(3);
        assertThat(one.calls().get(1)).contains("I am Interactive");
        assertThat(one.calls().get(2)).contains("I am batch");
        assertThat(ask(gateway, "Now!", "urgent").get(20, TimeUnit.SECONDS).statusCode())
                .isEqualTo(400);
    }

    @Test
    void whoFindsTheQueueFullOrWaitsTooLongComesAgainAndWhoLeavesMakesRoom() throws Exception {
        FakeServer one = server(this::whenItMay);
        String gateway = gateway(one, "1");
        var first = ask(gateway, "first", "interactive");
        untilAdmitted(1);
        var leaves = ask(gateway, "leaves", "interactive");
        untilAdmitted(2);
        var full = ask(gateway, "full", "interactive").get(20, TimeUnit.SECONDS);
        assertThat(full.statusCode()).isEqualTo(429);
        assertThat(full.headers().firstValue("retry-after")).isPresent();
        leaves.cancel(true);
        untilAdmitted(1);
        var late = ask(gateway, "late", "interactive").get(20, TimeUnit.SECONDS);
        assertThat(late.statusCode()).as("after a second").isEqualTo(429);
        go.release();
        assertThat(first.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        go.release();
        assertThat(ask(gateway, "next", "batch").get(20, TimeUnit.SECONDS).statusCode())
                .isEqualTo(200);
        assertThat(one.calls()).hasSize(2);
    }
}
