package io.baigong.finance.document;

import io.baigong.spi.ErrorCode;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;

/** Reads the lines of a page's text layer. */
final class PdfTextLayer extends PDFTextStripper {
    private static final int MOST_GLYPHS_ON_A_PAGE = 40_000;
    private static final int MOST_OPERATORS_ON_A_PAGE = 5_000_000;
    private static final int OPERATORS_BETWEEN_CHECKS = 1024;
    /** Of an em, from the baseline; most text faces are near these. */
    private static final float ASCENT = 0.8f;

    private static final float DESCENT = 0.22f;

    /** Thrown through PDFBox, which goes on after an IOException from an operator. */
    private static final class Overfull extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final Deadline deadline;
    private List<PdfLine> lines = new ArrayList<>();
    private PdfLine line = new PdfLine();
    private float pageWidth;
    private float pageHeight;
    private int rotation;
    private int glyphs;
    /** Glyphs that do not run from left to right on the page as it is shown. */
    private int turned;

    private int operators;

    PdfTextLayer(Deadline deadline) {
        this.deadline = deadline;
        output = Writer.nullWriter();
        // pages come one by one, and PDFBox counts none of them
        setStartPage(0);
        setShouldSeparateByBeads(false);
        setSuppressDuplicateOverlappingText(true);
        setSortByPosition(false);
    }

    /** Lines in reading order: as the page draws them, or sorted by place if it draws them in disorder. */
    List<PdfLine> lines(PDPage page) throws IOException, UnreadableDocument {
        List<PdfLine> drawn = read(page);
        // Unsorted, PDFBox takes all text to run as the page is turned.
        if (!disordered(drawn) && turned * 2 <= glyphs) {
            return drawn;
        }
        setSortByPosition(true);
        try {
            return read(page);
        } finally {
            setSortByPosition(false);
        }
    }

    private List<PdfLine> read(PDPage page) throws IOException, UnreadableDocument {
        PDRectangle crop = page.getCropBox();
        pageWidth = crop.getWidth();
        pageHeight = crop.getHeight();
        rotation = page.getRotation();
        lines = new ArrayList<>();
        line = new PdfLine();
        glyphs = 0;
        turned = 0;
        operators = 0;
        try {
            processPage(page);
        } catch (Overfull e) {
            throw new UnreadableDocument(
                    ErrorCode.User.TOO_LARGE,
                    "A page of the PDF draws more than " + MOST_GLYPHS_ON_A_PAGE + " characters or "
                            + MOST_OPERATORS_ON_A_PAGE + " strokes.",
                    "Print the document to a new PDF, without plans or drawings.",
                    e);
        }
        endLine();
        return lines;
    }

    /** Whether many lines go up the page without starting a new column. */
    private static boolean disordered(List<PdfLine> lines) {
        int up = 0;
        for (int i = 1; i < lines.size(); i++) {
            PdfLine before = lines.get(i - 1);
            PdfLine after = lines.get(i);
            boolean overlapping = after.left() < before.right() && before.left() < after.right();
            if (after.bottom() < before.top() && overlapping) {
                up++;
            }
        }
        return up >= 4 && up * 6 > lines.size();
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        // A form within the page is parsed anew each time that it is drawn.
        int before = operators;
        operators += operator.getName().equals("Do") ? 100 : 1;
        if (before / OPERATORS_BETWEEN_CHECKS != operators / OPERATORS_BETWEEN_CHECKS) {
            deadline.check();
            if (operators > MOST_OPERATORS_ON_A_PAGE) {
                throw new Overfull();
            }
        }
        super.processOperator(operator, operands);
    }

    @Override
    protected void processTextPosition(TextPosition glyph) {
        if (++glyphs > MOST_GLYPHS_ON_A_PAGE) {
            throw new Overfull();
        }
        String unicode = glyph.getUnicode();
        if (unicode != null && !unicode.isEmpty()) {
            turned += glyph.getDir() == rotation ? 0 : 1;
            super.processTextPosition(glyph);
        }
    }

    @Override
    protected void writeString(String word, List<TextPosition> glyphs) {
        String clean = CleanText.of(word).replace('\n', ' ').replace('\t', ' ');
        boolean glyphByGlyph = word.contentEquals(drawn(glyphs));
        if (glyphByGlyph) {
            for (int at = 0, i = 0; i < glyphs.size(); i++) {
                int units = glyphs.get(i).getUnicode().length();
                add(clean, at, at + units, box(glyphs.get(i)));
                at += units;
            }
        } else {
            // A ligature taken apart or a word from right to left: the units share the whole word's box.
            add(clean, 0, clean.length(), hull(glyphs));
        }
    }

    private static StringBuilder drawn(List<TextPosition> glyphs) {
        var drawn = new StringBuilder();
        for (TextPosition glyph : glyphs) {
            drawn.append(glyph.getUnicode());
        }
        return drawn;
    }

    private void add(String text, int from, int to, float[] box) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != ' ') {
                line.add(text.charAt(i), box[0], box[1], box[2] - box[0], box[3] - box[1], 1);
            } else {
                line.addSpace();
            }
        }
    }

    private float[] hull(List<TextPosition> glyphs) {
        float[] hull = box(glyphs.getFirst());
        for (TextPosition glyph : glyphs) {
            float[] box = box(glyph);
            hull[0] = Math.min(hull[0], box[0]);
            hull[1] = Math.min(hull[1], box[1]);
            hull[2] = Math.max(hull[2], box[2]);
            hull[3] = Math.max(hull[3], box[3]);
        }
        return hull;
    }

    /** Left, top, right, bottom on the page as it is shown, whichever way the page or the glyph is turned. */
    private float[] box(TextPosition glyph) {
        Matrix matrix = glyph.getTextMatrix();
        float upX = matrix.getShearX();
        float upY = matrix.getScaleY();
        float x0 = matrix.getTranslateX();
        float y0 = matrix.getTranslateY();
        float x1 = glyph.getEndX();
        float y1 = glyph.getEndY();
        float[] box = {Float.MAX_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
        include(box, x0 + ASCENT * upX, y0 + ASCENT * upY);
        include(box, x0 - DESCENT * upX, y0 - DESCENT * upY);
        include(box, x1 + ASCENT * upX, y1 + ASCENT * upY);
        include(box, x1 - DESCENT * upX, y1 - DESCENT * upY);
        return box;
    }

    private void include(float[] box, float x, float y) {
        float shownX = switch (rotation) {
            case 90 -> y;
            case 180 -> pageWidth - x;
            case 270 -> pageHeight - y;
            default -> x;
        };
        float shownY = switch (rotation) {
            case 90 -> x;
            case 180 -> y;
            case 270 -> pageWidth - x;
            default -> pageHeight - y;
        };
        box[0] = Math.min(box[0], shownX);
        box[1] = Math.min(box[1], shownY);
        box[2] = Math.max(box[2], shownX);
        box[3] = Math.max(box[3], shownY);
    }

    private void endLine() {
        if (!line.isBlank() && line.isPlaced()) {
            lines.add(line);
        }
        line = new PdfLine();
    }

    @Override
    protected void writeWordSeparator() {
        line.addSpace();
    }

    @Override
    protected void writeLineSeparator() {
        endLine();
    }

    @Override
    protected void writeParagraphStart() {
        endLine();
    }

    @Override
    protected void writeParagraphEnd() {
        endLine();
    }
}
