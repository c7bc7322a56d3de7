package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.medical.code.CodingRules.Kind;
import io.baigong.medical.code.CodingRules.Severity;
import io.baigong.medical.code.IcdTable;
import io.baigong.medical.note.Assertion;
import io.baigong.medical.note.Section;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which codes have sides is read off the tabular list of ICD-10-CM 2021. */
class WarningsTest {
    @ParameterizedTest
    @CsvSource({
        // S52.502A: of left radius
        "S52.509A,left radius,CHECK",
        "S52.501A,left radius,CONFLICT",
        "S52.502A,left radius,",
        "S52.509A,radius,",
        // H26.9 has no code for a side beside it
        "H26.9,left cataract,",
        // M17.10: unilateral, unspecified knee; M17.12: left knee
        "M17.10,rodilla izquierda,CHECK",
        // Q36.9: Cleft lip, unilateral
        "Q36.9,right cleft lip,",
        "Q36.9,cleft lip,"
    })
    void comparesSides(String code, String words, Severity expected) {
        IcdTable table = IcdTable.shipped();
        var proposed = new CodedNote.ProposedCode(
                code,
                table.find(code).orElseThrow().title(),
                0.5,
                words,
                0,
                words.length(),
                Section.OTHER,
                Assertion.PRESENT);
        assertThat(Warnings.of(Checking.NONE, table, List.of(proposed), false))
                .filteredOn(w -> w.kind() == Kind.LATERALITY)
                .extracting(CodedNote.CodingWarning::severity)
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }
}
