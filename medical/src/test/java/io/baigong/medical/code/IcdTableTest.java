package io.baigong.medical.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.spi.ReferenceFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
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

    @Test
    void refusesFilesOfTwoEditionsACodeTwiceAndWhatIsCutOff() throws IOException {
        Path order = SmallFiles.order(folder, "A00 1 Cholera");
        assertThatThrownBy(() -> IcdImport.read(order, SmallFiles.tabular(folder, "2020", "A00", "A01")))
                .hasMessageContaining("places 1 codes")
                .hasMessageContaining("not of the same edition");
        Path tabular = SmallFiles.tabular(folder, "2021", "A00");
        assertThatThrownBy(() -> IcdImport.read(SmallFiles.order(folder, "A00 1 Cholera", "A00 1 Cholera"), tabular))
                .hasMessageContaining("twice, line 2");
        assertThatThrownBy(() -> IcdImport.read(order, write("empty.xml", "<ICD10CM.tabular/>")))
                .hasMessageContaining("places no code");
        byte[] packed = gzip(Files.readAllBytes(order));
        Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(packed, packed.length / 2));
        assertThatThrownBy(() -> IcdImport.read(cut, tabular))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut.gz is cut off");
        Path wrong = Files.write(folder.resolve("latin.txt"), new byte[] {'0', (byte) 0xff, '0'});
        assertThatThrownBy(() -> IcdImport.read(wrong, tabular)).hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> IcdImport.read(write("none.txt", ""), tabular)).hasMessageContaining("holds no code");
    }

    @Test
    void aFileThatUnpacksToMoreThanAnyEditionIsNotReadToItsEnd() throws IOException {
        Path tabular = SmallFiles.tabular(folder, "2021", "A00");
        // one line without an end, and comments without an end
        assertThatThrownBy(() -> IcdImport.read(bomb("0"), tabular)).hasMessageContaining("line 1, is too long");
        assertThatThrownBy(() ->
                        IcdImport.read(SmallFiles.order(folder, "A00 1 x"), bomb("<!-- " + " ".repeat(50_000) + "-->")))
                .isInstanceOf(IOException.class);
    }

    private Path bomb(String content) throws IOException {
        Path bomb = folder.resolve("bomb.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(bomb), 1 << 16)) {
            byte[] piece = content.repeat((1 << 20) / content.length() + 1).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 201; i++) {
                out.write(piece);
            }
        }
        return bomb;
    }

    @Test
    void aYearInTheFilesSaysWhenTheEditionIsInForce() throws IOException {
        var out = new ByteArrayOutputStream();
        var files = List.of(SmallFiles.order(folder, "A00 1 Cholera"), SmallFiles.tabular(folder, "2021", "A00"));
        assertThat(new IcdFiles().read(files, out))
                .isEqualTo(new ReferenceFormat.Found(1, "2021", LocalDate.of(2020, 10, 1), LocalDate.of(2021, 9, 30)));
        assertThat(IcdTable.read(new ByteArrayInputStream(out.toByteArray())).name())
                .isEqualTo("ICD-10-CM 2021");
    }

    @Test
    void aTrainingTakesTheEditionThatLiesBesideItsData() throws IOException {
        assertThat(IcdImport.in(folder)).isEmpty();
        Files.move(SmallFiles.order(folder, "A00 1 Cholera"), folder.resolve("icd10cm-order-2030.txt"));
        assertThat(IcdImport.in(folder)).isEmpty();
        Files.move(SmallFiles.tabular(folder, "2030", "A00"), folder.resolve("icd10cm-tabular-2030.xml"));
        assertThat(IcdImport.in(folder).orElseThrow().name()).isEqualTo("ICD-10-CM 2030");
    }

    @Test
    void aListBecomesATable() throws IOException {
        var out = new ByteArrayOutputStream();
        Path list = SmallFiles.list(folder, "编码|名称|权重|同义词", "A00|霍乱|1.5|霍乱病", "A00|真霍乱", "A00.0|古典霍乱", "B01|水痘|");
        assertThat(new ListFile().read(List.of(list), out)).isEqualTo(new ReferenceFormat.Found(3, null, null, null));
        IcdTable table = IcdTable.read(new ByteArrayInputStream(out.toByteArray()), "医保版 2.0");
        assertThat(table.name()).isEqualTo("医保版 2.0");
        assertThat(table.find("A00").orElseThrow())
                .isEqualTo(new IcdTable.IcdCode("A00", false, "霍乱", List.of("霍乱病", "真霍乱")));
        assertThat(table.find("A00.0").orElseThrow().billable()).isTrue();
        // the nearest above has it
        assertThat(table.weight("A00.0")).hasValue(1.5);
        assertThat(table.weight("B01")).isEmpty();
        for (String weight : List.of("-1", "NaN", "1e999", "much")) {
            Path bad = SmallFiles.list(folder, "code|title|weight", "A00|x|" + weight);
            assertThatThrownBy(() -> new ListFile().read(List.of(bad), OutputStream.nullOutputStream()))
                    .hasMessageContaining("line 2")
                    .hasMessageContaining("weight");
        }
        Path nameless = SmallFiles.list(folder, "A00|x", "|y");
        assertThatThrownBy(() -> new ListFile().read(List.of(nameless), OutputStream.nullOutputStream()))
                .hasMessageContaining("a title without a code");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
