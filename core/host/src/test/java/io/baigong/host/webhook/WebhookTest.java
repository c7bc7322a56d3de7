package io.baigong.host.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.registry.history.RegistryEntry;
import io.baigong.registry.history.RegistryEvent;
import io.baigong.registry.history.Share;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program on a real socket that is told of events. */
class WebhookTest {
    private static final String SECRET = "0123456789abcdef";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final RegistryEntry PROMOTED = new RegistryEntry(
            Journal.newId(),
            "finance.clause-tagger",
            new RegistryEvent.Promoted(2, "better on our contracts", List.of(new Share(1, 90), new Share(2, 10))),
            Actor.of("ann"),
            Instant.parse("2026-01-02T03:04:05Z"));

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private HttpServer program;
    private int status = 204;

    WebhookTest() throws IOException {
        program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        program.createContext("/", exchange -> {
            headers.add(exchange.getRequestHeaders());
            bodies.add(exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        program.start();
    }

    @AfterEach
    void stop() {
        program.stop(0);
        client.close();
    }

    private record Settings(URI url, String secret, Optional<Set<String>> events) implements WebhookConfig.Target {}

    private Webhook webhook(String secret, @Nullable Set<String> events) {
        var url = URI.create("http://127.0.0.1:" + program.getAddress().getPort() + "/hook");
        return new Webhook(
                client, Duration.ofSeconds(2), "deploy", new Settings(url, secret, Optional.ofNullable(events)));
    }

    @Test
    void theProgramCanTellWhoSpeaksAndOfWhat() throws Exception {
        webhook(SECRET, null).tell(PROMOTED);

        Headers sent = headers.getFirst();
        assertThat(sent.getFirst("webhook-id")).isEqualTo(PROMOTED.id().toString());
        assertThat(Instant.ofEpochSecond(Long.parseLong(sent.getFirst("webhook-timestamp"))))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        isSigned(0);
        assertThat(JSON.readTree(bodies.getFirst())).isEqualTo(JSON.readTree("""
                                {"type": "model.promoted", "timestamp": "2026-01-02T03:04:05Z",
                                 "data": {"role": "finance.clause-tagger", "by": "ann", "version": 2, "reason": "better on our contracts",
                                          "shares": {"1": 90, "2": 10}}}
                                """));
    }

    private void isSigned(int message) throws GeneralSecurityException {
        Headers sent = headers.get(message);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        mac.update((sent.getFirst("webhook-id") + "." + sent.getFirst("webhook-timestamp") + ".").getBytes(UTF_8));
        assertThat(sent.getFirst("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(bodies.get(message))));
    }

    @Test
    void anEncodedSecretIsTheSameKey() throws Exception {
        webhook("whsec_" + Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8)), null)
                .tell(PROMOTED);
        isSigned(0);
    }

    /** A head at once, and a body that never ends. */
    @Test
    void whoNeverEndsItsAnswerDidNotTakeIt() {
        program.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
        });
        var url = URI.create("http://127.0.0.1:" + program.getAddress().getPort() + "/endless");
        var webhook = new Webhook(client, Duration.ofSeconds(1), "deploy", new Settings(url, SECRET, Optional.empty()));
        assertThatThrownBy(() -> webhook.tell(PROMOTED)).hasMessage("it did not answer within 1 s");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 400, 410, 429, 500})
    void whatIsNotTakenIsSaidToBe(int answer) {
        status = answer;
        assertThatThrownBy(() -> webhook(SECRET, null).tell(PROMOTED))
                .isInstanceOf(IOException.class)
                .hasMessage("it answered " + answer);
        assertThat(bodies).hasSize(1); // and no redirect was followed
    }

    @Test
    void nobodyThereIsSaidToo() {
        Webhook webhook = webhook(SECRET, null);
        program.stop(0);
        assertThatThrownBy(() -> webhook.tell(PROMOTED)).isInstanceOf(IOException.class);
    }

    @Test
    void onlyWhatIsWantedIsTold() {
        assertThat(webhook(SECRET, Set.of("approved")).wants(PROMOTED)).isFalse();
        assertThat(webhook(SECRET, Set.of("approved", "promoted")).wants(PROMOTED))
                .isTrue();
        assertThat(webhook(SECRET, null).wants(PROMOTED)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://example.com/a | 0123456789abcdef | promoted | url must be",
                "/hook | 0123456789abcdef | promoted | url must be",
                "http://example.com/a | tiny | promoted | secret is shorter",
                "http://example.com/a | whsec_!! | promoted | secret has no Base64",
                "http://example.com/a | 0123456789abcdef | sold | events has [sold]"
            })
    void settingsThatCantBeUsedAreRefused(String url, String secret, String event, String why) {
        var settings = new Settings(URI.create(url), secret, Optional.of(Set.of(event)));
        assertThatThrownBy(() -> new Webhook(client, Duration.ofSeconds(2), "deploy", settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baigong.webhooks.\"deploy\"." + why)
                .hasMessageNotContaining(secret);
    }
}
