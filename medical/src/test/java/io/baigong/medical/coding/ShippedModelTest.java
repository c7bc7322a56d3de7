package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.medical.code.IcdTable;
import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import io.baigong.testkit.FakeModels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What lies in the shipped artifact fits the code that reads it. */
class ShippedModelTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static byte[] file(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ShippedModelTest.class.getResourceAsStream("/models/code-ranker/2/" + name), name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void itsTreesKnowTheFeaturesByTheirNames() throws IOException {
        var names = new ArrayList<String>();
        for (JsonNode name : MAPPER.readTree(file("model.json")).path("features")) {
            names.add(name.asText());
        }
        assertThat(names).isEqualTo(CodeCandidate.FEATURES);
    }

    @Test
    void itsPhrasesFindCodesInANote() throws IOException {
        var decision = MAPPER.readValue(file(CodingModels.DECISION), CodingModels.Decision.class);
        IcdTable table = IcdTable.read(new ByteArrayInputStream(file(CodingModels.CODES)));
        var memory = new CodeMemory(
                table,
                TitleBook.of(table),
                LexiconFile.read(file(CodingModels.SPANISH), CodingModels.SHARE),
                LexiconFile.read(file(CodingModels.ENGLISH), 1),
                Map.copyOf(decision.given()));
        assertThat(decision.threshold()).isBetween(0.2, 0.7);
        String text = "Paciente con hipertensión arterial y fiebre. Su padre tuvo un infarto agudo de miocardio.";
        // In place of the trees: how much the quoted phrases say
        Coder coder = Coder.byTrees(new CodeCandidates(memory), ShippedModelTest::quoted, 0.6);
        List<Ranked> ranked = coder.rank(new CodeCandidates.Note(text, ""));
        Ranked hypertension = ranked.stream()
                .filter(r -> r.candidate().code().equals("I10"))
                .findFirst()
                .orElseThrow();
        assertThat(hypertension.proposed()).isTrue();
        CodeCandidate.Found found =
                Objects.requireNonNull(hypertension.candidate().evidence());
        assertThat(text.substring(found.start(), found.end())).startsWith("hipertensión");
        assertThat(ranked.stream()
                        .filter(Ranked::proposed)
                        .map(r -> r.candidate().code()))
                .contains("R50.9");
    }

    @Test
    void itsEncoderIsTheOneItLearnedWith() throws IOException {
        var decision = MAPPER.readValue(file(CodingModels.DECISION), CodingModels.Decision.class);

        assertThat(CodingModels.digest(file(Models.ENCODER_WEIGHTS))).isEqualTo(decision.encoder());
    }

    @Test
    void aModelWithoutAnEncoderIsAskedByWordsAlone() throws IOException {
        String decided = new String(file(CodingModels.DECISION), StandardCharsets.UTF_8);
        String before = decided.substring(0, decided.indexOf(",\"encoder\"")) + "}";

        assertThat(asked(decided)).containsOnly(CodeCandidate.FEATURES.size());
        assertThat(asked(before)).containsOnly(CodeCandidate.LEXICAL.size());
    }

    /** How many features the trees are given of each candidate. */
    private static Set<Integer> asked(String decision) throws IOException {
        var columns = new HashSet<Integer>();
        FakeModels.Script script = FakeModels.script()
                .embed("r", 16)
                .predict("r", rows -> {
                    columns.add(rows.shape()[1]);
                    return quoted(rows);
                })
                .beside("r", CodingModels.DECISION, decision.getBytes(StandardCharsets.UTF_8));
        for (String name : List.of(CodingModels.CODES, CodingModels.SPANISH, CodingModels.ENGLISH)) {
            script = script.beside("r", name, file(name));
        }
        List<Ranked> ranked = new CodingModels("r")
                .coder(script.build())
                .rank(new CodeCandidates.Note("Paciente con hipertensión arterial y fiebre.", ""));
        assertThat(ranked).isNotEmpty();
        return columns;
    }

    private static Tensor quoted(Tensor rows) {
        float[] answers = new float[rows.shape()[0]];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = rows.at(i, CodeCandidate.FEATURES.indexOf("quoted_any"));
        }
        return new Tensor(new int[] {answers.length, 1}, answers);
    }
}
