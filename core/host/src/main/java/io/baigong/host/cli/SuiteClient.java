package io.baigong.host.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.run.PlatformJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A suite that runs, over REST. The credentials never stand among the arguments, where every user of the machine sees them. */
final class SuiteClient {
    private static final String CREDENTIALS = "BAIGONG_CREDENTIALS";
    private static final String HOW = "set " + CREDENTIALS
            + " to NAME:PASSWORD or to an access token, or name a file that holds it by --credentials";
    private static final int UNAUTHORIZED = 401;
    private static final int MOST_GOOD = 299;
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The suite; ${DEFAULT-VALUE} unless it is given.")
    @SuppressWarnings("NullAway.Init")
    private URI server;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description = "A file with NAME:PASSWORD or an access token; else the variable BAIGONG_CREDENTIALS has it.")
    private @Nullable Path credentials;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /** A file to send under the name of a part. */
    record Part(String name, Path file) {}

    /** The suite does not answer now, and may in a moment. */
    static final class Unreachable extends Failure {
        Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    JsonNode get(String path) throws IOException {
        return json(request(path).GET());
    }

    JsonNode post(String path) throws IOException {
        return json(request(path).POST(BodyPublishers.noBody()));
    }

    JsonNode post(String path, JsonNode body) throws IOException {
        return post(path, body, Map.of());
    }

    JsonNode post(String path, JsonNode body, Map<String, String> headers) throws IOException {
        var request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString()));
        headers.forEach(request::header);
        return json(request);
    }

    /** Sends a form (RFC 7578); files are read as they are sent. */
    JsonNode post(String path, Map<String, String> fields, List<Part> files, Map<String, String> headers)
            throws IOException {
        String boundary = "baigong-" + UUID.randomUUID();
        var body = new ArrayList<BodyPublisher>();
        fields.forEach(
                (name, value) -> body.add(text("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                        .formatted(boundary, quoted(name), value))));
        for (Part part : files) {
            body.add(text(
                    "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                            .formatted(
                                    boundary,
                                    quoted(part.name()),
                                    quoted(part.file().getFileName().toString()))));
            body.add(BodyPublishers.ofFile(part.file()));
            body.add(text("\r\n"));
        }
        body.add(text("--" + boundary + "--\r\n"));
        var request = request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.concat(body.toArray(BodyPublisher[]::new)));
        headers.forEach(request::header);
        return json(request);
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text);
    }

    private static String quoted(String name) {
        return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    /** The answer's body, which its reader closes. */
    InputStream open(String path) throws IOException {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) throws IOException {
        String scheme = String.valueOf(server.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new WrongUsage("--server is an address such as http://127.0.0.1:8080");
        }
        String base = server.toString();
        return HttpRequest.newBuilder(
                        URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path))
                .header("Authorization", authorization());
    }

    private String authorization() throws IOException {
        String secret = credentials == null
                ? System.getenv(CREDENTIALS)
                : Files.readString(Platform.existing(credentials)).strip();
        if (secret == null || secret.isBlank()) {
            throw new WrongUsage("who are you? " + HOW);
        }
        return secret.indexOf(':') < 0
                ? "Bearer " + secret
                : "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode json(HttpRequest.Builder request) throws IOException {
        try (InputStream body = send(request)) {
            return PlatformJson.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            throw new Failure(server + " does not answer like a suite; is it the right address?", e);
        }
    }

    private InputStream send(HttpRequest.Builder request) throws IOException {
        HttpResponse<InputStream> response;
        try {
            response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new Unreachable(
                    "no suite answers at " + server + "; start it with ./baigong up, or name it by --server", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
        if (response.statusCode() <= MOST_GOOD) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            if (PASSING.contains(response.statusCode())) {
                throw new Unreachable(problem(response.statusCode(), body.readAllBytes()), null);
            }
            throw new Failure(
                    response.statusCode() == UNAUTHORIZED
                            ? "the suite does not know these credentials; " + HOW
                            : problem(response.statusCode(), body.readAllBytes()));
        }
    }

    /** What an RFC 9457 problem says. */
    private static String problem(int status, byte[] body) throws IOException {
        try {
            JsonNode problem = PlatformJson.mapper().readTree(body);
            if (problem.hasNonNull("detail")) {
                return Words.line(problem.path("detail").asText() + ". "
                        + problem.path("remedy").asText());
            }
        } catch (JsonProcessingException e) {
            // said below
        }
        return "the suite answered with status " + status;
    }
}
