package io.baigong.medical.coding;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.medical.code.IcdTable;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import io.baigong.spi.TextEncoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Opens what lies beside the trees that rank codes: the code table that they can assign, the phrases learned from, and the
 * thresholds.
 *
 * <p>Thread-safe. What was opened last is kept, by the digest of its bytes.
 */
final class CodingModels {
    static final String CODES = "codes.tsv.gz";
    static final String SPANISH = "phrases-es.tsv.gz";
    static final String ENGLISH = "phrases-en.tsv.gz";
    static final String DECISION = "decision.json";

    /** Least share of a quoted phrase for it to speak for its codes at all. */
    static final float SHARE = 0.5f;

    private static final int MOST_KEPT = 2;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String role;
    private final Map<String, Opened> kept = new LinkedHashMap<>();
    private @Nullable CodeMemory untrained;

    CodingModels(String role) {
        this.role = role;
    }

    /**
     * From which probability a code is proposed.
     *
     * @param given share of the coded notes with each code
     * @param encoder digest of the vectors of the encoder beside the model; null for a model that asks none
     */
    record Decision(
            double threshold,
            Map<String, Float> given,
            @Nullable String encoder) {
        Decision {
            Objects.requireNonNull(given, "given");
        }
    }

    /** What lies beside one model, read. */
    private record Opened(CodeMemory memory, @Nullable CodeVectors vectors, double threshold) {
        CodeCandidates candidates(TextEncoder encoder) {
            return vectors == null ? new CodeCandidates(memory) : new CodeCandidates(memory, vectors, encoder);
        }
    }

    /** The coder of the model in the role, or one that knows the shipped table alone if there is none. */
    Coder coder(Models models) {
        Optional<byte[]> decided = models.beside(role, DECISION);
        if (decided.isEmpty()) {
            return Coder.byTitles(titlesAlone());
        }
        byte[] codes = beside(models, CODES);
        byte[] spanish = beside(models, SPANISH);
        byte[] english = beside(models, ENGLISH);
        TextEncoder encoder = texts -> models.embed(role, texts);
        Opened opened;
        try {
            opened = opened(codes, spanish, english, decided.get(), encoder);
        } catch (IOException e) {
            throw new ModelException(
                    ErrorCode.Model.BROKEN_ANSWER, "what lies beside the model of role " + role + " can't be read", e);
        }
        return Coder.byTrees(opened.candidates(encoder), rows -> models.predict(role, rows), opened.threshold);
    }

    private Opened opened(byte[] codes, byte[] spanish, byte[] english, byte[] decided, TextEncoder encoder)
            throws IOException {
        String digest = digest(codes, spanish, english, decided);
        synchronized (kept) {
            Opened opened = kept.get(digest);
            if (opened == null) {
                Decision decision = MAPPER.readValue(decided, Decision.class);
                IcdTable table = IcdTable.read(new ByteArrayInputStream(codes));
                var memory = new CodeMemory(
                        table,
                        TitleBook.of(table),
                        LexiconFile.read(spanish, SHARE),
                        LexiconFile.read(english, 1),
                        Map.copyOf(decision.given()));
                opened = new Opened(
                        memory,
                        decision.encoder() == null
                                ? null
                                : CodeVectors.of(CodeText.of(table), memory.spanish(), encoder),
                        decision.threshold());
                kept.put(digest, opened);
                if (kept.size() > MOST_KEPT) {
                    kept.remove(kept.keySet().iterator().next());
                }
            }
            return opened;
        }
    }

    /** One digest of several files, each with its length before it. */
    static String digest(byte[]... files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] file : files) {
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, file.length));
                digest.update(file);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("this JDK lacks SHA-256", e);
        }
    }

    /** The shipped table, with nothing learned. */
    synchronized CodeMemory titlesAlone() {
        CodeMemory memory = untrained;
        if (memory == null) {
            memory = CodeMemory.of(IcdTable.shipped());
            untrained = memory;
        }
        return memory;
    }

    private byte[] beside(Models models, String file) {
        return models.beside(role, file)
                .orElseThrow(() -> new ModelException(
                        ErrorCode.Model.BROKEN_ANSWER, "there is no " + file + " beside the model of role " + role));
    }

    /** Writes what lies beside the trees. */
    static void write(Path folder, CodeMemory memory, double threshold) throws IOException {
        try (var out = Files.newOutputStream(folder.resolve(CODES))) {
            memory.table().write(out);
        }
        Files.write(folder.resolve(SPANISH), LexiconFile.write(memory.spanish()));
        Files.write(folder.resolve(ENGLISH), LexiconFile.write(memory.english()));
        String encoder = digest(Files.readAllBytes(folder.resolve(Models.ENCODER_WEIGHTS)));
        Files.writeString(
                folder.resolve(DECISION),
                MAPPER.writeValueAsString(new Decision(threshold, new TreeMap<>(memory.given()), encoder)));
    }
}
