package io.baigong.medical.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IcdTableTest {
    private static final String ORDER = """
            00001 A00     0 Cholera                                                      Cholera
            00002 A000    1 Cholera due to Vibrio cholerae 01, biovar cholerae           Cholera due to Vibrio cholerae 01
            """;
    private static final String TABULAR =
            "<ICD10CM.tabular><version>2021</version><chapter><name>1</name><desc>Infectious (A00-B99)</desc>"
                    + "<excludes2><note>influenza (J00-J22)</note></excludes2><section id=\"A00-A09\"><diag><name>A00</name><desc>Cholera</desc>"
                    + "<diag><name>A00.0</name><desc>x</desc><inclusionTerm><note>Classical cholera</note></inclusionTerm></diag></diag>"
                    + "</section></chapter></ICD10CM.tabular>";

    @TempDir
    Path folder;

    @Test
    void importsTheOfficialFilesAndReadsBackWhatItWrites() throws IOException {
        IcdTable table = IcdImport.read(write("order.txt", ORDER), write("tabular.xml", TABULAR));
        var bytes = new ByteArrayOutputStream();
        table.write(bytes);
        IcdTable again = IcdTable.read(new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(again.version()).isEqualTo("2021");
        assertThat(again.find("A000").orElseThrow().inclusionTerms()).containsExactly("Classical cholera");
        assertThat(again.find("A00").orElseThrow().billable()).isFalse();
        assertThat(again.notes("A00.0"))
                .containsExactly(new IcdNote("A00-B99", IcdNote.Kind.EXCLUDES2, "influenza (J00-J22)"));
    }

    @Test
    void theShippedTableIsWhole() {
        // Counts of the files of fiscal year 2021: 72,621 codes valid for reporting (CMS, 2021 code descriptions)
        int billable = 0;
        for (IcdTable.IcdCode code : IcdTable.shipped().codes()) {
            billable += code.billable() ? 1 : 0;
        }
        assertThat(billable).isEqualTo(72_621);
        assertThat(IcdTable.shipped().find("I10").orElseThrow().title()).isEqualTo("Essential (primary) hypertension");
    }

    @Test
    void refusesWhatIsNotOfficial() throws IOException {
        Path good = write("tabular.xml", TABULAR);
        assertThatThrownBy(() -> IcdImport.read(write("bad.txt", "hello"), good))
                .hasMessageContaining("no order file, line 1")
                .hasMessageNotContaining("hello");
        assertThatThrownBy(() -> IcdImport.read(write("order.txt", ORDER), write("bad.xml", "<a>\n<secret></a>")))
                .hasMessageContaining("no tabular list in XML, line 2")
                .hasMessageNotContaining("secret")
                .hasNoCause();
        assertThatThrownBy(
                        () -> IcdImport.read(
                                write("order.txt", ORDER),
                                write(
                                        "xxe.xml",
                                        "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><ICD10CM.tabular>&e;</ICD10CM.tabular>")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> IcdTable.read(new ByteArrayInputStream(new byte[10])))
                .isInstanceOf(IOException.class);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
