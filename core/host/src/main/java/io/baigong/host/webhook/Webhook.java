package io.baigong.host.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.registry.history.RegistryEntry;
import io.baigong.registry.history.RegistryEvent;
import io.baigong.registry.history.Share;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells one program of events, by a {@code POST} each, signed as Standard Webhooks 1.0.0 says (standardwebhooks.com): the header {@code
 * webhook-signature} has {@code v1,} and the Base64 of the HMAC-SHA256 of id, time and body. Redirects are not followed. Thread-safe.
 */
final class Webhook {
    private static final String ENCODED = "whsec_";
    private static final int SHORTEST_SECRET = 16;
    private static final Set<String> EVENTS =
            Set.of("registered", "evaluated", "approved", "promoted", "rolled-back", "retired");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client;
    private final URI url;
    private final SecretKeySpec key;
    private final Set<String> events;
    private final Duration patience;

    /**
     * Reads what the operator says of it.
     *
     * @param patience how long it may take to answer
     * @throws IllegalArgumentException if it can't be used; the message never holds the secret
     */
    Webhook(HttpClient client, Duration patience, String name, WebhookConfig.Target target) {
        String setting = "baigong.webhooks.\"" + name + "\".";
        this.client = client;
        this.patience = patience;
        this.url = target.url();
        if (url.getHost() == null || !Set.of("http", "https").contains(String.valueOf(url.getScheme()))) {
            throw new IllegalArgumentException(
                    setting + "url must be an address such as https://ci.example.com/baigong");
        }
        this.key = new SecretKeySpec(secret(setting, target.secret()), "HmacSHA256");
        this.events = target.events().orElse(EVENTS);
        if (!EVENTS.containsAll(events)) {
            throw new IllegalArgumentException(
                    setting + "events has " + events + "; there are " + new TreeSet<>(EVENTS));
        }
    }

    private static byte[] secret(String setting, String secret) {
        byte[] bytes;
        try {
            bytes = secret.startsWith(ENCODED)
                    ? Base64.getDecoder().decode(secret.substring(ENCODED.length()))
                    : secret.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + "secret has no Base64 behind " + ENCODED);
        }
        if (bytes.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException(setting + "secret is shorter than " + SHORTEST_SECRET + " bytes");
        }
        return bytes;
    }

    boolean wants(RegistryEntry entry) {
        return events.contains(entry.event().type());
    }

    /**
     * Tells of an event.
     *
     * @throws IOException if it was not taken: no whole answer in time, or a status that is not 2xx
     */
    void tell(RegistryEntry entry) throws IOException, InterruptedException {
        byte[] body = body(entry);
        String id = entry.id().toString();
        String time = String.valueOf(Instant.now().getEpochSecond());
        var request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("User-Agent", "baigong")
                .header("webhook-id", id)
                .header("webhook-timestamp", time)
                .header("webhook-signature", "v1," + signature(id, time, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        int status = status(request);
        if (status / 100 != 2) {
            throw new IOException("it answered " + status);
        }
    }

    /** The client's own timeout ends with the head of an answer; a body may never end. */
    private int status(HttpRequest request) throws IOException, InterruptedException {
        var answer = client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
        } catch (TimeoutException e) {
            throw new IOException("it did not answer within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } finally {
            answer.cancel(true);
        }
    }

    private String signature(String id, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** By version; where one gets all runs, nothing is said. */
    private static void shares(ObjectNode data, List<Share> shares) {
        if (shares.size() > 1) {
            ObjectNode percent = data.putObject("shares");
            shares.forEach(share -> percent.put(String.valueOf(share.number()), share.percent()));
        }
    }

    private static byte[] body(RegistryEntry entry) {
        ObjectNode json = JSON.createObjectNode()
                .put("type", "model." + entry.event().type())
                .put("timestamp", entry.at().toString());
        ObjectNode data = json.putObject("data")
                .put("role", entry.role())
                .put("by", entry.by().name());
        switch (entry.event()) {
            case RegistryEvent.Registered event ->
                data.put("version", event.number()).put("sha256", event.sha256());
            case RegistryEvent.Evaluated event ->
                data.put("version", event.number()).put("benchmark", event.benchmark());
            case RegistryEvent.Approved event ->
                data.put("version", event.number()).put("override", event.override());
            case RegistryEvent.Promoted event -> {
                data.put("version", event.number()).put("reason", event.reason());
                shares(data, event.shares());
            }
            case RegistryEvent.RolledBack event -> {
                data.put("version", event.number()).put("reason", event.reason());
                shares(data, event.shares());
            }
            case RegistryEvent.Retired event ->
                data.put("version", event.number()).put("reason", event.reason());
        }
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("these are texts and numbers", e);
        }
    }
}
