package io.baigong.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;

/** The suite, as the driver asks it. */
final class Suite {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI server;
    private final String authorization;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** Its credentials are NAME:PASSWORD or an access token. */
    Suite(URI server, String credentials) {
        this.server = server;
        authorization = credentials.indexOf(':') < 0
                ? "Bearer " + credentials
                : "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    /** It did not do what it was asked to; the message says why. */
    static final class Refused extends IOException {
        Refused(String message) {
            super(message);
        }
    }

    /** A batch as it stands. */
    record State(UUID id, String task, String state, boolean remote, long total, long done, long failed) {
        private static State of(JsonNode batch) {
            long failed = batch.path("failed").longValue();
            return new State(
                    UUID.fromString(batch.path("id").asText()),
                    batch.path("task").asText(),
                    batch.path("state").asText(),
                    batch.path("remote").booleanValue(),
                    batch.path("total").longValue(),
                    batch.path("answered").longValue() + batch.path("abstained").longValue() + failed,
                    failed);
        }
    }

    State open(String task, String name, long total) throws IOException, InterruptedException {
        ObjectNode wanted = JSON.createObjectNode();
        wanted.put("task", task).put("name", name).put("total", total);
        return State.of(ask(request("/api/v1/remote-batches")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(wanted.toString()))));
    }

    State batch(UUID id) throws IOException, InterruptedException {
        return State.of(ask(request("/api/v1/batches/" + id).GET()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path))
                .timeout(PATIENCE)
                .header("Authorization", authorization);
    }

    private JsonNode ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new Refused(problem(response));
        }
        return JSON.readTree(response.body());
    }

    /** What an RFC 9457 problem says. */
    private String problem(HttpResponse<String> response) {
        try {
            JsonNode problem = JSON.readTree(response.body());
            if (problem.hasNonNull("detail")) {
                return problem.path("detail").asText() + ". "
                        + problem.path("remedy").asText();
            }
        } catch (IOException e) {
            // said below
        }
        return server + " answered with status " + response.statusCode();
    }
}
