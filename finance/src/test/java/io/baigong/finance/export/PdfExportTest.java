package io.baigong.finance.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.finance.review.ContractReview;
import io.baigong.spi.Attachment;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationHighlight;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationText;
import org.apache.pdfbox.text.PDFTextStripperByArea;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PdfExportTest {
    @TempDir
    private Path folder;

    @Test
    void originalWithHighlightsOverTheWords() throws IOException {
        Reviews reviews = Reviews.ofSample("managed-services-agreement.pdf");
        String text = reviews.document.text();
        String one = text.substring(text.indexOf("Supplier"), text.indexOf("Supplier") + 8);
        int at = reviews.document.pages().get(1).start() + 300;
        int start = text.indexOf(' ', at) + 1;
        String lines = text.substring(start, text.indexOf(' ', start + 150));
        byte[] pdf = reviews.export(new PdfExport(), reviews.review(lines, one, lines));
        Map<String, String> highlighted = highlighted(pdf);
        assertThat(highlighted).containsKey("icon High: Nothing on insurance").hasSize(4);
        assertThat(highlighted.get("High: Finding on 0")).contains("Supplier");
        assertThat(highlighted.get("High: Finding on 1")).contains(lines.replaceAll("\\s+", " "));
        assertThat(highlighted.get("Clause: Governing law (87 %)")).contains(lines.replaceAll("\\s+", " "));
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages())
                    .isEqualTo(reviews.document.pages().size());
            for (PDPage page : document.getPages()) {
                for (PDAnnotation annotation : page.getAnnotations()) {
                    if (annotation instanceof PDAnnotationHighlight highlight) {
                        assertThat(highlight.getContents()).startsWith(highlight.getSubject());
                        assertThat(highlight.getPopup()).isNotNull();
                        assertThat(highlight.getAppearance())
                                .as("seen by every viewer")
                                .isNotNull();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 90, 180, 270})
    void turnedAndCroppedPages(int rotation) throws IOException {
        Path file = folder.resolve("turned.pdf");
        try (var pdf = new PDDocument()) {
            var page = new PDPage(new PDRectangle(612, 792));
            page.setCropBox(new PDRectangle(50, 100, 500, 600));
            page.setRotation(rotation);
            pdf.addPage(page);
            try (var content = new PDPageContentStream(pdf, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                content.newLineAtOffset(100, 400);
                content.showText("The liability of the Supplier is limited to the fees paid in one year.");
                content.endText();
            }
            pdf.save(file.toFile());
        }
        Reviews reviews = new Reviews(new Attachment("turned.pdf", file));
        byte[] exported = reviews.export(new PdfExport(), reviews.review("fees paid", "liability"));
        try (PDDocument document = Loader.loadPDF(exported)) {
            float[] quad = document.getPage(0).getAnnotations().stream()
                    .filter(PDAnnotationHighlight.class::isInstance)
                    .map(annotation -> ((PDAnnotationHighlight) annotation).getQuadPoints())
                    .findFirst()
                    .orElseThrow();
            // “The ” in 12 point Helvetica is 24.0 points wide, “liability” 36.0; the baseline is at 400.
            assertThat(quad).hasSize(8);
            assertThat(quad[0]).isBetween(123.5f, 124.5f);
            assertThat(quad[2]).isBetween(159.5f, 160.5f);
            assertThat(quad[5]).isBetween(396f, 400f);
            assertThat(quad[1]).isBetween(408f, 413f);
        }
    }

    @Test
    void otherFormatsAreSetAnew() throws IOException {
        String text = "SERVICES AGREEMENT\n\n1. Term\tThe term is ten years; fees are € 1,000.\n\n"
                + "第二条 适用法律：本合同适用中华人民共和国法律。\n\n" + "A long line of words. ".repeat(400);
        Reviews reviews = Reviews.ofText(folder, text);
        ContractReview review = reviews.review("适用法律", "term is ten years");
        assertThat(new PdfExport().supports(reviews.input(), review)).isTrue();
        byte[] pdf = reviews.export(new PdfExport(), review);
        Map<String, String> highlighted = highlighted(pdf);
        assertThat(highlighted.get("High: Finding on 0")).contains("term is ten years");
        assertThat(highlighted.get("Clause: Governing law (87 %)")).contains("适用法律");
        Reviews again =
                new Reviews(new Attachment("again.pdf", java.nio.file.Files.write(folder.resolve("a.pdf"), pdf)));
        assertThat(again.document.pages()).hasSizeGreaterThan(1);
        assertThat(again.document.text()).contains("SERVICES AGREEMENT", "fees are € 1,000.", "本合同适用中华人民共和国法律。");
    }

    @Test
    void whatCannotBeSetIsNotOffered() throws IOException {
        Reviews reviews = Reviews.ofText(folder, "يخضع هذا العقد للقانون");
        assertThat(new PdfExport().supports(reviews.input(), reviews.review("العقد")))
                .isFalse();
        assertThat(new DocxExport().supports(reviews.input(), reviews.review("العقد")))
                .isTrue();
    }

    /** The words under each highlight, by its subject; a note without a highlight as “icon …”. */
    private static Map<String, String> highlighted(byte[] pdf) throws IOException {
        var words = new HashMap<String, String>();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            for (PDPage page : document.getPages()) {
                for (PDAnnotation annotation : page.getAnnotations()) {
                    if (annotation instanceof PDAnnotationHighlight highlight) {
                        words.merge(highlight.getSubject(), under(page, highlight), (one, two) -> one + " " + two);
                    } else if (annotation instanceof PDAnnotationText text) {
                        words.put("icon " + text.getSubject(), "");
                    }
                }
            }
        }
        return words;
    }

    private static String under(PDPage page, PDAnnotationHighlight highlight) throws IOException {
        float[] quads = highlight.getQuadPoints();
        var words = new StringBuilder();
        for (int i = 0; i < quads.length; i += 8) {
            float height = page.getMediaBox().getHeight();
            var stripper = new PDFTextStripperByArea();
            stripper.addRegion(
                    "r",
                    new Rectangle2D.Float(
                            quads[i] - 0.5f,
                            height - quads[i + 1] - 0.5f,
                            quads[i + 2] - quads[i] + 1,
                            quads[i + 1] - quads[i + 5] + 1));
            stripper.extractRegions(page);
            words.append(stripper.getTextForRegion("r").strip()).append(' ');
        }
        return words.toString().replaceAll("\\s+", " ").strip();
    }
}
