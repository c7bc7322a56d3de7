package io.baigong.finance.document;

import static io.baigong.finance.document.TestFiles.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Map;
import org.apache.poi.wp.usermodel.HeaderFooterType;
import org.apache.poi.xwpf.usermodel.XWPFAbstractNum;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTAbstractNum;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTLvl;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTRunTrackChange;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STNumberFormat;

class DocxReadingTest {
    @TempDir
    private Path folder;

    private ContractDocument read(XWPFDocument document) throws IOException {
        var out = new ByteArrayOutputStream();
        document.write(out);
        document.close();
        return TestFiles.read(file(folder, "a.docx", out.toByteArray()));
    }

    @Test
    void numberingThatStandsInNoRun() throws IOException {
        var document = new XWPFDocument();
        CTAbstractNum format = CTAbstractNum.Factory.newInstance();
        format.setAbstractNumId(BigInteger.ZERO);
        level(format, 0, STNumberFormat.UPPER_ROMAN, "%1.");
        level(format, 1, STNumberFormat.DECIMAL, "Section %2");
        level(format, 2, STNumberFormat.LOWER_LETTER, "(%3)");
        var numbering = document.createNumbering();
        BigInteger list = numbering.addNum(numbering.addAbstractNum(new XWPFAbstractNum(format)));
        numbered(document, list, 0, "Definitions");
        numbered(document, list, 1, "Affiliate means");
        numbered(document, list, 2, "one");
        numbered(document, list, 2, "two");
        numbered(document, list, 1, "Business Day means");
        numbered(document, list, 2, "three");
        document.createParagraph().createRun().setText("Plain");
        numbered(document, list, 0, "Term");
        numbered(document, list, 1, "Start");
        assertThat(read(document).text())
                .isEqualTo(
                        "I. Definitions\n\nSection 1 Affiliate means\n\n(a) one\n\n(b) two\n\nSection 2 Business Day means\n\n"
                                + "(a) three\n\nPlain\n\nII. Term\n\nSection 1 Start");
    }

    private static void level(CTAbstractNum format, int level, STNumberFormat.Enum style, String pattern) {
        CTLvl definition = format.addNewLvl();
        definition.setIlvl(BigInteger.valueOf(level));
        definition.addNewStart().setVal(BigInteger.ONE);
        definition.addNewNumFmt().setVal(style);
        definition.addNewLvlText().setVal(pattern);
    }

    private static void numbered(XWPFDocument document, BigInteger list, int level, String words) {
        XWPFParagraph paragraph = document.createParagraph();
        paragraph.setNumID(list);
        paragraph.setNumILvl(BigInteger.valueOf(level));
        paragraph.createRun().setText(words);
    }

    @Test
    void numbersInTheirScripts() {
        Map<String, String> expected = Map.of(
                "decimal",
                "28",
                "lowerRoman",
                "xxviii",
                "upperLetter",
                "BB",
                "chineseCounting",
                "二十八",
                "decimalZero",
                "28");
        expected.forEach((style, number) ->
                assertThat(DocxNumbering.number(28, style)).as(style).isEqualTo(number));
        assertThat(DocxNumbering.number(10, "chineseCounting")).isEqualTo("十");
        assertThat(DocxNumbering.number(105, "chineseCounting")).isEqualTo("一百零五");
        assertThat(DocxNumbering.number(1994, "upperRoman")).isEqualTo("MCMXCIV");
    }

    @Test
    void tablesHeadersBreaksAndTabs() throws IOException {
        var document = new XWPFDocument();
        document.createHeader(HeaderFooterType.DEFAULT)
                .createParagraph()
                .createRun()
                .setText("Confidential");
        document.createParagraph().createRun().setText("Fees");
        var table = document.createTable(2, 2);
        table.getRow(0).getCell(0).setText("Setup");
        table.getRow(0).getCell(1).setText("EUR 100");
        table.getRow(1).getCell(0).setText("Monthly");
        table.getRow(1).getCell(1).setText("EUR 10");
        table.getRow(1).getCell(1).addParagraph().createRun().setText("in advance");
        document.createParagraph();
        var run = document.createParagraph().createRun();
        run.setText("Signed");
        run.addTab();
        run.setText("by");
        run.addBreak();
        run.setText("合同双方");
        ContractDocument read = read(document);
        assertThat(read.text()).isEqualTo("Fees\n\nSetup\tEUR 100\nMonthly\tEUR 10\nin advance\n\nSigned\tby\n合同双方");
        assertThat(read.changes()).isEmpty();
        assertThat(read.originalText()).isEqualTo(read.text());
    }

    @Test
    void insertedAndDeletedParagraphs() throws IOException {
        var document = new XWPFDocument();
        document.createParagraph().createRun().setText("First.");
        XWPFParagraph gone = document.createParagraph();
        change(gone.getCTP().addNewDel()).addNewR().addNewDelText().setStringValue("Gone.");
        change(gone.getCTP().addNewPPr().addNewRPr().addNewDel());
        XWPFParagraph come = document.createParagraph();
        change(come.getCTP().addNewIns()).addNewR().addNewT().setStringValue("Come.");
        change(come.getCTP().addNewPPr().addNewRPr().addNewIns());
        XWPFParagraph last = document.createParagraph();
        last.createRun().setText("Last");
        change(last.getCTP().addNewDel()).addNewR().addNewDelText().setStringValue(" words");
        ContractDocument read = read(document);
        assertThat(read.text()).isEqualTo("First.\n\nCome.\n\nLast");
        assertThat(read.originalText()).isEqualTo("First.\n\nGone.\n\nLast words");
        assertThat(read.changes())
                .extracting("kind", "position", "text")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("DELETED", 8, "Gone."),
                        org.assertj.core.groups.Tuple.tuple("INSERTED", 8, "Come."),
                        org.assertj.core.groups.Tuple.tuple("DELETED", 19, " words"));
    }

    private static CTRunTrackChange change(CTRunTrackChange change) {
        change.setAuthor("Counsel");
        change.setId(BigInteger.ONE);
        return change;
    }

    private static void change(org.openxmlformats.schemas.wordprocessingml.x2006.main.CTTrackChange change) {
        change.setAuthor("Counsel");
        change.setId(BigInteger.ONE);
    }
}
