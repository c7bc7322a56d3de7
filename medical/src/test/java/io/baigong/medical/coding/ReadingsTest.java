package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.medical.code.IcdTable;
import io.baigong.medical.note.Sentence;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingsTest {
    private static final CodeCandidates TITLES = new CodeCandidates(CodeMemory.of(IcdTable.shipped()));

    private static List<String> stems(String text, String language) {
        return Readings.shipped().lines(text, Sentence.of(text), language).stream()
                .flatMap(line -> line.tokens().stream())
                .map(Line.Token::stem)
                .toList();
    }

    private static List<String> stems(String words) {
        return PhraseBook.roots(Sentence.of(words));
    }

    @Test
    void aWordKeepsItsOwnReading() {
        assertThat(stems("renal carcinoma", "en")).containsAll(stems("renal carcinoma malignant neoplasm kidney"));
        assertThat(stems("the table", "en")).containsExactlyElementsOf(stems("the table", "es"));
    }

    @Test
    void aReadingOfSeveralWordsStandsWhereTheyStand() {
        String text = "He had a heart attack.";
        Line line = Readings.shipped().lines(text, Sentence.of(text), "en").getFirst();
        assertThat(line.tokens())
                .filteredOn(token -> token.stem().equals(Sentence.root("myocardial")))
                .singleElement()
                .satisfies(token -> {
                    assertThat(token.from()).isEqualTo(3);
                    assertThat(token.to()).isEqualTo(4);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // English: a synonym, an organ's adjective, an abbreviation
                "en|The patient had tetraparesis.|G82.50",
                "en|A prostatic abscess was drained.|N41.2",
                "en|He has COPD.|J44.9",
                "en|Carcinoma of the ovary.|C56.9",
                // the index of external causes, and a code without its 7th character
                "en|He was injured in a traffic accident.|V89.2",
                "en|Accidental hypothermia.|T68.XXX",
                // Spanish: words that English does not share, and abbreviations
                "es|Paciente con desprendimiento de placenta.|O45.9",
                "es|Presenta EPOC desde hace años.|J44.9",
                "es|Hipermétrope del ojo derecho.|H52.01",
            })
    void aCodeIsFoundByWhatClinicansWrite(String language, String text, String code) {
        var note = new CodeCandidates.Note(language.equals("es") ? text : "", language.equals("en") ? text : "");
        assertThat(TITLES.of(note)).extracting(CodeCandidate::code).contains(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en|MI with raised troponin.|infarction|regurgitation mitral",
                "en|MI: a valve murmur.|mitral|infarction",
                "en|MI.||infarction mitral",
                "en|PE: CT angiography shows it.|embolism|eclampsia",
                "en|PE in pregnancy, with proteinuria.|eclampsia|embolism",
                "en|Mitral incompetence (MI). The MI was severe, troponin normal.||infarction",
                "en|He said mi.||infarction",
                "es|FA con respuesta ventricular rápida.|atrial|",
                "es|FA.||atrial",
                "es|El LES fue tratado.|lupus|",
            })
    void anAbbreviationIsReadByItsNote(String language, String text, String has, String hasNot) {
        List<String> stems = stems(text, language);
        if (has != null) {
            assertThat(stems).containsAll(stems(has));
        }
        if (hasNot != null) {
            assertThat(stems).doesNotContainAnyElementsOf(stems(hasNot));
        }
    }

    @Test
    void eachAbbreviationOfChineseNotesNamesWhatHasACode() {
        Stream<String> names = Readings.table("/icd10cm/abbreviations.tsv").stream()
                .filter(cells -> cells[0].equals("zh"))
                .map(cells -> cells[2]);
        assertThat(names)
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(ChineseNames.shipped().code(name)).as(name).isPresent());
    }

    @Test
    void chineseNotesAreCodedByAbbreviationsToo() {
        assertThat(ChineseNames.shipped().in("患者有COPD及T2DM病史"))
                .extracting(ChineseNames.Found::code)
                .containsExactly("J44.9", "E11.9");
        // Another abbreviation that has its letters, and one whose meaning nothing in the note bears out
        assertThat(ChineseNames.shipped().in("XCOPD阴性，DM不详")).isEmpty();
        assertThat(ChineseNames.shipped().in("DM，胰岛素治疗"))
                .extracting(ChineseNames.Found::code)
                .containsExactly("E11.9");
    }
}
