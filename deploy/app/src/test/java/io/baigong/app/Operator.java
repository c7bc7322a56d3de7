package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody who works with a packaged suite over REST, and remembers what it acknowledged. */
final class Operator {
    static final String PASSWORD = "correct horse battery";

    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern ANSWERED = Pattern.compile("\"answered\":(\\d+)");
    private static final String TASK = "medical.icd-coding";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private final Duration patience;

    Operator(PackagedSuite suite, Duration patience) {
        address = suite.address();
        this.patience = patience;
    }

    /** The suite did not do what it was asked to. */
    static final class Refused extends IOException {
        Refused(String message) {
            super(message);
        }
    }

    private String ask(HttpRequest.Builder request, String path) throws IOException, InterruptedException {
        var credentials = Base64.getEncoder().encodeToString(("analyst:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var response = client.send(
                request.uri(URI.create(address + path))
                        .timeout(patience)
                        .header("Authorization", "Basic " + credentials)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new Refused(response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    String get(String path) throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder().GET(), path);
    }

    String post(String path, String json) throws IOException, InterruptedException {
        return ask(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)),
                path);
    }

    /** The answer to a form of fields, of which the last is a file if it has a file's name. */
    String form(String path, String... namesAndValues) throws IOException, InterruptedException {
        var form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append("--x\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(namesAndValues[i], namesAndValues[i + 1]));
        }
        form.append("--x--\r\n");
        return ask(
                HttpRequest.newBuilder()
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString())),
                path);
    }

    /** A record of the task's, as JSON. */
    static String note(int number) {
        return "{\"note\": \"Patient %d with hypertension and a cough.\"}".formatted(number);
    }

    /** The id of a new batch. */
    String batch(int records) throws IOException, InterruptedException {
        var notes = new StringBuilder();
        for (int i = 0; i < records; i++) {
            notes.append(note(i)).append('\n');
        }
        return id(form(
                "/api/v1/batches",
                "task",
                TASK,
                "language",
                "en",
                "records\"; filename=\"notes.jsonl",
                notes.toString()));
    }

    /** The id of a run with a decision on it, both acknowledged. */
    String decided() throws IOException, InterruptedException {
        String run = id(form("/api/v1/tasks/" + TASK + "/runs", "language", "en", "note", "A cough, and a fever."));
        post("/api/v1/runs/" + run + "/decisions", "{\"subject\":\"all\",\"verdict\":\"ACCEPTED\"}");
        return run;
    }

    static String id(String json) {
        return found(ID, json);
    }

    static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    int answered(String batch) throws IOException, InterruptedException {
        return Integer.parseInt(found(ANSWERED, get("/api/v1/batches/" + batch)));
    }

    void ended(String batch) throws IOException, InterruptedException {
        while (!get("/api/v1/batches/" + batch).contains("\"state\":\"ENDED\"")) {
            Thread.sleep(100);
        }
    }

    /** The log is as it was signed, and no decision that was acknowledged is missing. */
    void findsAllWhole(List<String> decided) throws IOException, InterruptedException {
        assertThat(get("/api/v1/audit/verify")).contains("\"ok\":true");
        for (String run : decided) {
            assertThat(get("/api/v1/runs/" + run)).contains("\"verdict\":\"ACCEPTED\"");
        }
    }
}
