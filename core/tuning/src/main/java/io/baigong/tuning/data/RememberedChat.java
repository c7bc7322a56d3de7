package io.baigong.tuning.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.spi.Prompt;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A chat model whose answers are kept in a file, a line each, so that who begins anew after an interruption asks and pays for nothing twice. */
final class RememberedChat implements Chat, Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final String model;
    private final Chat chat;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final OutputStream out;

    /** @param model who answers */
    RememberedChat(Path file, String model, Chat chat) throws IOException {
        this.file = file;
        this.model = model;
        this.chat = chat;
        if (Files.exists(file)) {
            // What was cut off amid a letter is read as another letter, and is no answer.
            try (var lines =
                    new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
                lines.lines().forEach(this::remember);
            }
        }
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        out.write('\n'); // ends a line that was cut off
    }

    private void remember(String line) {
        try {
            JsonNode one = JSON.readTree(line);
            if (one.path("key").isTextual() && one.path("answer").isTextual()) {
                answers.put(one.path("key").textValue(), one.path("answer").textValue());
            }
        } catch (JsonProcessingException e) {
            System.getLogger(RememberedChat.class.getName())
                    .log(System.Logger.Level.DEBUG, "an answer that was cut off is asked for again", e);
        }
    }

    @Override
    public String answer(Prompt prompt) throws IOException {
        String key = HexFormat.of()
                .formatHex(Digests.sha256().digest((model + "\n" + prompt).getBytes(StandardCharsets.UTF_8)));
        String kept = answers.get(key);
        if (kept != null) {
            return kept;
        }
        String answer = chat.answer(prompt);
        byte[] line =
                (JSON.createObjectNode().put("key", key).put("answer", answer) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            out.write(line);
        }
        answers.put(key, answer);
        return answer;
    }

    /** How many answers are kept. */
    int size() {
        return answers.size();
    }

    /** Forgets them: what they were for is done. */
    void forget() throws IOException {
        out.close();
        Files.delete(file);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
