package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.baigong.medical.note.Sentence;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class PhraseBookTest {
    private static List<String> stems(String words) {
        return PhraseBook.stems(Sentence.of(words));
    }

    @Test
    void findsPhrasesInAnyOrderWithWordsBetween() {
        var book = PhraseBook.of(List.of(stems("trombosis vena renal"), stems("asma")), 1);
        String text = "Se aprecia vena renal izquierda con trombosis.";
        var match = book.matches(Sentence.of(text)).getFirst();
        assertThat(match.phrase()).isZero();
        assertThat(text.substring(match.start(), match.end())).isEqualTo("vena renal izquierda con trombosis");
        // two words between, three of its own
        assertThat(match.slack()).isCloseTo(2 / 3f, within(1e-6f));
        assertThat(book.matches(Sentence.of("vena. renal. trombosis."))).isEmpty();
    }

    @Test
    void aShareOfTheWeightMayBeMissing() {
        var phrases = List.of(stems("glomerulonefritis aguda"), stems("bronquitis aguda"));
        var match = PhraseBook.of(phrases, 0.5f)
                .matches(Sentence.of("glomerulonefritis"))
                .getFirst();
        // ln 3 for the word of one phrase, ln 1.5 for that of both
        assertThat(match.share()).isCloseTo((float) (Math.log(3) / (Math.log(3) + Math.log(1.5))), within(1e-5f));
        assertThat(PhraseBook.of(phrases, 1).matches(Sentence.of("glomerulonefritis")))
                .isEmpty();
    }

    @Test
    void aLexiconKnowsNothingOfTheNotesLeftOut() {
        var note = new Lexicon.Coded(
                Sentence.of("Paciente con asma."), Set.of("J45"), List.of(new Lexicon.Quoted(stems("asma"), "J45")));
        var other = new Lexicon.Coded(
                Sentence.of("Historia de asma."), Set.of("Z82"), List.of(new Lexicon.Quoted(stems("asma"), "Z82")));
        var learner = Lexicon.quoted(List.of(note, note, other), 1);
        assertThat(learner.of(n -> true).usage(0).notes()).isEqualTo(3);
        assertThat(learner.of(n -> true).usage(0).codes().keySet()).containsExactly("J45", "Z82");
        assertThat(learner.of(n -> n != 2).usage(0).codes().keySet()).containsExactly("J45");
        assertThat(learner.of(n -> false).usage(0)).isEqualTo(Lexicon.Usage.NONE);
    }

    @Test
    void aLexiconSurvivesItsFile() throws IOException {
        var note = new Lexicon.Coded(
                Sentence.of("Paciente con asma leve."),
                Set.of("J45"),
                List.of(new Lexicon.Quoted(stems("asma leve"), "J45")));
        Lexicon lexicon = Lexicon.quoted(List.of(note), 1).of(n -> true);
        byte[] file = LexiconFile.write(lexicon);
        Lexicon again = LexiconFile.read(file, 1);
        assertThat(again.phrases()).isEqualTo(lexicon.phrases());
        assertThat(again.usage(0)).isEqualTo(lexicon.usage(0));
        Assertions.assertThatThrownBy(() -> LexiconFile.read(Arrays.copyOf(file, file.length / 2), 1))
                .isInstanceOf(IOException.class);
    }
}
