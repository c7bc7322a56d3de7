package io.baigong.host.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

/** A page reads the same as HTML and as PDF, and what strangers wrote stays text. */
class ReportPageTest {
    private static PDDocument pdf(ReportPage page) throws IOException {
        var bytes = new ByteArrayOutputStream();
        page.pdf(bytes);
        return Loader.loadPDF(bytes.toByteArray());
    }

    private static String text(PDDocument pdf) throws IOException {
        return new PDFTextStripper().getText(pdf);
    }

    @Test
    void aPdfIsTitledTaggedAndReadableInChinese() throws IOException {
        var page = new ReportPage(Language.ZH, "批处理报告：合同")
                .heading("记录失败的原因")
                .paragraph("Zoë 喆镕堃 – naïve €5 ≥ 3")
                .table(List.of("名称", "数量"), List.of(List.of("高", "1,204")))
                .bars("严重程度", "次数", Map.of("HIGH", 3L));

        try (PDDocument pdf = pdf(page)) {
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("批处理报告：合同");
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("zh");
            assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(pdf.getDocumentCatalog().getStructureTreeRoot().getKids())
                    .isNotEmpty();
            assertThat(text(pdf)).contains("记录失败的原因", "Zoë 喆镕堃 – naïve €5 ≥ 3", "高", "1,204", "严重程度", "HIGH");
        }
    }

    @Test
    void textsStayTexts() throws IOException {
        String hostile = "<script src='http://x/'>&amp;\"</script><img src=\"file:///etc/passwd\"/>\0\uD800";
        var page = new ReportPage(Language.EN, hostile)
                .heading(hostile)
                .paragraph(hostile)
                .table(List.of(hostile), List.of(List.of(hostile)))
                .bars(hostile, hostile, Map.of(hostile, 0L));

        assertThat(page.html()).doesNotContain("<script", "<img", "\0");
        try (PDDocument pdf = pdf(page)) {
            assertThat(text(pdf)).contains("<script").contains("file:///etc/passwd");
        }
    }

    @Test
    void longTablesGoOnWithTheirHeadAndLongWordsBreak() throws IOException {
        var rows = Collections.nCopies(200, List.of("x".repeat(300), "7"));
        try (PDDocument pdf = pdf(new ReportPage(Language.EN, "Long").table(List.of("Word", "Count"), rows))) {
            int pages = pdf.getNumberOfPages();
            assertThat(pages).isGreaterThan(5);
            assertThat(text(pdf).split("Word", -1)).hasSize(pages + 1);
            assertThat(text(pdf)).contains("1 / " + pages);
        }
    }

    @Test
    void numbersAreForPeople() {
        assertThat(ReportPage.number(1234567)).isEqualTo("1,234,567");
        assertThat(ReportPage.number(0.123456)).isEqualTo("0.123");
        assertThat(ReportPage.number(-12.3456)).isEqualTo("-12.3");
        assertThat(ReportPage.number(1234.5)).isEqualTo("1,234");
        assertThat(ReportPage.number(0)).isEqualTo("0");
        assertThat(ReportPage.number(Double.NaN)).isEqualTo("–");
    }

    @Test
    void theFirstLanguageThatThereIsCounts() {
        assertThat(Language.of(List.of(Locale.FRENCH, Locale.SIMPLIFIED_CHINESE, Locale.UK)))
                .isEqualTo(Language.ZH);
        assertThat(Language.of(List.of(Locale.of("*")))).isEqualTo(Language.EN);
        assertThat(Language.of("zh-Hans-CN")).contains(Language.ZH);
        assertThat(Language.of("fr")).isEmpty();
    }
}
