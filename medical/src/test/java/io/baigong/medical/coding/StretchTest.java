package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.medical.note.Sentence;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StretchTest {
    @Test
    void beginsAndEndsWithWordsThatCarryMeaning() {
        String text = "Fever of the lung.";

        List<Stretch> stretches = Stretch.of(text, Sentence.of(text));

        assertThat(stretches)
                .extracting(s -> text.substring(s.start(), s.end()))
                .containsExactly("Fever", "Fever of the lung", "lung");
        assertThat(stretches).extracting(Stretch::words).containsExactly(1, 2, 1);
        assertThat(stretches.get(1).stems()).isEqualTo(CodeVectors.stems("fever of the lung"));
    }

    @Test
    void endsAtACommaAtTheEndOfASentenceAndAfterFourWordsThatCarryMeaning() {
        String text = "Asthma, gout. Chronic severe renal kidney failure";

        assertThat(Stretch.of(text, Sentence.of(text)))
                .extracting(s -> text.substring(s.start(), s.end()))
                .doesNotContain("Asthma, gout", "gout. Chronic", text.substring(text.indexOf("Chronic")))
                .contains("Asthma", "gout", "Chronic severe renal kidney", "severe renal kidney failure");
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
