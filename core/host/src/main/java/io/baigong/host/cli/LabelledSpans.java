package io.baigong.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.run.PlatformJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;

/**
 * Spans of documents with a label each, the documents parted into those to learn from and those to measure on: of three the one whose
 * CRC-32 of its id leaves 0.
 */
record LabelledSpans(List<String> labels, List<Span> learned, List<Span> measured) {
    private static final int MOST_CHARACTERS = 1_000;
    private static final int LEAST_CHARACTERS = 3;

    /** @param label in [0, labels) */
    record Span(String document, String text, int label) {}

    /**
     * Reads JSON lines, gzipped or not: {@code id}, {@code text}, and {@code clauses}, which has for each label a list of {@code [start,
     * end)} in code points of the text.
     *
     * @param learn most spans to learn from, drawn at random
     * @param measure most spans to measure on, drawn at random
     */
    static LabelledSpans read(Path file, int learn, int measure, long seed) throws IOException {
        var found = new ArrayList<Span>();
        var names = new ArrayList<String>();
        try (var lines = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode document = PlatformJson.mapper().readTree(line);
                String text = document.path("text").asText();
                for (var clause : document.path("clauses").properties()) {
                    for (JsonNode span : clause.getValue()) {
                        String quote =
                                part(text, span.path(0).asInt(), span.path(1).asInt());
                        if (quote.length() >= LEAST_CHARACTERS) {
                            int label = names.indexOf(clause.getKey());
                            if (label < 0) {
                                label = names.size();
                                names.add(clause.getKey());
                            }
                            found.add(new Span(document.path("id").asText(), quote, label));
                        }
                    }
                }
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("a span of " + file + " lies outside its text", e);
        }
        Collections.shuffle(found, new Random(seed));
        return new LabelledSpans(
                names,
                found.stream().filter(span -> !held(span)).limit(learn).toList(),
                found.stream().filter(LabelledSpans::held).limit(measure).toList());
    }

    private static String part(String text, int start, int end) {
        int from = text.offsetByCodePoints(0, start);
        String quote =
                text.substring(from, text.offsetByCodePoints(from, end - start)).strip();
        return quote.substring(0, Math.min(quote.length(), MOST_CHARACTERS));
    }

    private static boolean held(Span span) {
        var crc = new CRC32();
        crc.update(span.document().getBytes(StandardCharsets.UTF_8));
        return crc.getValue() % 3 == 0;
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    /** How many documents are measured on. */
    int documents() {
        var documents = new TreeSet<String>();
        measured.forEach(span -> documents.add(span.document()));
        return documents.size();
    }
}
