package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.medical.code.CodeEditions;
import io.baigong.medical.code.CodingRules;
import io.baigong.medical.code.IcdNote;
import io.baigong.spi.References;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Titles, notes and places are those of ICD-10-CM, fiscal year 2021. */
class InquiriesTest {
    private static final CodeEditions EDITIONS = new CodeEditions();

    private static List<String> search(String words) {
        return new CodeSearchInquiry(EDITIONS)
                .answer(new CodeSearchInquiry.Wanted(words, 10, null, null, null), References.NONE).codes().stream()
                        .map(CodeLine::code)
                        .toList();
    }

    private static CodeInquiry.Place place(String code) {
        return new CodeInquiry(EDITIONS).answer(new CodeInquiry.Wanted(code, null, null, null), References.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "i10, I10",
        "E11, E11",
        "e119, E11.9",
        "N17.9, N17.9",
        "essential (primary) HYPERTENSION, I10",
        "failure kidney acute unspecified, N17.9",
        "high blood pressure, I10",
        "高血压, I10"
    })
    void findsByCodeWordsTermsAndChineseNames(String words, String code) {
        assertThat(search(words).getFirst()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"''", "' . '", "zzzzz", "'%_'"})
    void findsNothingForNothing(String words) {
        assertThat(search(words)).isEmpty();
    }

    @Test
    void keepsToItsLimit() {
        assertThat(search("fracture")).hasSize(10);
        assertThat(new CodeSearchInquiry(EDITIONS)
                        .answer(new CodeSearchInquiry.Wanted("fracture", 1_000_000, null, null, null), References.NONE)
                        .codes())
                .hasSize(100);
        assertThat(search("a ".repeat(100_000))).hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void beginsWithTheChapters() {
        assertThat(place("").chapters()).hasSize(22);
        CodeInquiry.Place circulatory = place("I00-I99");
        assertThat(circulatory.below())
                .extracting(CodeLine::code)
                .contains("I10", "I11")
                .doesNotContain("I11.0");
        assertThat(place("Z00-A99").below()).isEmpty();
    }

    @Test
    void placesACodeAndGivesItsNotes() {
        CodeInquiry.Place fracture = place("S72001A");
        assertThat(fracture.above()).extracting(CodeLine::code).containsExactly("S72", "S72.0", "S72.00", "S72.001");
        assertThat(fracture.chapter()).isNotNull();
        assertThat(fracture.notes()).extracting(CodeInquiry.NoteLine::kind).contains(IcdNote.Kind.SEVENTH_CHARACTER);
        assertThat(place("S72.001").below()).extracting(CodeLine::code).contains("S72.001A");
        assertThat(place("I10").inclusionTerms()).contains("high blood pressure");
    }

    @Test
    void everyCodeIsReachedFromItsChapter() {
        int categories = place("").chapters().stream()
                .mapToInt(chapter -> place(chapter.range()).below().size())
                .sum();
        assertThat(categories)
                .isEqualTo(
                        io.baigong.medical.code.IcdTable.shipped().categories().size());
    }

    @Test
    void checksTheListAsItStands() {
        var rules = new CodeRulesInquiry(EDITIONS)
                .answer(
                        new CodeRulesInquiry.Listed(List.of("E10.9", "E11.9", "X"), "en", null, null, null),
                        References.NONE);
        assertThat(rules.warnings().getFirst().kind()).isEqualTo(CodingRules.Kind.EXCLUDES1);
        assertThat(rules.unknown()).containsExactly("X");
        var chinese = new CodeRulesInquiry(EDITIONS)
                .answer(new CodeRulesInquiry.Listed(List.of("S72.001"), "zh", null, null, null), References.NONE);
        assertThat(chinese.warnings().getFirst().message()).contains("字符");
    }
}
