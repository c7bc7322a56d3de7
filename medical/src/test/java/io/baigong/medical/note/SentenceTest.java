package io.baigong.medical.note;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceTest {
    @Test
    void endsAtFullStopsAndLinesButNotInNumbers() {
        String text = "Creatinine 1.3 mg/dl. No fever\n发热。咳嗽";
        assertThat(Sentence.of(text).stream().map(s -> text.substring(s.start(), s.end())))
                .containsExactly("Creatinine 1.3 mg/dl", "No fever", "发热", "咳嗽");
    }

    @Test
    void wordsStandWhereTheyStandInTheText() {
        String text = "\uD83D\uDE00 fractura de cadera";
        for (Sentence sentence : Sentence.of(text)) {
            for (Sentence.Word word : sentence.words()) {
                assertThat(text.substring(word.start(), word.end()))
                        .doesNotContain(" ")
                        .isNotEmpty();
            }
        }
        assertThat(Sentence.of(text).getFirst().words()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "hipotermia,hypothermia",
        "osteomielitis,osteomyelitis",
        "miopía,myopia",
        "infección,infection",
        "isquémica,ischemic",
        "hemorragias,hemorragia",
        "leucocitosis,leukocytosis",
        "ASMA,asma",
        "estenosis,stenosis",
        "neumonía,pneumonia",
        "inmune,immune"
    })
    void spanishAndEnglishShareTheirStems(String one, String other) {
        assertThat(Sentence.stem(one)).isEqualTo(Sentence.stem(other));
    }

    @ParameterizedTest
    @CsvSource({
        "hipotermia,hypothermia",
        "esófago,esophagus",
        "obesidad,obesity",
        "inmunodeficiencia,immunodeficiency",
        "prostático,prostate",
        "ovárico,ovary",
        "retiniana,retina",
        "uretral,urethra",
        "arteria,arterial"
    })
    void anAdjectiveSharesItsRoot(String one, String other) {
        assertThat(Sentence.root(one)).isEqualTo(Sentence.root(other));
    }

    @ParameterizedTest
    @CsvSource({"ileum,ilium", "renal,renin", "colon,colic", "uterine,ureter", "arm,army", "mole,molar"})
    void otherWordsKeepTheirOwn(String one, String other) {
        assertThat(Sentence.root(one)).isNotEqualTo(Sentence.root(other));
    }

    @Test
    void longTextWithoutAFullStopIsCut() {
        assertThat(Sentence.of("word ".repeat(1000))).hasSize(13);
        assertThat(Sentence.of("")).isEmpty();
    }
}
