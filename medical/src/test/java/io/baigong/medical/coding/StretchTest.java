package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.medical.note.Sentence;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StretchTest {
    private static List<String> said(String text) {
        return Stretch.of(text, Sentence.of(text)).stream().map(Stretch::stems).toList();
    }

    @Test
    void beginsAndEndsWithWordsThatCarryMeaning() {
        String text = "Fever of the lung.";

        assertThat(said(text))
                .containsExactly(
                        CodeVectors.stems("fever"), CodeVectors.stems("fever of the lung"), CodeVectors.stems("lung"));
        assertThat(Stretch.of(text, Sentence.of(text)))
                .extracting(Stretch::words)
                .containsExactly(1, 2, 1);
    }

    @Test
    void endsAtACommaAtTheEndOfASentenceAndAfterFourWordsThatCarryMeaning() {
        assertThat(said("Asthma, gout. Chronic severe renal kidney failure"))
                .doesNotContain(
                        CodeVectors.stems("asthma gout"),
                        CodeVectors.stems("gout chronic"),
                        CodeVectors.stems("chronic severe renal kidney failure"))
                .contains(
                        CodeVectors.stems("asthma"),
                        CodeVectors.stems("gout"),
                        CodeVectors.stems("chronic severe renal kidney"),
                        CodeVectors.stems("severe renal kidney failure"));
    }

    @Test
    void saysNothingTwice() {
        String text = "Fever. Fever.";

        assertThat(Stretch.of(text, Sentence.of(text))).hasSize(1);
    }

    @Test
    void noneStandInNothing() {
        assertThat(Stretch.of("", Sentence.of(""))).isEmpty();
        assertThat(Stretch.of("of the", Sentence.of("of the"))).isEmpty();
    }

    @Test
    void ofALongNoteTheFirstOnes() {
        var text = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            text.append("word").append(i).append(". ");
        }

        assertThat(Stretch.of(text.toString(), Sentence.of(text.toString()))).hasSize(20_000);
    }
}
