package io.baigong.medical.term;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.medical.code.Code;
import io.baigong.medical.code.CodeList;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Files of terms with their standard names, as CHIP 2019 task 1 (Yidu-N7K, tab-separated) and CHIP-CDN (JSON) have them, gzipped
 * or not; several names of a term are joined by {@code ##}. A code list lies in the same folder.
 */
final class TermFiles {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MOST_BYTES = 1 << 28;

    private TermFiles() {}

    /** The part to learn from: the file itself, or that of a folder whose name begins with {@code train}. */
    static List<TermPair> training(Path data) throws IOException {
        return pairs(
                Files.isDirectory(data)
                        ? part(data, "train")
                                .orElseThrow(() -> new IOException(data + " holds no file train.tsv or train.json"))
                        : data);
    }

    /** The part of a folder to choose by, {@code dev}, if it has one. */
    static Optional<List<TermPair>> choosing(Path data) throws IOException {
        Optional<Path> dev = Files.isDirectory(data) ? part(data, "dev") : Optional.empty();
        return dev.isPresent() ? Optional.of(pairs(dev.get())) : Optional.empty();
    }

    /** The part to measure on: the file itself, or a folder's {@code test}, or else its {@code dev}, or else its {@code train}. */
    static List<TermPair> measured(Path data) throws IOException {
        if (!Files.isDirectory(data)) {
            return pairs(data);
        }
        for (String name : List.of("test", "dev", "train")) {
            Optional<Path> file = part(data, name);
            if (file.isPresent()) {
                return pairs(file.get());
            }
        }
        throw new IOException(data + " holds no file test, dev or train, with the ending .tsv or .json");
    }

    private static Optional<Path> part(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .matches("(.*[^a-z])?" + name + "([^a-z].*)?\\.(tsv|json)(\\.gz)?"))
                    .sorted()
                    .findFirst();
        }
    }

    /** The code list beside the data: the tab-separated file whose name speaks of codes or of ICD. */
    static Optional<List<Code>> codes(Path data) throws IOException {
        Path folder = Files.isDirectory(data) ? data : data.toAbsolutePath().getParent();
        if (folder == null) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> list = files.filter(f ->
                            f.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*(icd|code).*\\.tsv(\\.gz)?"))
                    .sorted()
                    .findFirst();
            return list.isPresent() ? Optional.of(CodeList.read(list.get())) : Optional.empty();
        }
    }

    /** Reads terms. Throws {@link IOException} that names the entry that is none. */
    static List<TermPair> pairs(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = open(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IOException(file + " is larger than a set of terms can be");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        List<TermPair> pairs = text.stripLeading().startsWith("[") ? json(text, file) : table(text, file);
        if (pairs.isEmpty()) {
            throw new IOException(file + " holds no term");
        }
        return pairs;
    }

    private static InputStream open(Path file) throws IOException {
        var in = new BufferedInputStream(Files.newInputStream(file));
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private static List<TermPair> json(String text, Path file) throws IOException {
        var pairs = new ArrayList<TermPair>();
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            // Neither Jackson's message nor the cause: they may quote the terms.
            throw new IOException("%s, line %d, is no JSON"
                    .formatted(
                            file, e.getLocation() == null ? 0 : e.getLocation().getLineNr()));
        }
        for (JsonNode node : root) {
            String where = "%s, entry %d,".formatted(file, pairs.size() + 1);
            JsonNode written = node.path("text");
            JsonNode standards = node.path("normalized_result");
            if (!written.isTextual() || !standards.isTextual()) {
                throw new IOException(where + " needs text and normalized_result");
            }
            pairs.add(pair(written.textValue(), standards.textValue(), where));
        }
        return pairs;
    }

    private static List<TermPair> table(String text, Path file) throws IOException {
        var pairs = new ArrayList<TermPair>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || (number == 1 && line.contains("标准词"))) {
                continue;
            }
            String where = "%s, line %d,".formatted(file, number);
            String[] cells = line.split("\\t", -1);
            if (cells.length < 2) {
                throw new IOException(where + " needs a term, a tab and its standard names");
            }
            pairs.add(pair(cells[0], cells[1], where));
        }
        return pairs;
    }

    private static TermPair pair(String written, String joined, String where) throws IOException {
        List<String> standards = Arrays.stream(joined.split("##", -1))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .distinct()
                .toList();
        if (standards.isEmpty()) {
            throw new IOException(where + " needs at least one standard name");
        }
        return new TermPair(written, standards);
    }
}
