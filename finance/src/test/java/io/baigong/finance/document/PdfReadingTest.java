package io.baigong.finance.document;

import static io.baigong.finance.document.TestFiles.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.baigong.finance.review.ContractReview.OcrWord;
import io.baigong.finance.review.ContractReview.Page;
import io.baigong.finance.review.ContractReview.Region;
import io.baigong.spi.Attachment;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import io.baigong.spi.RecognisedWord;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.image.CCITTFactory;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.util.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PdfReadingTest {
    private static final String FILLER = "This Agreement is made between the Supplier and the Customer as of today.";

    @TempDir
    private Path folder;

    /** The box of a word, on a page turned and cropped, must be where a renderer draws it. */
    @ParameterizedTest
    @CsvSource({"0,0", "90,90", "180,180", "270,270", "90,0", "180,0", "270,0", "0,90", "0,270"})
    void boxesOnTurnedAndCroppedPages(int rotation, int ofText) throws IOException {
        var out = new ByteArrayOutputStream();
        BufferedImage shown;
        try (var pdf = new PDDocument()) {
            PDPage page = page(pdf, rotation);
            turnedText(pdf, page, FILLER.substring(0, 40), 300, 330, Color.WHITE, ofText);
            turnedText(pdf, page, "LIABILITY", 250, 450, Color.BLACK, ofText);
            pdf.save(out);
            shown = new PDFRenderer(pdf).renderImage(0);
        }
        ContractDocument document = TestFiles.read(file(folder, "turned.pdf", out.toByteArray()));
        Page page = document.pages().getFirst();
        assertThat(page.width()).isEqualTo(rotation % 180 == 0 ? 400 : 500);
        assertThat(page.height()).isEqualTo(rotation % 180 == 0 ? 500 : 400);

        int start = document.text().indexOf("LIABILITY");
        assertThat(start).as(document.text()).isNotNegative();
        Region ink = ink(shown);
        assertThat(document.regions(start, start + "LIABILITY".length()))
                .singleElement()
                .satisfies(box -> {
                    assertThat(box.x()).isBetween(ink.x() - 6, ink.x() + 1.5);
                    assertThat(box.y()).isBetween(ink.y() - 6, ink.y() + 1.5);
                    assertThat(box.x() + box.width()).isBetween(ink.x() + ink.width() - 1.5, ink.x() + ink.width() + 6);
                    assertThat(box.y() + box.height())
                            .isBetween(ink.y() + ink.height() - 1.5, ink.y() + ink.height() + 6);
                });
    }

    /** Text turned against the clock, so that it stands upright on a page that is turned as much with the clock. */
    private static void turnedText(
            PDDocument pdf, PDPage page, String words, float x, float y, Color colour, int degrees) throws IOException {
        try (var content = new PDPageContentStream(pdf, page, PDPageContentStream.AppendMode.APPEND, false)) {
            content.beginText();
            content.setNonStrokingColor(colour);
            content.setFont(font(pdf), 10);
            content.setTextMatrix(Matrix.getRotateInstance(Math.toRadians(degrees), x, y));
            content.showText(words);
            content.endText();
        }
    }

    private static PDPage page(PDDocument pdf, int rotation) {
        var page = new PDPage(new PDRectangle(612, 792));
        page.setCropBox(new PDRectangle(100, 200, 400, 500));
        page.setRotation(rotation);
        pdf.addPage(page);
        return page;
    }

    private static void text(PDDocument pdf, PDPage page, String words, float x, float y, Color colour)
            throws IOException {
        try (var content = new PDPageContentStream(pdf, page, PDPageContentStream.AppendMode.APPEND, false)) {
            content.beginText();
            content.setNonStrokingColor(colour);
            content.setFont(font(pdf), 10);
            content.newLineAtOffset(x, y);
            content.showText(words);
            content.endText();
        }
    }

    /** Comes with PDFBox; has Latin, Greek, Cyrillic and Hebrew letters. */
    private static PDType0Font font(PDDocument pdf) throws IOException {
        try (var in =
                PDDocument.class.getResourceAsStream("/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf")) {
            return PDType0Font.load(pdf, in, true);
        }
    }

    private static Region ink(BufferedImage image) {
        int left = image.getWidth();
        int top = image.getHeight();
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if ((image.getRGB(x, y) & 0xff) < 100) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x + 1);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        return new Region(1, left, top, right - left, bottom - top);
    }

    @Test
    void paragraphsLinesAndHyphens() throws IOException {
        ContractDocument document = TestFiles.read(lines(
                "1. Termination. Either party may termi-",
                "nate this Agreement on notice; to terminate is not to waive, and this non-",
                "exclusive licence ends at the same time as the last of the two annexes ends.",
                "",
                "2. Notices are sent to the following address, unless the parties agree otherwise:",
                "Example Ltd",
                "1 Example Street",
                "",
                "(a) first item of the list, which is long enough to reach the right margin of the page;",
                "(b) second item of the list."));
        assertThat(document.text())
                .isEqualTo(
                        "1. Termination. Either party may terminate this Agreement on notice; to terminate is not to waive, and this "
                                + "non-exclusive licence ends at the same time as the last of the two annexes ends.\n\n"
                                + "2. Notices are sent to the following address, unless the parties agree otherwise:\n\nExample Ltd\n1 Example Street\n\n"
                                + "(a) first item of the list, which is long enough to reach the right margin of the page;\n\n(b) second item of the list.");
        int start = document.text().indexOf("terminate");
        assertThat(document.regions(start, start + "terminate".length()))
                .as("a word parted at the line's end has two boxes")
                .hasSize(2);
    }

    private Attachment lines(String... lines) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var pdf = new PDDocument()) {
            var page = new PDPage(PDRectangle.LETTER);
            pdf.addPage(page);
            float y = 700;
            for (String line : lines) {
                if (!line.isEmpty()) {
                    text(pdf, page, line, 72, y, Color.BLACK);
                }
                y -= line.isEmpty() ? 8 : 12;
            }
            pdf.save(out);
        }
        return file(folder, "lines.pdf", out.toByteArray());
    }

    @Test
    void rightToLeftIsInReadingOrder() throws IOException {
        // Drawn as a PDF writer draws it, from left to right: the letters reversed.
        String shown = new StringBuilder("הסכם שירותים בין הצדדים").reverse().toString();
        ContractDocument document = TestFiles.read(lines(shown, FILLER));
        assertThat(document.text()).contains("הסכם", "שירותים", "הצדדים");
        int start = document.text().indexOf("שירותים");
        assertThat(document.regions(start, start + 3)).isNotEmpty();
    }

    @Test
    void linesDrawnInDisorderAreSorted() throws IOException {
        String[] lines = new String[12];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "Line number " + i + " of the contract, which is drawn in no order.";
        }
        var out = new ByteArrayOutputStream();
        try (var pdf = new PDDocument()) {
            var page = new PDPage(PDRectangle.LETTER);
            pdf.addPage(page);
            for (int i = 0; i < lines.length; i++) {
                int line = i * 5 % lines.length;
                text(pdf, page, lines[line], 72, 700 - 12 * line, Color.BLACK);
            }
            pdf.save(out);
        }
        assertThat(TestFiles.read(file(folder, "disorder.pdf", out.toByteArray()))
                        .text())
                .isEqualTo(String.join(" ", lines));
    }

    @Test
    void scannedPagesAreReadByOcr() throws IOException, UnreadableDocument {
        Attachment scan = scan();
        ContractDocument document = ContractReader.read(scan, page -> {
            // 200 dpi; the words' place is found in the picture, as OCR would find it.
            Region ink = ink(page);
            assertThat(page.getWidth()).isBetween(1690, 1701);
            double half = ink.width() / 2;
            return List.of(
                    new RecognisedWord("GOVERNING", ink.x(), ink.y(), half, ink.height(), 0.9),
                    new RecognisedWord("LAW", ink.x() + half, ink.y(), half, ink.height(), 0.5));
        });
        assertThat(document.text()).isEqualTo(FILLER + "\n\nGOVERNING LAW");
        Page page = document.pages().get(1);
        assertThat(page.scanned()).isTrue();
        assertThat(page.ocrConfidence()).isCloseTo(0.7, within(1e-6));
        assertThat(document.pages().getFirst().scanned()).isFalse();
        assertThat(document.pages().getFirst().ocrConfidence()).isEqualTo(1);
        assertThat(document.pages().get(2).scanned()).as("a blank page").isFalse();
        assertThat(document.notes()).containsExactly("Read by OCR, as there is no text layer: page 2.");

        int start = document.text().indexOf("LAW");
        assertThat(document.ocrWords(0, document.text().length()))
                .containsExactly(
                        new OcrWord(start - "GOVERNING ".length(), start - 1, 0.9), new OcrWord(start, start + 3, 0.5));
        assertThat(document.ocrWords(start - 1, start + 1)).containsExactly(new OcrWord(start, start + 3, 0.5));
        assertThat(document.ocrWords(0, FILLER.length())).as("a text layer").isEmpty();
        Region box = document.regions(page.start(), page.end()).getFirst();
        assertThat(box.page()).isEqualTo(2);
        // The picture shows the words from 100 to 300 points from the left.
        assertThat(box.x()).isCloseTo(100, within(6.0));
        assertThat(box.y()).isCloseTo(100, within(12.0));
    }

    /** A page laid on the scanner sideways or upside down: lines are joined as they read, boxes lie where the words are shown. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void turnedScansAreReadInTheirLines(int quarters) throws IOException, UnreadableDocument {
        // Upright, in pixels at 200 dpi, as wide as the page is when it is turned upright.
        double width = quarters % 2 == 0 ? 1700 : 2200;
        double height = quarters % 2 == 0 ? 2200 : 1700;
        String[][] lines = {{"This", "Agreement", "ends", "on", "the", "last", "day"}, {"of", "June."}};
        var words = new ArrayList<RecognisedWord>();
        for (int line = 0; line < lines.length; line++) {
            for (int i = 0; i < lines[line].length; i++) {
                double x = 200 + 180 * i;
                double y = 300 + 50 * line;
                words.add(shown(lines[line][i], new double[] {x, y, 160, 30}, width, height, quarters));
            }
        }
        ContractDocument document = ContractReader.read(scan(), _ -> words);
        assertThat(document.text()).endsWith("\n\nThis Agreement ends on the last day of June.");
        int start = document.text().indexOf("Agreement ends");
        double[] expected = switch (quarters) {
            case 0 -> new double[] {380, 300, 340, 30};
            case 1 -> new double[] {300, width - 720, 30, 340};
            case 2 -> new double[] {width - 720, height - 330, 340, 30};
            default -> new double[] {height - 330, 380, 30, 340};
        };
        Region box = document.regions(start, start + "Agreement ends".length()).getFirst();
        double[] found = {box.x(), box.y(), box.width(), box.height()};
        for (int i = 0; i < 4; i++) {
            assertThat(found[i]).isCloseTo(expected[i] * 72 / 200, within(0.05));
        }
        Region first = document.regions(start, start + 1).getFirst();
        assertThat(quarters == 1 ? first.y() + first.height() : quarters == 2 ? first.x() + first.width() : 0)
                .as("the first letter stands where reading begins")
                .isCloseTo(
                        quarters == 1 ? box.y() + box.height() : quarters == 2 ? box.x() + box.width() : 0,
                        within(0.05));
    }

    /** A word of the upright page as it stands in a picture that is turned clockwise by the quarters to be upright. */
    private static RecognisedWord shown(String text, double[] upright, double width, double height, int quarters) {
        double x = upright[0];
        double y = upright[1];
        double w = upright[2];
        double h = upright[3];
        return switch (quarters) {
            case 0 -> new RecognisedWord(text, x, y, w, h, 0.9, 0);
            case 1 -> new RecognisedWord(text, y, width - x - w, h, w, 0.9, 1);
            case 2 -> new RecognisedWord(text, width - x - w, height - y - h, w, h, 0.9, 2);
            default -> new RecognisedWord(text, height - y - h, x, h, w, 0.9, 3);
        };
    }

    @Test
    void scansInJbig2AreDrawn() throws IOException, UnreadableDocument {
        var ink = new Region[1];
        byte[] pdf = RawPdf.picture(
                "/Width 612 /Height 792 /BitsPerComponent 1 /ColorSpace/DeviceGray /Filter/JBIG2Decode", jbig2(bar()));
        ContractDocument document = ContractReader.read(file(folder, "scan.pdf", pdf), page -> {
            ink[0] = ink(page);
            return List.of(new RecognisedWord("CONFIDENTIAL", 278, 278, 555, 55, 0.9));
        });
        assertThat(document.text()).isEqualTo("CONFIDENTIAL");
        // The bar that bar() draws, at 200 dpi.
        assertThat(ink[0].x()).isCloseTo(100 * 200 / 72.0, within(2.0));
        assertThat(ink[0].y()).isCloseTo(100 * 200 / 72.0, within(2.0));
        assertThat(ink[0].width()).isCloseTo(200 * 200 / 72.0, within(4.0));
        assertThat(ink[0].height()).isCloseTo(20 * 200 / 72.0, within(4.0));
    }

    /** Black from (100, 100) to (300, 120) on white. */
    private static BufferedImage bar() {
        var picture = new BufferedImage(612, 792, BufferedImage.TYPE_BYTE_BINARY);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 612, 792);
        graphics.setColor(Color.BLACK);
        graphics.fillRect(100, 100, 200, 20);
        graphics.dispose();
        return picture;
    }

    /** As ITU-T T.88 has it within another file: the page's information, then one region in MMR, which is Group 4 fax. */
    private static byte[] jbig2(BufferedImage picture) throws IOException {
        byte[] fax;
        try (var pdf = new PDDocument()) {
            fax = CCITTFactory.createFromImage(pdf, picture)
                    .getCOSObject()
                    .createRawInputStream()
                    .readAllBytes();
        }
        int width = picture.getWidth();
        int height = picture.getHeight();
        return ByteBuffer.allocate(30 + 29 + fax.length)
                .putInt(0)
                .put(new byte[] {0x30, 0, 1})
                .putInt(19)
                .putInt(width)
                .putInt(height)
                .put(new byte[11])
                .putInt(1)
                .put(new byte[] {0x26, 0, 1})
                .putInt(18 + fax.length)
                .putInt(width)
                .putInt(height)
                .put(new byte[9])
                .put((byte) 1)
                .put(fax)
                .array();
    }

    @Test
    void scansInJpeg2000AreRefusedByName() throws IOException {
        // Its signature box; no more is read, for there is no reader.
        byte[] picture = HexFormat.of().parseHex("0000000c6a5020200d0a870a");
        Attachment scan =
                file(folder, "scan.pdf", RawPdf.picture("/Width 1700 /Height 2200 /Filter/JPXDecode", picture));
        UnreadableDocument refusal = TestFiles.refusal(scan, ErrorCode.User.UNSUPPORTED_FORMAT);
        assertThat(refusal.detail()).contains("JPEG 2000").contains("page 1");
        assertThat(refusal.remedy()).contains("JPEG");
    }

    @Test
    void scansWithoutOcrAreNoted() throws IOException, UnreadableDocument {
        ContractDocument document = ContractReader.read(scan(), page -> {
            throw new ModelException(ErrorCode.Model.UNAVAILABLE, "no model");
        });
        assertThat(document.text()).isEqualTo(FILLER);
        assertThat(document.notes())
                .singleElement()
                .asString()
                .contains("not read")
                .contains("page 2");
    }

    /** A page with a text layer, one that is a picture, and a blank one. */
    private Attachment scan() throws IOException {
        var picture = new BufferedImage(612, 792, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 612, 792);
        graphics.setColor(Color.BLACK);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 30));
        graphics.fillRect(100, 100, 200, 20);
        graphics.dispose();
        var out = new ByteArrayOutputStream();
        try (var pdf = new PDDocument()) {
            var text = new PDPage(PDRectangle.LETTER);
            pdf.addPage(text);
            text(pdf, text, FILLER, 72, 600, Color.BLACK);
            var scanned = new PDPage(PDRectangle.LETTER);
            pdf.addPage(scanned);
            try (var content = new PDPageContentStream(pdf, scanned)) {
                content.drawImage(LosslessFactory.createFromImage(pdf, picture), 0, 0, 612, 792);
            }
            var blank = new PDPage(PDRectangle.LETTER);
            pdf.addPage(blank);
            try (var content = new PDPageContentStream(pdf, blank)) {
                content.setLineWidth(1);
            }
            pdf.save(out);
        }
        return file(folder, "scan.pdf", out.toByteArray());
    }

    @Test
    void threeHundredPagesTakeLittleTimeAndMemory() throws IOException {
        var content = new StringBuilder();
        for (int line = 0; line < 45; line++) {
            content.append("BT /F1 10 Tf 72 ")
                    .append(740 - 15 * line)
                    .append(" Td (")
                    .append(FILLER)
                    .append(") Tj ET\n");
        }
        var pdf = new RawPdf();
        pdf.add("<</Type/Catalog /Pages 2 0 R>>");
        pdf.add("<</Type/Pages /Count 300 /Kids[" + "4 0 R ".repeat(300) + "]>>");
        pdf.addStream("", content.toString().getBytes(StandardCharsets.US_ASCII));
        pdf.add("<</Type/Page /Parent 2 0 R /MediaBox[0 0 612 792] /Contents 3 0 R "
                + "/Resources<</Font<</F1<</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>>>>>>>");
        ContractDocument document = TestFiles.read(file(folder, "long.pdf", pdf.bytes()));
        assertThat(document.pages()).hasSize(300);
        assertThat(document.text().length()).isGreaterThan(300 * 45 * FILLER.length());
        int last = document.text().lastIndexOf("Customer");
        assertThat(document.regions(last, last + 8))
                .singleElement()
                .satisfies(box -> assertThat(box.page()).isEqualTo(300));
    }
}
