package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.medical.code.Code;
import io.baigong.medical.code.CodeList;
import io.baigong.medical.code.IcdTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ChineseNamesTest {
    @Test
    void eachNameIsFoundAndHasACodeValidForReporting() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ChineseNamesTest.class.getResourceAsStream("/icd10cm/names-zh.tsv"), "names-zh.tsv")) {
            for (Code code : CodeList.read(in.readAllBytes(), "names-zh.tsv")) {
                assertThat(IcdTable.shipped().find(code.code()))
                        .as(code.code())
                        .hasValueSatisfying(c -> assertThat(c.billable()).isTrue());
                assertThat(code.synonyms()).doesNotHaveDuplicates().doesNotContain(code.title());
                assertThat(ChineseNames.shipped().in(code.title()))
                        .extracting(ChineseNames.Found::code)
                        .containsExactly(code.code());
            }
        }
    }
}
