package io.baigong.medical.term;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.medical.code.Code;
import io.baigong.medical.code.CodeList;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Opens what lies beside the trees of a role: the list, the pairs learned from, and the threshold.
 *
 * <p>Thread-safe. What was opened last is kept, by the digest of its bytes: the same bytes make the same memory.
 */
final class TermModels {
    /** The list, {@code code<TAB>title[<TAB>synonym…]}. */
    static final String CODES = "codes.tsv.gz";

    /** The pairs, {@code term<TAB>names joined by ##}. */
    static final String PAIRS = "pairs.tsv.gz";

    static final String DECISION = "decision.json";
    private static final int MOST_TRAINED = 2;
    private static final int MOST_ATTACHED = 4;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String role;
    private final Map<String, TermMemory> trained = new LinkedHashMap<>(8, 0.75f, true);
    private final Map<String, TermMemory> attached = new LinkedHashMap<>(8, 0.75f, true);

    TermModels(String role) {
        this.role = role;
    }

    /** @param threshold probability from which a name is given beside the best */
    record Decision(double threshold) {}

    /** The trained normaliser, if a model fills the role. */
    Optional<TermNormaliser> trained(Models models) {
        Optional<byte[]> decided = models.beside(role, DECISION);
        if (decided.isEmpty()) {
            return Optional.empty();
        }
        byte[] codes = beside(models, CODES);
        byte[] pairs = beside(models, PAIRS);
        try {
            Decision decision = MAPPER.readValue(decided.get(), Decision.class);
            TermMemory memory = memory(codes, pairs);
            return Optional.of(new TermNormaliser(memory, rows -> models.predict(role, rows), decision.threshold()));
        } catch (IOException e) {
            throw new ModelException(
                    ErrorCode.Model.BROKEN_ANSWER, "what lies beside the model of role " + role + " can't be read", e);
        }
    }

    private byte[] beside(Models models, String file) {
        return models.beside(role, file)
                .orElseThrow(() -> new ModelException(
                        ErrorCode.Model.BROKEN_ANSWER, "there is no " + file + " beside the model of role " + role));
    }

    private TermMemory memory(byte[] codes, byte[] pairs) throws IOException {
        String digest = digest(codes) + digest(pairs);
        synchronized (trained) {
            TermMemory memory = trained.get(digest);
            if (memory == null) {
                memory = TermMemory.of(CodeList.read(codes, CODES), read(pairs));
                keep(trained, MOST_TRAINED, digest, memory);
            }
            return memory;
        }
    }

    /** Memory of a list alone. Throws {@link IOException} for what is no list. */
    TermMemory of(byte[] codes, String name) throws IOException {
        return of(digest(codes), () -> CodeList.read(codes, name));
    }

    /** Codes that are read when they are not known yet. */
    @FunctionalInterface
    interface Reading {
        List<Code> codes() throws IOException;
    }

    /**
     * Memory of a list alone, kept by its digest.
     *
     * @param digest of what it is read from
     */
    TermMemory of(String digest, Reading list) throws IOException {
        synchronized (attached) {
            TermMemory memory = attached.get(digest);
            if (memory != null) {
                return memory;
            }
        }
        // Not under the lock: a long list takes seconds, and runs with other lists need not wait for it.
        TermMemory memory = TermMemory.of(list.codes(), List.of());
        synchronized (attached) {
            keep(attached, MOST_ATTACHED, digest, memory);
        }
        return memory;
    }

    private static void keep(Map<String, TermMemory> kept, int most, String digest, TermMemory memory) {
        kept.put(digest, memory);
        if (kept.size() > most) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("this JDK lacks SHA-256", e);
        }
    }

    private static List<TermPair> read(byte[] bytes) throws IOException {
        var pairs = new ArrayList<TermPair>();
        for (Code row : CodeList.read(bytes, PAIRS)) {
            pairs.add(new TermPair(row.code(), Arrays.asList(row.title().split("##", -1))));
        }
        return pairs;
    }

    /** Writes what lies beside the trees. */
    static void write(Path folder, List<Code> codes, List<TermPair> pairs, Decision decision) throws IOException {
        var list = new StringBuilder("code\ttitle\n");
        for (Code code : codes) {
            list.append(code.code()).append('\t').append(code.title());
            code.synonyms().forEach(s -> list.append('\t').append(s));
            list.append('\n');
        }
        Files.write(folder.resolve(CODES), gzip(list));
        var rows = new StringBuilder("term\tnames\n");
        for (TermPair pair : pairs) {
            rows.append(pair.written().replaceAll("[\\t\\r\\n]", " "))
                    .append('\t')
                    .append(String.join("##", pair.standards()))
                    .append('\n');
        }
        Files.write(folder.resolve(PAIRS), gzip(rows));
        Files.writeString(folder.resolve(DECISION), MAPPER.writeValueAsString(decision));
    }

    private static byte[] gzip(CharSequence text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
