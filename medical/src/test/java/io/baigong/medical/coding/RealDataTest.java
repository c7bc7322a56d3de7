package io.baigong.medical.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.baigong.medical.code.IcdImport;
import io.baigong.medical.code.IcdTable;
import io.baigong.medical.code.IndexImport;
import io.baigong.medical.code.IndexTerms;
import io.baigong.medical.note.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ships is what the official files say, and CodiEsp is read as it was marked. Needs the data sets, see BAIGONG_DATA. */
class RealDataTest {
    private static Path data(String path) {
        Path file =
                Path.of(System.getenv().getOrDefault("BAIGONG_DATA", "no-data")).resolve(path);
        if (!Files.exists(file)) {
            System.out.println("Skipped: BAIGONG_DATA names no folder with " + path + " in it.");
        }
        assumeTrue(Files.exists(file), "BAIGONG_DATA names no folder with " + path + " in it");
        return file;
    }

    @Test
    void theLanguageOfNoCaseIsTakenForAnother() throws IOException {
        for (CodiEspCase each : CodiEspCase.read(data("codiesp/codiesp-train.jsonl.gz"))) {
            assertThat(Language.other(each.spanish())).as(each.id()).isEmpty();
            assertThat(Language.other(each.english())).as(each.id()).isEmpty();
        }
    }

    @Test
    void quotesStandWhereTheyAreSaidTo() throws IOException {
        int same = 0;
        int all = 0;
        int codes = 0;
        for (CodiEspCase each : CodiEspCase.read(data("codiesp/codiesp-train.jsonl.gz"))) {
            codes += each.codes().size();
            for (CodiEspCase.Quote quote : each.evidence()) {
                if (quote.spans().size() == 1) {
                    CodiEspCase.Span span = quote.spans().getFirst();
                    all++;
                    same += each.spanish().substring(span.start(), span.end()).equals(quote.words()) ? 1 : 0;
                }
            }
        }
        // 5,639 codes in 500 cases, as the data set's own page says
        assertThat(codes).isEqualTo(5639);
        assertThat((double) same / all).isGreaterThan(0.98);
    }

    @Test
    void theShippedTableIsTheImportOfTheOfficialFiles() throws IOException {
        IcdTable imported =
                IcdImport.read(data("icd10cm/icd10cm-order-2021.txt.gz"), data("icd10cm/icd10cm-tabular-2021.xml.gz"));
        var one = new ByteArrayOutputStream();
        var other = new ByteArrayOutputStream();
        imported.write(one);
        IcdTable.shipped().write(other);
        assertThat(one.toByteArray()).isEqualTo(other.toByteArray());
    }

    @Test
    void theShippedIndexIsTheImportOfTheOfficialFiles() throws IOException {
        IndexTerms imported = IndexImport.read(List.of(
                data("icd10cm/icd10cm-eindex-2019.xml.gz"),
                data("icd10cm/icd10cm-neoplasm-2019.xml.gz"),
                data("icd10cm/icd10cm-drug-2019.xml.gz")));
        assertThat(imported).isEqualTo(IndexTerms.shipped());
    }
}
