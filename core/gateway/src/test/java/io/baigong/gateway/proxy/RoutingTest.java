package io.baigong.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which server a call goes to, and which it may not go to. */
class RoutingTest extends BetweenClientAndServer {
    private static final String VECTORS =
            "{\"object\":\"list\",\"data\":[],\"usage\":{\"prompt_tokens\":4,\"total_tokens\":4}}";

    private static String conversation(String... texts) {
        var messages = new StringBuilder("{\"role\":\"system\",\"content\":\"Be brief.\"}");
        for (int i = 0; i < texts.length; i++) {
            messages.append(
                    ",{\"role\":\"" + (i % 2 == 0 ? "user" : "assistant") + "\",\"content\":\"" + texts[i] + "\"}");
        }
        return "{\"model\":\"house\",\"messages\":[" + messages + "]}";
    }

    private String backend(String gateway, String question) throws Exception {
        var answer = send(call(gateway, question));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("x-baigong-backend").orElseThrow();
    }

    private static Map<String, String> with(String... settings) {
        var all = new HashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put("baigong.gateway." + settings[i], settings[i + 1]);
        }
        return all;
    }

    /** A gateway before servers of equal weight. */
    private String balanced(FakeServer... servers) throws Exception {
        var settings = new TreeMap<String, String>();
        String[] urls = new String[servers.length];
        for (int i = 0; i < servers.length; i++) {
            urls[i] = servers[i].url();
            settings.put("baigong.gateway.models.even.targets[" + i + "].backend", "b" + i);
        }
        return gateway(settings, urls);
    }

    @Test
    void theTurnsOfAConversationGoToOneServerAndConversationsToAll() throws Exception {
        String gateway = balanced(
                server(FakeServer.json(200, ANSWER)),
                server(FakeServer.json(200, ANSWER)),
                server(FakeServer.json(200, ANSWER)));
        var share = new TreeMap<String, Integer>();
        for (int i = 0; i < 60; i++) {
            String first = conversation("Question " + i).replace("house", "even");
            String later = conversation("Question " + i, "Answer", "And then?").replace("house", "even");
            String server = backend(gateway, first);
            assertThat(backend(gateway, later)).isEqualTo(server);
            share.merge(server, 1, Integer::sum);
        }
        assertThat(share).hasSize(3);
        assertThat(share.values()).allSatisfy(each -> assertThat(each).isBetween(8, 35));
    }

    @Test
    void aBusyServerIsLeftAloneEvenByItsOwnConversations() throws Exception {
        var hold = new CountDownLatch(1);
        FakeServer.Answer slow = out -> {
            hold.await();
            FakeServer.json(200, ANSWER).to(out);
        };
        FakeServer one = server(slow);
        FakeServer two = server(slow);
        String gateway = balanced(one, two);
        String question = conversation("Always the same").replace("house", "even");
        var waiting = new ArrayList<Thread>();
        for (int i = 0; i < 16; i++) {
            waiting.add(Thread.startVirtualThread(() -> {
                try {
                    send(call(gateway, question));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        while (one.calls().size() + two.calls().size() < 16) {
            Thread.sleep(5);
        }
        assertThat(Math.abs(one.calls().size() - two.calls().size())).isLessThanOrEqualTo(6);
        hold.countDown();
        for (Thread each : waiting) {
            each.join();
        }
    }

    @Test
    void aTenantsTextStaysInItsZonesAlsoWhenServersFail() throws Exception {
        FakeServer abroad = server(FakeServer.json(200, ANSWER));
        FakeServer atHome = server(FakeServer.json(503, "{}"));
        Map<String, String> zones =
                with("backends.b0.zone", "us", "backends.b1.zone", "eu", "guards.acme.zones", "eu,house");
        var failed = send(call(gateway(zones, abroad.url(), atHome.url()), QUESTION));
        assertThat(failed.statusCode()).isEqualTo(502);
        assertThat(atHome.calls()).hasSize(1);
        zones.put("baigong.gateway.guards.acme.zones", "house");
        var refused = send(call(gateway(zones, abroad.url(), atHome.url()), QUESTION));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("zone_not_allowed", "[house]");
        zones.put("baigong.gateway.guards.other.zones", "house");
        zones.remove("baigong.gateway.guards.acme.zones");
        zones.remove("baigong.gateway.backends.b1.zone");
        assertThat(send(call(gateway(zones, abroad.url()), QUESTION)).statusCode())
                .isEqualTo(200);
        assertThat(abroad.calls()).hasSize(1);
    }

    @Test
    void aCallGoesToAServerThatCanAnswerIt() throws Exception {
        FakeServer plain = server(FakeServer.json(200, ANSWER));
        FakeServer able = server(FakeServer.json(200, ANSWER));
        Map<String, String> settings = with(
                "models.house.targets[0].capabilities", "JSON_SCHEMA",
                "models.house.targets[0].context-tokens", "100",
                "models.house.targets[1].context-tokens", "1000",
                "models.house.targets[1].capabilities", "TOOLS,IMAGES");
        String gateway = gateway(settings, plain.url(), able.url());
        assertThat(backend(gateway, QUESTION)).isEqualTo("b0");
        String tools = "{\"model\":\"house\",\"tools\":[{\"type\":\"function\"}],\"messages\":[]}";
        assertThat(backend(gateway, tools)).isEqualTo("b1");
        assertThat(backend(gateway, "{\"model\":\"house\",\"tools\":[],\"messages\":[]}"))
                .isEqualTo("b0");
        String picture = "{\"model\":\"house\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                + "\"image_url\":{\"url\":\"data:image/png;base64," + "A".repeat(20_000) + "\"}}]}]}";
        assertThat(backend(gateway, picture)).isEqualTo("b1");
        assertThat(backend(gateway, conversation("字".repeat(300)))).isEqualTo("b1");
        assertThat(backend(gateway, "{\"model\":\"house\",\"max_tokens\":500,\"messages\":[]}"))
                .isEqualTo("b1");
        var tooLong = send(call(gateway, conversation("a word ".repeat(2_000))));
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(tooLong.body()).contains("context_length_exceeded");
        String schema = "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{}}";
        var unable = send(call(gateway, tools.replace("\"messages\"", schema + ",\"messages\"")));
        assertThat(unable.statusCode()).isEqualTo(400);
        assertThat(unable.body()).contains("unsupported_value");
    }

    @Test
    void aSlowServerOfVectorsIsNotWaitedFor() throws Exception {
        budget = 10_000;
        var hold = new CountDownLatch(1);
        FakeServer slow = server(out -> {
            hold.await(20, TimeUnit.SECONDS);
            FakeServer.json(200, VECTORS).to(out);
        });
        FakeServer fast = server(FakeServer.json(200, VECTORS));
        Map<String, String> hedged = with("models.house.hedge-after", "PT0.05S");
        String gateway = gateway(hedged, slow.url(), fast.url());
        String question = "{\"model\":\"house\",\"input\":\"x\"}";
        var answer = send(embed(gateway, question));
        assertThat(answer.body()).isEqualTo(VECTORS);
        assertThat(answer.headers().firstValue("x-baigong-backend")).hasValue("b1");
        assertThat(slow.calls()).hasSize(1);
        assertThat(usage().backend()).isEqualTo("b1");
        assertThat(released.take().tokens()).isEqualTo(4);
        hold.countDown();

        FakeServer down = server(FakeServer.json(500, "{}"));
        var failed = send(embed(gateway(hedged, down.url(), down.url()), question));
        assertThat(failed.statusCode()).isEqualTo(502);
        assertThat(send(embed(gateway(hedged, down.url(), fast.url()), question))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(call(gateway(hedged, fast.url(), slow.url()), QUESTION)).statusCode())
                .as("a conversation is sent once")
                .isEqualTo(200);
    }

    @Test
    void aServerOnTrialGetsACopyAndNobodyWaitsForIt() throws Exception {
        FakeServer there = server(FakeServer.json(200, ANSWER));
        var hold = new CountDownLatch(1);
        FakeServer trial = server(out -> {
            hold.await(20, TimeUnit.SECONDS);
            FakeServer.json(200, ANSWER.replace("\"completion_tokens\":3", "\"completion_tokens\":4"))
                    .to(out);
        });
        Map<String, String> settings = with(
                "backends.trial.url", trial.url(),
                "backends.trial.mask-personal-data", "true",
                "models.house.shadow.target.backend", "trial",
                "models.house.shadow.target.model", "new",
                "models.house.shadow.share", "1");
        String gateway = gateway(settings, there.url());
        String question = QUESTION.replace("你好", "Ring 13800138000");
        assertThat(send(call(gateway, question)).body()).isEqualTo(ANSWER);
        Usage own = usage();
        assertThat(own.shadow()).isFalse();
        assertThat(own.backend()).isEqualTo("b0");
        hold.countDown();
        Usage copy = usage();
        assertThat(copy.shadow()).isTrue();
        assertThat(copy.key()).isNull();
        assertThat(copy.tenant()).isEqualTo("acme");
        assertThat(copy.backend()).isEqualTo("trial");
        assertThat(copy.outputTokens()).isEqualTo(4);
        assertThat(copy.status()).isEqualTo(200);
        assertThat(trial.calls().getFirst()).contains("\"new\"", "[PHONE_1]").doesNotContain("13800138000");

        settings.put("baigong.gateway.models.house.shadow.share", "0");
        FakeServer streams = server(stream(delta("Good"), USAGE));
        send(call(gateway(settings, streams.url()), question));
        usage();
        settings.put("baigong.gateway.models.house.shadow.share", "1");
        settings.put("baigong.gateway.backends.trial.url", streams.url());
        send(call(gateway(settings, streams.url()), question.replace("{\"model\"", "{\"stream\":true,\"model\"")));
        assertThat(List.of(usage(), usage()))
                .extracting(Usage::shadow, Usage::outputTokens)
                .containsExactlyInAnyOrder(tuple(false, 2L), tuple(true, 2L));
        settings.put("baigong.gateway.guards.acme.zones", "house");
        settings.put("baigong.gateway.backends.trial.zone", "abroad");
        send(call(gateway(settings, there.url()), question));
        assertThat(usage().shadow()).isFalse();
        assertThat(ledger.poll(200, TimeUnit.MILLISECONDS)).isNull();
        assertThat(trial.calls()).hasSize(1);
    }

    @Test
    void whatAGuardRefusesIsSaidAsOpenAiSaysIt() throws Exception {
        budget = 10_000;
        FakeServer there = server(FakeServer.json(200, ANSWER));
        Map<String, String> settings = with("guards.acme.max-prompt-characters", "4");
        var tooLong = send(call(gateway(settings, there.url()), QUESTION));
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(tooLong.body()).contains("context_length_exceeded");
        assertThat(there.calls()).isEmpty();
        assertThat(released.take().tokens()).isZero();

        Path topics = Files.createTempFile("topics", ".txt");
        Files.writeString(topics, "days: good day\n");
        Map<String, String> blocked = with("guard.blocked-topics", topics.toString());
        var withheld = send(call(gateway(blocked, there.url()), QUESTION));
        assertThat(withheld.statusCode()).isEqualTo(403);
        assertThat(withheld.body()).contains("content_filter", "'days'").doesNotContain("Good day");
        assertThat(released.take().tokens()).as("what was used is paid").isEqualTo(8);

        FakeServer streams = server(out -> {
            FakeServer.events(out, delta("A very go"));
            Thread.sleep(300);
            for (String each : List.of(delta("od d"), delta("ay"), USAGE, "[DONE]")) {
                FakeServer.event(out, each);
            }
        });
        var stopped = send(
                call(gateway(blocked, streams.url()), QUESTION.replace("{\"model\"", "{\"stream\":true,\"model\"")));
        assertThat(stopped.body()).contains("A very ", "content_filter").doesNotContain("go\"", "[DONE]");
        Files.delete(topics);
    }
}
