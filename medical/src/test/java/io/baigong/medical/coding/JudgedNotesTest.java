package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.baigong.medical.coding.CodedNote.ProposedCode;
import io.baigong.medical.note.Assertion;
import io.baigong.medical.note.Language;
import io.baigong.medical.note.Section;
import io.baigong.spi.Reviewed;
import io.baigong.spi.Reviewed.Decided;
import io.baigong.spi.Reviewed.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgedNotesTest {
    private static final String NOTE = "𝕏 Paciente con asma y fiebre";
    private static final String BEFORE = "{\"id\": \"1\", \"text_es\": \"tos\", \"diagnosis_codes\": [\"r05\"]}";

    @TempDir
    Path folder;

    private Path data;
    private Path out;

    @BeforeEach
    void folders() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        out = Files.createDirectory(folder.resolve("out"));
        Files.writeString(data.resolve("codiesp-train.jsonl"), BEFORE);
        Files.writeString(data.resolve("codiesp-dev.jsonl"), BEFORE);
    }

    private static ProposedCode code(String code, String quote) {
        int start = NOTE.indexOf(quote);
        return new ProposedCode(
                code, "", 0.8, quote, start, start + quote.length(), Section.DIAGNOSIS, Assertion.PRESENT);
    }

    private static Reviewed<CodingInput, CodedNote> reviewed(Language language, Decided... decisions) {
        var note = new CodedNote(
                NOTE,
                language,
                List.of(code("J45.909", "asma"), code("R50.9", "fiebre")),
                List.of(code("R05", "con")),
                List.of(),
                "J45.909",
                "2026-01-01T00:00:00Z",
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of());
        return new Reviewed<>("7", new CodingInput(NOTE, null, null), note, List.of(decisions));
    }

    private static Decided decided(String subject, Verdict verdict, @Nullable String correction) {
        return new Decided(subject, verdict, correction, "coder", Instant.EPOCH);
    }

    @Test
    void aNoteThatWasJudgedToItsEndBecomesACase() throws IOException {
        var one = reviewed(
                Language.SPANISH,
                decided("J45.909", Verdict.CORRECTED, "{\"code\": \"j45.20\", \"title\": \"mild\"}"),
                decided("R50.9", Verdict.REJECTED, null),
                decided("added:E11.9", Verdict.CORRECTED, "{\"code\": \"E11.9\", \"title\": \"diabetes\"}"),
                decided("principal", Verdict.CORRECTED, "{\"code\": \"E11.9\", \"title\": \"diabetes\"}"));

        assertThat(new JudgedNotes().add(data, List.of(one), out)).isEqualTo(1);

        List<CodiEspCase> cases = CodiEspCase.part(out, "train");
        assertThat(cases).hasSize(2);
        CodiEspCase added = cases.getLast();
        assertThat(added.id()).isEqualTo("run-7");
        assertThat(added.spanish()).isEqualTo(NOTE);
        assertThat(added.codes()).containsExactly("J45.20", "E11.9");
        assertThat(added.evidence()).hasSize(1);
        var span = added.evidence().getFirst().spans().getFirst();
        assertThat(NOTE.substring(span.start(), span.end())).isEqualTo("asma");
        assertThat(CodiEspCase.part(out, "dev")).hasSize(1);
    }

    @Test
    void whatNobodyJudgedOrTheRankerDoesNotReadIsLeftOut() throws IOException {
        var half = reviewed(Language.SPANISH, decided("J45.909", Verdict.ACCEPTED, null));
        var chinese = reviewed(
                Language.CHINESE, decided("J45.909", Verdict.ACCEPTED, null), decided("R50.9", Verdict.ACCEPTED, null));

        assertThat(new JudgedNotes().add(data, List.of(half, chinese), out)).isZero();

        assertThat(CodiEspCase.part(out, "train")).hasSize(1);
    }

    @Test
    void packedDataStayPackedAndEnglishStaysEnglish() throws IOException {
        Files.delete(data.resolve("codiesp-train.jsonl"));
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(data.resolve("codiesp-train.jsonl.gz")))) {
            gzip.write(BEFORE.getBytes(StandardCharsets.UTF_8));
        }
        var one = reviewed(
                Language.ENGLISH, decided("J45.909", Verdict.ACCEPTED, null), decided("R50.9", Verdict.ACCEPTED, null));

        new JudgedNotes().add(data, List.of(one), out);

        CodiEspCase added = CodiEspCase.part(out, "train").getLast();
        assertThat(added.english()).isEqualTo(NOTE);
        assertThat(added.spanish()).isEmpty();
        assertThat(added.codes()).containsExactly("J45.909", "R50.9");
    }

    @Test
    void dataThatAreNoFolderAreRefused() {
        assertThatIOException()
                .isThrownBy(() -> new JudgedNotes().add(data.resolve("codiesp-train.jsonl"), List.of(), out))
                .withMessageContaining("codiesp-dev.jsonl.gz");
    }
}
