package io.baigong.finance.clause;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.spi.LabelledText;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A contract of CUAD with the spans that lawyers marked. Source: Hendrycks et al. 2021 (arXiv 2103.06268), CC BY 4.0.
 *
 * @param spans positions in UTF-16 units of {@code text}
 */
public record CuadContract(String id, String text, List<Span> spans) {
    /** A marked passage, {@code [start, end)}. */
    public record Span(ClauseType type, int start, int end) {}

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Reads a file of JSON lines, gzipped or not, or all such files of a folder. Each has {@code id} and {@code text}, and {@code clauses} as CUAD has
     * them (by type, pairs of positions in code points) or {@code spans} (with {@code label}, {@code start} and {@code end} in UTF-16 units).
     *
     * <p>Throws {@link IOException} naming file and line when one is not a contract.
     */
    public static List<CuadContract> read(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return readFile(path);
        }
        var contracts = new ArrayList<CuadContract>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches(".*\\.jsonl(\\.gz)?"))
                    .sorted()
                    .toList()) {
                contracts.addAll(readFile(file));
            }
        }
        if (contracts.isEmpty()) {
            throw new NoSuchFileException(path + " holds no .jsonl or .jsonl.gz file in CUAD's format");
        }
        return contracts;
    }

    private static List<CuadContract> readFile(Path file) throws IOException {
        var contracts = new ArrayList<CuadContract>();
        try (var reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    try {
                        contracts.add(parse(MAPPER.readTree(line)));
                    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
                        throw new IOException(
                                "%s, line %d, is not a CUAD contract: %s".formatted(file, number, e.getMessage()), e);
                    }
                }
            }
        }
        if (contracts.isEmpty()) {
            throw new IOException(file + " holds no contract");
        }
        return contracts;
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        return isGzip(file) ? new GZIPInputStream(in, 1 << 16) : in;
    }

    /** Whether a file is gzipped, by its first bytes. */
    public static boolean isGzip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    private static CuadContract parse(JsonNode node) {
        if (!node.path("id").isTextual()
                || !node.path("text").isTextual()
                || node.path("clauses").isObject() == node.path("spans").isArray()) {
            throw new IllegalArgumentException("it needs id, text, and clauses or spans");
        }
        String text = node.get("text").textValue();
        var spans = new ArrayList<Span>();
        for (JsonNode span : node.path("spans")) {
            spans.add(span(
                    span.path("label").asText(),
                    span.path("start").asInt(-1),
                    span.path("end").asInt(-1),
                    text.length()));
        }
        for (var entry : node.path("clauses").properties()) {
            for (JsonNode pair : entry.getValue()) {
                int start = text.offsetByCodePoints(0, pair.path(0).asInt(-1));
                int end = text.offsetByCodePoints(0, pair.path(1).asInt(-1));
                spans.add(span(entry.getKey(), start, end, text.length()));
            }
            type(entry.getKey());
        }
        return new CuadContract(node.get("id").textValue(), text, List.copyOf(spans));
    }

    private static Span span(String name, int start, int end, int length) {
        if (start < 0 || start >= end || end > length) {
            throw new IllegalArgumentException("a span of " + name + " is empty or outside of the text");
        }
        return new Span(type(name), start, end);
    }

    private static ClauseType type(String name) {
        return ClauseType.ofCuadName(name)
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no clause type"));
    }

    /** The contract as a line of CUAD's format, which counts characters in code points. */
    public String json() {
        ObjectNode line = MAPPER.createObjectNode().put("id", id).put("text", text);
        ObjectNode clauses = line.putObject("clauses");
        for (Span span : spans) {
            clauses.withArray("/" + span.type().cuadName().replace("~", "~0").replace("/", "~1"))
                    .addArray()
                    .add(text.codePointCount(0, span.start()))
                    .add(text.codePointCount(0, span.end()));
        }
        return line.toString();
    }

    /** The contract as an example to learn from. */
    public LabelledText labelled() {
        return new LabelledText(
                id,
                id,
                text,
                spans.stream()
                        .map(s -> new LabelledText.Span(s.type().cuadName(), s.start(), s.end()))
                        .toList());
    }
}
