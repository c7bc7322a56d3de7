package io.baigong.medical.coding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.medical.coding.CodedNote.ProposedCode;
import io.baigong.medical.note.Language;
import io.baigong.spi.Corrections;
import io.baigong.spi.Reviewed;
import io.baigong.spi.Reviewed.Decided;
import io.baigong.spi.Reviewed.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Notes that coders judged, as cases of CodiEsp. A note is one when each code that was proposed has a decision; its codes are those
 * accepted, those put in the place of others, and those added ({@code added:CODE}). Chinese notes are none: the ranker does not read them.
 */
final class JudgedNotes implements Corrections<CodingInput, CodedNote> {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ADDED = "added:";

    @Override
    public String recipe() {
        return "codiesp";
    }

    @Override
    public int add(Path data, List<Reviewed<CodingInput, CodedNote>> cases, Path out) throws IOException {
        if (!Files.isDirectory(data)) {
            throw new IOException("the data are no folder: codiesp-train.jsonl.gz and codiesp-dev.jsonl.gz are needed");
        }
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Files.copy(file, out.resolve(file.getFileName().toString()));
            }
        }
        var lines = new StringBuilder();
        int added = 0;
        for (Reviewed<CodingInput, CodedNote> one : cases) {
            Optional<String> line = line(one);
            if (line.isPresent()) {
                lines.append('\n').append(line.get());
                added++;
            }
        }
        if (added > 0) {
            append(CodiEspCase.file(out, "train"), lines.append('\n'));
        }
        return added;
    }

    /** Gzip takes several members one after the other (RFC 1952, section 2.2). */
    private static void append(Path file, CharSequence lines) throws IOException {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        if (CodiEspCase.isGzip(file)) {
            var member = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(member)) {
                gzip.write(bytes);
            }
            bytes = member.toByteArray();
        }
        Files.write(file, bytes, StandardOpenOption.APPEND);
    }

    private static Optional<String> line(Reviewed<CodingInput, CodedNote> one) {
        CodedNote note = one.output();
        Map<String, Decided> decisions =
                one.decisions().stream().collect(Collectors.toMap(Decided::subject, Function.identity()));
        if (note.language() == Language.CHINESE
                || !note.codes().stream().map(ProposedCode::code).allMatch(decisions::containsKey)) {
            return Optional.empty();
        }
        var coded = new LinkedHashMap<String, @Nullable ProposedCode>();
        for (ProposedCode proposed : joined(note.codes(), note.setAside())) {
            Decided decided = decisions.get(proposed.code());
            if (decided != null && decided.verdict() != Verdict.REJECTED) {
                coded.putIfAbsent(corrected(decided).orElse(proposed.code()), proposed);
            }
        }
        for (Decided decided : one.decisions()) {
            if (decided.subject().startsWith(ADDED) && decided.verdict() != Verdict.REJECTED) {
                corrected(decided).ifPresent(code -> coded.putIfAbsent(code, null));
            }
        }
        return Optional.of(line(one.id(), note, coded));
    }

    private static List<ProposedCode> joined(List<ProposedCode> codes, List<ProposedCode> setAside) {
        var all = new ArrayList<>(codes);
        all.addAll(setAside);
        return all;
    }

    private static Optional<String> corrected(Decided decided) {
        if (decided.correction() == null) {
            return Optional.empty();
        }
        try {
            JsonNode code = MAPPER.readTree(decided.correction()).path("code");
            return Optional.ofNullable(code.textValue())
                    .map(text -> text.strip().toUpperCase(Locale.ROOT));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String line(String id, CodedNote note, Map<String, @Nullable ProposedCode> coded) {
        boolean spanish = note.language() == Language.SPANISH;
        ObjectNode line = MAPPER.createObjectNode();
        line.put("id", "run-" + id);
        line.put("text_es", spanish ? note.text() : "");
        line.put("text_en", spanish ? "" : note.text());
        var codes = line.putArray("diagnosis_codes");
        coded.keySet().forEach(codes::add);
        var evidence = line.putArray("evidence_es");
        coded.forEach((code, words) -> {
            if (spanish && words != null) {
                evidence.addObject()
                        .put("type", "DIAGNOSTICO")
                        .put("code", code)
                        .put("quote", words.quote())
                        .putArray("spans")
                        .addArray()
                        .add(note.text().codePointCount(0, words.start()))
                        .add(note.text().codePointCount(0, words.end()));
            }
        });
        return line.toString();
    }
}
