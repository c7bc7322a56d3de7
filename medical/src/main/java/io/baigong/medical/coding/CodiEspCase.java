package io.baigong.medical.coding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A case of CodiEsp (Miranda-Escalada et al. 2020, CEUR-WS 2696, paper 263), CC BY 4.0, Barcelona Supercomputing Center.
 *
 * @param english the machine translation that comes with it
 * @param codes ICD-10-CM codes of its diagnoses, distinct
 * @param evidence words of {@code spanish} that justify them
 */
record CodiEspCase(String id, String spanish, String english, List<String> codes, List<Quote> evidence) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Words that justify a code.
     *
     * @param spans {@code [start, end)} pairs in UTF-16 units of the Spanish text
     */
    record Quote(String code, String words, List<Span> spans) {}

    /** {@code [start, end)} in UTF-16 units. */
    record Span(int start, int end) {}

    /** Reads a file of JSON lines, gzipped or not. */
    static List<CodiEspCase> read(Path file) throws IOException {
        var cases = new ArrayList<CodiEspCase>();
        try (var reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    try {
                        cases.add(parse(MAPPER.readTree(line)));
                    } catch (JsonProcessingException | IllegalArgumentException | IndexOutOfBoundsException e) {
                        // Neither message nor cause of what was thrown: they may quote the note.
                        throw new IOException(
                                "%s, line %d, is no CodiEsp case: it needs id, text_es and diagnosis_codes in JSON, and spans within the text"
                                        .formatted(file, number));
                    }
                }
            }
        }
        if (cases.isEmpty()) {
            throw new IOException(file + " holds no case");
        }
        return cases;
    }

    /** The file itself, or of a folder the first part that it has, such as {@code codiesp-dev.jsonl.gz} for {@code dev}. */
    static List<CodiEspCase> part(Path data, String... parts) throws IOException {
        return read(Files.isDirectory(data) ? file(data, parts) : data);
    }

    /** The file of the first part that a folder has. */
    static Path file(Path folder, String... parts) throws IOException {
        for (String part : parts) {
            try (Stream<Path> files = Files.list(folder)) {
                List<Path> found = files.filter(f -> f.getFileName()
                                .toString()
                                .toLowerCase(Locale.ROOT)
                                .matches("(.*[^a-z])?" + part + "([^a-z].*)?\\.jsonl(\\.gz)?"))
                        .sorted()
                        .toList();
                if (!found.isEmpty()) {
                    return found.getFirst();
                }
            }
        }
        throw new IOException(folder + " holds no .jsonl or .jsonl.gz file named " + String.join(" or ", parts));
    }

    /** Whether a file is packed, by its first bytes. */
    static boolean isGzip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return isGzip(in);
        }
    }

    private static boolean isGzip(InputStream in) throws IOException {
        return in.read() == 0x1f && in.read() == 0x8b;
    }

    private static InputStream open(Path file) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(2);
        boolean gzip = isGzip(in);
        in.reset();
        return gzip ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private static CodiEspCase parse(JsonNode node) {
        if (!node.path("id").isTextual()
                || !node.path("text_es").isTextual()
                || !node.path("diagnosis_codes").isArray()) {
            throw new IllegalArgumentException("a field is missing");
        }
        String spanish = node.get("text_es").textValue();
        var codes = new ArrayList<String>();
        for (JsonNode code : node.get("diagnosis_codes")) {
            codes.add(code.asText().strip().toUpperCase(Locale.ROOT));
        }
        var evidence = new ArrayList<Quote>();
        for (JsonNode quote : node.path("evidence_es")) {
            if (quote.path("type").asText().equals("DIAGNOSTICO")) {
                var spans = new ArrayList<Span>();
                for (JsonNode pair : quote.path("spans")) {
                    int start = spanish.offsetByCodePoints(0, pair.path(0).asInt(-1));
                    int end = spanish.offsetByCodePoints(0, pair.path(1).asInt(-1));
                    spans.add(new Span(start, end));
                }
                evidence.add(new Quote(
                        quote.path("code").asText().strip().toUpperCase(Locale.ROOT),
                        quote.path("quote").asText(),
                        spans));
            }
        }
        return new CodiEspCase(
                node.get("id").textValue(),
                spanish,
                node.path("text_en").asText(""),
                codes.stream().distinct().toList(),
                List.copyOf(evidence));
    }
}
