package io.baigong.medical.coding;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.medical.code.IcdTable;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
    private final Map<List<ByteBuffer>, CodeMemory> kept = new LinkedHashMap<>();
    private final Map<Integer, CodeMemory> untrained = new LinkedHashMap<>();

    CodingModels(String role) {
        this.role = role;
    }

    /**
     * From which probability a code is proposed.
     *
     * @param given share of the coded notes with each code
     */
    record Decision(double threshold, Map<String, Float> given) {}

    /** The coder of the model in the role, or one that knows the shipped table alone if there is none. */
    Coder coder(Models models) {
        try {
            // Asked first, so that the run names the trees before what lies beside them.
            models.predict(
                    role, Tensor.ofRows(new float[1][CodeCandidate.FEATURES.size()], CodeCandidate.FEATURES.size()));
        } catch (ModelException e) {
            if (e.code() == ErrorCode.Model.UNAVAILABLE) {
                return Coder.byTitles(titlesAlone());
            }
            throw e;
        }
        byte[] codes = beside(models, CODES);
        byte[] spanish = beside(models, SPANISH);
        byte[] english = beside(models, ENGLISH);
        byte[] decided = beside(models, DECISION);
        try {
            Decision decision = MAPPER.readValue(decided, Decision.class);
            List<ByteBuffer> content = Stream.of(codes, spanish, english, decided)
                    .map(ByteBuffer::wrap)
                    .toList();
            synchronized (kept) {
                CodeMemory memory = kept.get(content);
                if (memory == null) {
                    IcdTable table = IcdTable.read(new ByteArrayInputStream(codes));
                    memory = new CodeMemory(
                            table,
                            TitleBook.of(table),
                            LexiconFile.read(spanish, SHARE),
                            LexiconFile.read(english, 1),
                            Map.copyOf(decision.given()));
                    kept.put(content, memory);
                    if (kept.size() > MOST_KEPT) {
                        kept.remove(kept.keySet().iterator().next());
                    }
                }
                return Coder.byTrees(memory, rows -> models.predict(role, rows), decision.threshold());
            }
        } catch (IOException e) {
            throw new ModelException(
                    ErrorCode.Model.BROKEN_ANSWER, "what lies beside the model of role " + role + " can't be read", e);
        }
    }

    /** The shipped table, with nothing learned. */
    CodeMemory titlesAlone() {
        synchronized (untrained) {
            return untrained.computeIfAbsent(0, k -> CodeMemory.of(IcdTable.shipped()));
        }
    }

    private byte[] beside(Models models, String file) {
        Optional<byte[]> bytes = models.beside(role, file);
        return bytes.orElseThrow(() -> new ModelException(
                ErrorCode.Model.BROKEN_ANSWER, "there is no " + file + " beside the model of role " + role));
    }

    /** Writes what lies beside the trees. */
    static void write(Path folder, CodeMemory memory, double threshold) throws IOException {
        try (var out = Files.newOutputStream(folder.resolve(CODES))) {
            memory.table().write(out);
        }
        Files.write(folder.resolve(SPANISH), LexiconFile.write(memory.spanish()));
        Files.write(folder.resolve(ENGLISH), LexiconFile.write(memory.english()));
        Files.writeString(
                folder.resolve(DECISION),
                MAPPER.writeValueAsString(new Decision(threshold, new java.util.TreeMap<>(memory.given()))));
    }
}
