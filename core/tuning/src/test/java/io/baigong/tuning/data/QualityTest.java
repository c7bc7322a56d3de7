package io.baigong.tuning.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityTest {
    private static final String GOOD = "The patient was admitted with chest pain and a history of hypertension.";
    private static final String GOOD_ZH = "患者因胸痛入院，既往有高血压病史10年，血压最高160/100mmHg。";

    private static DropReason against(Quality quality, String text) {
        return quality.against(text, Language.ofText(Script.normalised(text)));
    }

    @Test
    void goodTextsPass() {
        assertThat(against(Quality.USUAL, GOOD)).isNull();
        assertThat(against(Quality.USUAL, GOOD_ZH)).isNull();
        assertThat(against(Quality.USUAL, "El paciente acude a urgencias por dolor de pecho desde ayer."))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            too few words here                                                 | TOO_SHORT
            房性早搏                                                             | TOO_SHORT
            a b c d e f g h                                                    | WORD_LENGTH
            pneumonoultramicroscopic electroencephalography otorhinolaryngology gastroenterostomies immunohistochemistry | WORD_LENGTH
            read more about this... here... and there... #new #sale            | SYMBOLS
            3412 1231 pressure 1234 5678 9012 4567                             | LETTERS
            3412、1231、压力、1234、5678、9012、★★★                                | LETTERS
            buy these pills buy these pills buy these pills buy these pills    | REPEATED_WORDS
            点击这里点击这里点击这里点击这里点击这里                                    | REPEATED_WORDS
            """)
    void badTextsAreNamed(String text, DropReason reason) {
        assertThat(against(Quality.USUAL, text)).isEqualTo(reason);
        assertThat(against(Quality.OFF, text)).as("every bound can be off").isNull();
    }

    @Test
    void aChineseWordMayStandSeveralTimes() {
        assertThat(against(Quality.USUAL, "糖尿病，糖尿病肾病，糖尿病性视网膜病变")).isNull();
    }

    @Test
    void tooManyWordsAndRepeatedLines() {
        assertThat(against(Quality.USUAL, "several words of text ".repeat(25_001)))
                .isEqualTo(DropReason.TOO_LONG);
        String line = "Contact us for more information today\n";
        assertThat(against(Quality.USUAL, line + GOOD + "\n" + line + line)).isEqualTo(DropReason.REPEATED_LINES);
        assertThat(against(Quality.USUAL, GOOD + "\n" + line + "and this is another line"))
                .isNull();
    }

    /** 0.2 for two words, 0.18 for three, 0.16 for four: table A1 of arXiv 2112.11446. */
    @Test
    void longerRunsHaveLowerBounds() {
        var words = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            words.append(
                            i % 20 < 3
                                    ? new String[] {"alpha", "gamma", "delta"}[i % 20]
                                    : "wor" + (char) ('a' + i % 26) + (10 + i))
                    .append(' ');
        }
        // Three times three of 60 words, 5 letters of 6 on average: 45 of 351 characters, 0.128.
        assertThat(against(Quality.USUAL, words.toString())).isNull();
        var stricter = new Quality(5, 1e5, 3, 10, 0.1, 0.8, 0.3, 0.135, Set.of());
        assertThat(against(stricter, words.toString())).isEqualTo(DropReason.REPEATED_WORDS);
    }

    @Test
    void onlyTheLanguagesAskedForStay() {
        var chinese = new Quality(5, 1e5, 3, 10, 0.1, 0.8, 0.3, 0.2, Set.of(Language.CHINESE));
        assertThat(against(chinese, GOOD_ZH)).isNull();
        assertThat(against(chinese, GOOD)).isEqualTo(DropReason.LANGUAGE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            The findings are consistent with pneumonia of the left lung          | ENGLISH
            Se trata de un paciente con antecedentes de diabetes y fumador       | SPANISH
            患者三天前开始发热，体温39.2℃，CRP升高                                    | CHINESE
            Le patient a été admis pour une douleur dans la poitrine et les bras | OTHER
            O paciente foi internado com dor no peito e não tem febre            | OTHER
            Der Patient wurde mit Schmerzen in der Brust und Fieber aufgenommen  | OTHER
            Il paziente è stato ricoverato per dolore al petto e della febbre    | OTHER
            患者は三日前から発熱がありました                                           | OTHER
            Пациент поступил с болью в груди                                     | OTHER
            adenocarcinoma metastasis lymphadenopathy                            | OTHER
            """)
    void tellsLanguagesApart(String text, Language language) {
        assertThat(Language.ofText(Script.normalised(text))).isEqualTo(language);
    }

    @Test
    void aModelFindsGibberishUnlikely() {
        var model = new CharacterModel();
        for (int i = 0; i < 20; i++) {
            model.learn("the patient was admitted with chest pain and discharged after " + i + " days");
        }
        double like = model.score("the patient was discharged with pain");
        double unlike = model.score("xq zzkv jjw qpfh vvb xxq");
        assertThat(like).isBetween(1.0, 5.0);
        assertThat(unlike).isGreaterThan(20 * like);
        assertThat(model.score("")).isEqualTo(1);
    }
}
