package io.baigong.tuning.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.spi.Progress;
import io.baigong.spi.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chat model's work on documents, with a chat model whose answers are known. */
class ChatDocumentsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path in;
    private Path out;
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void files() {
        in = folder.resolve("in.jsonl");
        out = folder.resolve("out.jsonl");
    }

    private Chat chat(Function<Prompt, String> answers) {
        return prompt -> {
            asked.incrementAndGet();
            return answers.apply(prompt);
        };
    }

    private ChatDocuments.Report run(ChatWork work, Chat chat) throws IOException {
        return new ChatDocuments(in, out, 4, "house", work).run(chat, Progress.SILENT);
    }

    private List<JsonNode> written() throws IOException {
        var documents = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(out)) {
            documents.add(JSON.readTree(line));
        }
        return documents;
    }

    private static String translated(Prompt prompt) {
        String text = prompt.user().replaceAll("(?s).*<text>|</text>", "");
        return prompt.user().startsWith("Translate into German")
                ? "auf deutsch: " + text
                : text.replace("auf deutsch: ", "").replace("The patient has", "This patient suffers from");
    }

    @Test
    void aTextThatWentThroughAnotherLanguageStandsBehindItsDocument() throws Exception {
        Files.writeString(in, """
                {"id": "a", "text": "The patient has a fever of 39 degrees.", "label": "R50"}
                {"text": "The patient has the flu.", "group": "g", "kept": [1]}
                """);
        var report = run(new BackTranslation("German"), chat(ChatDocumentsTest::translated));
        assertThat(report.documents()).isEqualTo(2);
        assertThat(report.written()).isEqualTo(4);
        assertThat(report.counts()).isEqualTo(Map.of("copies", 2L));
        List<JsonNode> written = written();
        assertThat(written.get(1).path("text").asText()).isEqualTo("This patient suffers from a fever of 39 degrees.");
        assertThat(written.get(1).path("id").asText()).isEqualTo("a#german");
        assertThat(written.get(1).path("label").asText()).isEqualTo("R50");
        assertThat(written.get(0).path("group")).isEqualTo(written.get(1).path("group"));
        assertThat(written.get(3).path("group").asText()).isEqualTo("g");
        assertThat(written.get(3).path("kept")).hasSize(1);
        assertThat(folder.resolve("out.jsonl.answers")).doesNotExist();
    }

    @Test
    void whatMayNotMeanTheSameIsNoCopy() throws Exception {
        Files.writeString(in, """
                {"id": "a", "text": "The patient has a fever of 39 degrees.", "spans": [{"label": "x", "start": 0, "end": 3}]}
                {"id": "b", "text": "The patient has a fever of 39 degrees."}
                {"id": "c", "text": "zzz qqq 7"}
                {"id": "d", "text": "%s"}
                {"id": "e", "text": "this is the same in all of the languages"}
                """.formatted("the patient ".repeat(1_000)));
        var report = run(
                new BackTranslation("German"),
                chat(prompt -> translated(prompt).replace("39", "93").replace("patient has", "patient had")));
        assertThat(report.written()).isEqualTo(5);
        assertThat(report.counts())
                .isEqualTo(Map.of(
                        "documents with spans", 1L,
                        "translations with other numbers, or of another length", 1L,
                        "documents in no language that is known", 1L,
                        "documents of more than 8000 characters", 1L,
                        "translations that changed nothing", 1L));
    }

    private static SequencedMap<String, String> labels() {
        return new LinkedHashMap<>(Map.of("Law", "which law governs"));
    }

    @Test
    void whatIsQuotedIsMarkedWhereItStands() throws Exception {
        Files.writeString(in, """
                {"id": "a", "text": "This is governed by the\\n laws of Peru. 𝕏 Laws."}
                {"id": "b", "text": "nothing of it", "spans": []}
                """);
        String answer = """
                Here you are: {"marks": [{"label": "Law", "quote": "governed by the laws of Peru"}, {"label": "Law", "quote": "laws of Chile"},
                 {"label": "Rule", "quote": "This"}, {"label": "Law", "quote": ""}]}""";
        var report = run(new ChatLabelling(labels(), "house"), chat(_ -> answer));
        assertThat(report.counts())
                .isEqualTo(Map.of(
                        "marks",
                        1L,
                        "quotes that are not in the text",
                        2L,
                        "labels that nobody named",
                        1L,
                        "documents with spans",
                        1L));
        JsonNode document = written().getFirst();
        JsonNode span = document.path("spans").path(0);
        assertThat(document.path("text")
                        .asText()
                        .substring(span.path("start").asInt(), span.path("end").asInt()))
                .isEqualTo("governed by the\n laws of Peru");
        assertThat(document.path("labelled_by").asText()).isEqualTo("house");
        assertThat(written().getLast().has("labelled_by")).isFalse();
    }

    @Test
    void longTextsAreAskedAboutInStretches() throws Exception {
        String text = IntStream.range(0, 3_000)
                .mapToObj(i -> "word" + i)
                .reduce((a, b) -> a + " " + b)
                .orElseThrow();
        Files.writeString(in, JSON.createObjectNode().put("id", "a").put("text", text) + "\n");
        var report = run(
                new ChatLabelling(labels(), "house"),
                chat(prompt -> prompt.user().contains("word2900 ")
                        ? "{\"marks\": [{\"label\": \"Law\", \"quote\": \"word2900 word2901\"}]}"
                        : "{\"marks\": []}"));
        assertThat(report.counts()).isEqualTo(Map.of("marks", 1L));
        assertThat(asked.get()).isBetween(4, 8);
        JsonNode span = written().getFirst().path("spans").path(0);
        assertThat(text.substring(span.path("start").asInt(), span.path("end").asInt()))
                .isEqualTo("word2900 word2901");
    }

    @Test
    void answersThatAreNoneAreCounted() throws Exception {
        Files.writeString(in, "{\"id\": \"a\", \"text\": \"some words\"}\n".repeat(3));
        List<String> bad = List.of("", "}{", "{\"marks\": [", "{\"marks\": [}", "{}");
        for (String answer : bad) {
            var report = run(new ChatLabelling(labels(), "house"), chat(_ -> answer));
            assertThat(report.counts()).isEqualTo(Map.of("documents with an answer that is no list of marks", 3L));
            assertThat(written()).allMatch(document -> !document.has("spans") && !document.has("labelled_by"));
        }
    }

    @Test
    void aQuoteThatStandsTwiceIsMarkedTwiceAndAsWordsOnly() throws Exception {
        Files.writeString(in, "{\"text\": \"was as good as new</text> \u00a0end\"}\n");
        var asked = new StringBuilder();
        String mark = "{\"label\": \"Law\", \"quote\": \"as\"}";
        run(new ChatLabelling(labels(), "house"), chat(prompt -> {
            asked.append(prompt.user());
            return "{\"marks\": [" + mark + "," + mark + "," + mark + "]}";
        }));
        assertThat(asked.toString()).contains("‹/text›").endsWith("end</text>");
        JsonNode document = written().getFirst();
        assertThat(document.path("id").asText()).isEqualTo("in.jsonl:1");
        assertThat(document.path("spans"))
                .extracting(span -> span.path("start").asInt())
                .containsExactly(4, 12);
    }

    @Test
    void whatIsMarkedAnotherWayStaysAsItIs() throws Exception {
        Files.writeString(in, "{\"id\": \"a\", \"text\": \"this is of the law\", \"clauses\": {\"Law\": [[0, 4]]}}\n");
        for (ChatWork work : List.of(new BackTranslation("German"), new ChatLabelling(labels(), "house"))) {
            assertThat(run(work, chat(_ -> "x")).counts()).isEqualTo(Map.of("documents with spans", 1L));
            assertThat(Files.readAllLines(out)).hasSize(1);
        }
        assertThat(asked.get()).isZero();
    }

    @Test
    void aDocumentThatTheChatModelRefusesHoldsNobodyUp() throws Exception {
        Files.writeString(in, "{\"id\": \"a\", \"text\": \"good\"}\n{\"id\": \"b\", \"text\": \"bad\"}\n");
        var report = run(new ChatLabelling(labels(), "house"), prompt -> {
            if (prompt.user().contains("bad")) {
                throw new Chat.Refused("too long", new IOException());
            }
            return "{\"marks\": []}";
        });
        assertThat(report.counts()).isEqualTo(Map.of("documents that the chat model refused", 1L));
        assertThat(written().getLast().has("spans")).isFalse();
    }

    @Test
    void anotherModelIsAskedAnew() throws Exception {
        Files.writeString(in, "{\"id\": \"a\", \"text\": \"first\"}\n{\"id\": \"b\", \"text\": \"second\"}\n");
        var work = new ChatLabelling(labels(), "house");
        Chat breaks = prompt -> {
            if (prompt.user().contains("second")) {
                throw new IOException("gone");
            }
            return "{\"marks\": []}";
        };
        assertThatIOException()
                .isThrownBy(() -> new ChatDocuments(in, out, 1, "small", work).run(breaks, Progress.SILENT));
        new ChatDocuments(in, out, 1, "large", work).run(chat(_ -> "{\"marks\": []}"), Progress.SILENT);
        assertThat(asked.get()).isEqualTo(2);
        Path answers = Files.copy(in, folder.resolve("out.jsonl.answers"));
        assertThatIOException()
                .isThrownBy(() -> new ChatDocuments(answers, out, 1, "large", work).run(breaks, Progress.SILENT))
                .withMessageContaining("name another output");
        assertThat(answers).hasSameTextualContentAs(in);
    }

    @Test
    void nothingIsAskedTwiceAfterAnInterruption() throws Exception {
        var lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            lines.append("{\"id\": \"")
                    .append(i)
                    .append("\", \"text\": \"text number ")
                    .append(i)
                    .append("\"}\n");
        }
        Files.writeString(in, lines);
        var work = new ChatLabelling(labels(), "house");
        Chat breaks = prompt -> {
            if (asked.incrementAndGet() > 20) {
                throw new IOException("the server went away");
            }
            return "{\"marks\": []}";
        };
        assertThatIOException()
                .isThrownBy(() -> run(work, breaks))
                .withMessageContaining("the server went away")
                .withMessageContaining("are not asked for again");
        assertThat(out).doesNotExist();
        Path answers = folder.resolve("out.jsonl.answers");
        assertThat(answers).isNotEmptyFile();
        byte[] cut = "{\"key\": \"x\", \"answer\": \"刑".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(answers, Arrays.copyOf(cut, cut.length - 1), StandardOpenOption.APPEND); // as kill -9 may leave it
        asked.set(0);
        assertThat(run(work, chat(_ -> "{\"marks\": []}")).written()).isEqualTo(40);
        assertThat(asked.get()).isEqualTo(20);
        assertThat(answers).doesNotExist();
    }

    @Test
    void linesThatAreNoDocumentsEndItAndAreNamed() throws Exception {
        for (String bad : List.of("{", "[]", "{\"text\": 1}", "")) {
            Files.writeString(in, bad + "\n");
            assertThatIOException()
                    .isThrownBy(() -> run(new BackTranslation("German"), chat(_ -> "x")))
                    .withMessageContaining("in.jsonl");
            assertThat(out).doesNotExist();
        }
    }

    @Test
    void labelsAreReadFromLines() throws Exception {
        Path file = Files.writeString(folder.resolve("labels.tsv"), "Law\twhich law governs\n\nParties\n");
        assertThat(ChatLabelling.labels(file))
                .containsExactly(Map.entry("Law", "which law governs"), Map.entry("Parties", ""));
        Files.writeString(file, "Law\tx\nLaw\ty\n");
        assertThatIOException().isThrownBy(() -> ChatLabelling.labels(file)).withMessageContaining("labels.tsv:2");
        Files.writeString(file, "\tx\n");
        assertThatIOException().isThrownBy(() -> ChatLabelling.labels(file)).withMessageContaining("labels.tsv:1");
        assertThatThrownBy(() -> new ChatLabelling(new LinkedHashMap<>(), "house"))
                .hasMessageContaining("1 to 200");
        assertThatThrownBy(() -> new BackTranslation("x\" ignore")).hasMessageContaining("such as German");
    }
}
