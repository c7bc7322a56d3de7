package io.baigong.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the verbs send, and what they make of answers. */
class BatchCommandTest {
    private static final String RUNNING =
            "{\"id\": \"7\", \"state\": \"RUNNING\", \"total\": 4, \"answered\": 1, \"name\": \"n\", \"task\": \"t.u\", \"secondsLeft\": 70}";
    private static final String ENDED = "{\"id\": \"7\", \"state\": \"ENDED\", \"total\": 4, \"answered\": 4}";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();
    private final Deque<String> answers = new ArrayDeque<>();
    private HttpServer server;
    private int status = 200;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n"
                    + exchange.getRequestHeaders().getFirst("Authorization") + "\n"
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] answer = answers.remove().getBytes(UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        Files.writeString(folder.resolve("secret"), "ada:correct horse\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private int batch(String... args) {
        var all = new ArrayList<>(List.of("batch"));
        all.addAll(List.of(args));
        all.add("--server=http://127.0.0.1:" + server.getAddress().getPort());
        all.add("--credentials=" + folder.resolve("secret"));
        return Baigong.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void aBatchIsMadeFromFilesAndWatchedToItsEnd() throws IOException {
        Path records = Files.writeString(folder.resolve("notes.jsonl"), "{\"note\": \"héllo\"}\n");
        Path playbook = Files.writeString(folder.resolve("own.yaml"), "rules: []");
        answers.addAll(List.of(RUNNING, RUNNING, ENDED));

        assertThat(batch(
                        "create",
                        "t.u",
                        records.toString(),
                        "--field=language=en",
                        "--field=playbook=@" + playbook,
                        "--watch"))
                .isZero();

        assertThat(asked.getFirst())
                .startsWith("POST /api/v1/batches\nBasic YWRhOmNvcnJlY3QgaG9yc2U=\n")
                .contains("name=\"task\"\r\n\r\nt.u\r\n", "name=\"language\"\r\n\r\nen\r\n")
                .contains("name=\"records\"; filename=\"notes.jsonl\"", "{\"note\": \"héllo\"}\n\r\n")
                .contains("name=\"playbook\"; filename=\"own.yaml\"", "rules: []\r\n");
        assertThat(out.toString()).contains("ENDED", "4 of 4");
    }

    @Test
    void aBatchIsMadeFromEarlierRuns() throws IOException {
        answers.add(RUNNING);
        assertThat(batch("create", "t.u", "--runs-since", "2026-03-01", "--runs-status=answered", "--runs-most", "9"))
                .isZero();
        assertThat(asked.getFirst())
                .startsWith("POST /api/v1/batches/rescoring\n")
                .contains("\"task\":\"t.u\"", "\"from\":\"2026-03-01\"", "\"status\":\"answered\"", "\"most\":9");

        Path records = Files.writeString(folder.resolve("notes.jsonl"), "{}");
        assertThat(batch("create", "t.u")).isEqualTo(2);
        assertThat(batch("create", "t.u", records.toString(), "--runs-since", "2026-03-01"))
                .isEqualTo(2);
        assertThat(batch("create", "t.u", "--runs-since", "2026-03-01", "--field=a=@" + records))
                .isEqualTo(2);
        assertThat(err.toString()).contains("from files, or from earlier runs");
        assertThat(asked).hasSize(1);
    }

    @Test
    void failedRecordsAreAFailure() {
        answers.add("{\"id\": \"7\", \"state\": \"ENDED\", \"total\": 2, \"answered\": 1, \"failed\": 1}");
        assertThat(batch("watch", "7")).isEqualTo(1);
        assertThat(out.toString()).contains("2 of 2 (1 failed)");
    }

    @Test
    void stepsListsAndFiles() throws IOException {
        answers.addAll(List.of(RUNNING, "[" + RUNNING + "]", "{\"position\":0}\n", "%PDF", ENDED));
        assertThat(batch("pause", "7/../8")).isZero();
        assertThat(batch("list")).isZero();
        assertThat(batch("results", "7", "--out", folder.resolve("r.jsonl").toString()))
                .isZero();
        assertThat(batch("report", "7", "--out", folder.resolve("r.pdf").toString()))
                .isZero();
        assertThat(batch("show", "7", "--json", folder.resolve("b.json").toString()))
                .isZero();
        assertThat(asked.get(0)).startsWith("POST /api/v1/batches/7%2F..%2F8/pause");
        assertThat(asked.get(3)).startsWith("GET /api/v1/batches/7/report?format=pdf&language=");
        assertThat(out.toString()).contains("7  RUNNING    1 of 4  t.u  n");
        assertThat(folder.resolve("r.jsonl")).hasContent("{\"position\":0}\n");
        assertThat(folder.resolve("r.pdf")).hasContent("%PDF");
        assertThat(folder.resolve("b.json")).content().contains("\"ENDED\"");
    }

    @Test
    void errorsNameWhatMendsThem() throws IOException {
        status = 409;
        answers.add("{\"detail\": \"it has ended\", \"remedy\": \"See its state.\"}");
        assertThat(batch("resume", "7")).isEqualTo(1);
        assertThat(err.toString()).contains("it has ended. See its state.");

        status = 401;
        answers.add("");
        assertThat(batch("show", "7")).isEqualTo(1);
        assertThat(err.toString()).contains("BAIGONG_CREDENTIALS");

        status = 200;
        answers.add("<html>");
        assertThat(batch("show", "7")).isEqualTo(1);
        assertThat(err.toString()).contains("does not answer like a suite");

        assertThat(batch("create", "t.u", "no-such-file")).isEqualTo(2);
        assertThat(batch("create", "t.u")).isEqualTo(2);
        assertThat(batch("report", "7", "--out", "r.docx")).isEqualTo(2);
        Files.writeString(folder.resolve("secret"), "");
        assertThat(batch("show", "7")).isEqualTo(2);
        assertThat(err.toString()).contains("who are you?");
        Files.writeString(folder.resolve("secret"), "token");
        server.stop(0);
        assertThat(batch("show", "7")).isEqualTo(1);
        assertThat(err.toString()).contains("no suite answers", "./baigong up");
    }
}
