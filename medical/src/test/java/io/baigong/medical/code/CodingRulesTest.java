package io.baigong.medical.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.medical.code.CodingRules.Kind;
import io.baigong.medical.code.CodingRules.Warning;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected warnings read off the tabular list of ICD-10-CM 2021. */
class CodingRulesTest {
    private static final CodingRules RULES = new CodingRules(IcdTable.shipped());

    private static List<Warning> warnings(Kind kind, String... codes) {
        return RULES.check(List.of(codes)).stream()
                .filter(w -> w.kind() == kind)
                .toList();
    }

    @Test
    void excludes1IsAConflict() {
        // E10, Excludes1: type 2 diabetes mellitus (E11.-)
        List<Warning> warnings = warnings(Kind.EXCLUDES1, "E10.9", "E11.9");
        assertThat(warnings)
                .isNotEmpty()
                .allSatisfy(w -> assertThat(w.severity()).isEqualTo(CodingRules.Severity.CONFLICT));
        assertThat(warnings)
                .anySatisfy(
                        w -> assertThat(w.citation()).contains("E10, Excludes1").contains("E11.-"));
        assertThat(warnings(Kind.EXCLUDES1, "E11.9", "I10")).isEmpty();
    }

    @Test
    void excludes2OfACodeIsToBeKnownAndThatOfAChapterIsNot() {
        // A06, Excludes2: Naegleriasis (B60.2)
        assertThat(warnings(Kind.EXCLUDES2, "A06.0", "B60.2")).isNotEmpty();
        // A00-B99, Excludes2: influenza and other acute respiratory infections (J00-J22)
        assertThat(warnings(Kind.EXCLUDES2, "A41.9", "J18.9")).isEmpty();
    }

    @Test
    void theUnderlyingDiseaseGoesFirst() {
        // N08, Code first underlying disease, such as amyloidosis (E85.-)
        assertThat(warnings(Kind.CODE_FIRST, "N08", "E85.4")).hasSize(1);
        assertThat(warnings(Kind.CODE_FIRST, "E85.4", "N08")).isEmpty();
        assertThat(warnings(Kind.CODE_FIRST, "N08")).hasSize(1);
    }

    @Test
    void aFurtherCodeMayBeNeeded() {
        // N39.0, Use additional code (B95-B97), to identify infectious agent
        assertThat(warnings(Kind.USE_ADDITIONAL, "N39.0"))
                .anySatisfy(w -> assertThat(w.citation()).contains("N39.0"));
        assertThat(warnings(Kind.USE_ADDITIONAL, "N39.0", "B96.20"))
                .noneSatisfy(w -> assertThat(w.citation()).contains("(B95-B97)"));
    }

    @Test
    void injuriesNeedASeventhCharacter() {
        assertThat(warnings(Kind.SEVENTH_CHARACTER, "S52.501")).hasSize(1);
        assertThat(warnings(Kind.SEVENTH_CHARACTER, "S52.501A")).isEmpty();
    }

    @Test
    void aCategoryIsNotValidForReporting() {
        assertThat(warnings(Kind.NOT_BILLABLE, "E11")).hasSize(1);
        assertThat(warnings(Kind.NOT_BILLABLE, "E11.9", "I10")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "endotoxic shock NOS (R57.8),R57.8,true",
        "listeriosis (A32.-),A32.11,true",
        "toxic effect of noxious foodstuffs (T61-T62),T62.0X1A,true",
        "toxic effect of noxious foodstuffs (T61-T62),T63.0,false",
        "Escherichia coli infection (A04.0-A04.4),A04.4,true",
        "Escherichia coli infection (A04.0-A04.4),A04.5,false",
        "'sepsis following abortion (O03-O07, O08.0)',O08.0,true",
        "no code is named,A00,false"
    })
    void notesNameCodes(String note, String code, boolean named) {
        assertThat(CodingRules.names(note, code)).isEqualTo(named);
    }
}
