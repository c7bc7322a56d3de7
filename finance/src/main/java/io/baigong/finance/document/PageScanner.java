package io.baigong.finance.document;

import io.baigong.spi.RecognisedWord;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.spi.IIORegistry;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.jbig2.JBIG2ImageReaderSpi;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;

/** Draws pages as pictures and has their words read. */
final class PageScanner {
    static {
        // Found by itself only on threads whose class loader sees it.
        IIORegistry.getDefaultInstance().registerServiceProvider(new JBIG2ImageReaderSpi());
    }

    static final long MOST_PICTURE_PIXELS = 100_000_000;
    private static final float DPI = 200;
    private static final double MOST_PIXELS = 9_000_000;
    /** A picture of a page has at least these pixels, 75 dpi on A4; a logo has fewer. */
    private static final long PIXELS_OF_A_PAGE = 500_000;

    /** Thrown through PDFBox, which goes on after an IOException from an operator. */
    static final class HugePicture extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * What OCR read.
     *
     * @param confidence mean over the words, in [0, 1]; 1 if there are none
     */
    record Scan(List<PdfLine> lines, double confidence) {
        int letters() {
            int letters = 0;
            for (PdfLine line : lines) {
                letters += CleanText.letters(line.text);
            }
            return letters;
        }
    }

    private final PDDocument document;
    private final TextRecogniser ocr;
    private final Deadline deadline;
    private final PDFRenderer renderer;
    private volatile boolean leftOutPicture;

    PageScanner(PDDocument document, TextRecogniser ocr, Deadline deadline) {
        this.document = document;
        this.ocr = ocr;
        this.deadline = deadline;
        this.renderer = new BoundedRenderer(document);
        renderer.setSubsamplingAllowed(true);
    }

    /** Whether the page refers to a picture large enough to be a scan of it. */
    boolean showsLargePicture(PDPage page) throws IOException {
        return showsLargePicture(page.getResources(), 0);
    }

    private static boolean showsLargePicture(PDResources resources, int depth) throws IOException {
        if (resources == null || depth > 2) {
            return false;
        }
        for (COSName name : resources.getXObjectNames()) {
            COSDictionary objects = resources.getCOSObject().getCOSDictionary(COSName.XOBJECT);
            COSDictionary object = objects == null ? null : objects.getCOSDictionary(name);
            if (object == null) {
                continue;
            }
            long pixels = object.getLong(COSName.WIDTH, 0) * object.getLong(COSName.HEIGHT, 0);
            COSDictionary inner = object.getCOSDictionary(COSName.RESOURCES);
            if (pixels >= PIXELS_OF_A_PAGE || (inner != null && showsLargePicture(new PDResources(inner), depth + 1))) {
                return true;
            }
        }
        return false;
    }

    boolean isBlank(int index) throws IOException {
        return blank(draw(index, dpi(index) / 8));
    }

    /** Whether the page drawn last holds a picture that can't be drawn: JPEG 2000, for which no reader may be shipped. */
    boolean leftOutPicture() {
        return leftOutPicture;
    }

    private BufferedImage draw(int index, float dpi) throws IOException {
        leftOutPicture = false;
        return deadline.parsing(() -> renderer.renderImageWithDPI(index, dpi, ImageType.RGB));
    }

    /** Words of a page in lines, placed in points on the page as it is shown; none if the page is blank. */
    Scan scan(int index) throws IOException {
        float dpi = dpi(index);
        BufferedImage picture = draw(index, dpi);
        deadline.check();
        if (blank(picture)) {
            return new Scan(List.of(), 1);
        }
        return lines(deadline.recognising(() -> ocr.read(picture)), picture, 72 / dpi);
    }

    private float dpi(int index) {
        PDRectangle crop = document.getPage(index).getCropBox();
        double squareInches = (double) crop.getWidth() * crop.getHeight() / (72 * 72);
        return (float) Math.min(DPI, Math.sqrt(MOST_PIXELS / Math.max(squareInches, 1e-3)));
    }

    private static boolean blank(BufferedImage picture) {
        int first = picture.getRGB(0, 0);
        int[] row = new int[picture.getWidth()];
        for (int y = 0; y < picture.getHeight(); y++) {
            picture.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int pixel : row) {
                if (pixel != first) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Scan lines(List<RecognisedWord> words, BufferedImage picture, float scale) {
        double width = picture.getWidth() * scale;
        double height = picture.getHeight() * scale;
        var lines = new ArrayList<PdfLine>();
        double sum = 0;
        int count = 0;
        PdfLine line = new PdfLine();
        for (RecognisedWord word : words) {
            String text = CleanText.of(word.text().strip()).replaceAll("\\s+", " ");
            if (text.isEmpty() || word.width() <= 0 || word.height() <= 0) {
                continue;
            }
            var shown = new Rectangle2D.Double(
                    word.x() * scale, word.y() * scale, word.width() * scale, word.height() * scale);
            var scanned = ScannedWord.of(text, shown, word.quarters(), width, height, word.confidence());
            double middle = scanned.upright().getCenterY();
            boolean sameLine = line.isPlaced()
                    && middle > line.top()
                    && middle < line.bottom()
                    && scanned.upright().getX() >= line.right() - 0.5 * line.height();
            if (!sameLine) {
                line = new PdfLine();
                lines.add(line);
            }
            line.addWord(scanned);
            sum += word.confidence();
            count++;
        }
        return new Scan(lines, count == 0 ? 1 : sum / count);
    }

    private final class BoundedRenderer extends PDFRenderer {
        BoundedRenderer(PDDocument document) {
            super(document);
        }

        @Override
        protected PageDrawer createPageDrawer(PageDrawerParameters parameters) throws IOException {
            return new BoundedDrawer(parameters);
        }
    }

    /** Refuses to draw pictures that would fill the memory, and stops when time is up. */
    private final class BoundedDrawer extends PageDrawer {
        private int operators;

        BoundedDrawer(PageDrawerParameters parameters) throws IOException {
            super(parameters);
        }

        @Override
        public void drawImage(PDImage image) throws IOException {
            refuseHuge(image);
            if (image instanceof PDImageXObject object) {
                if (object.getSoftMask() != null) {
                    refuseHuge(object.getSoftMask());
                }
                if (object.getMask() != null) {
                    refuseHuge(object.getMask());
                }
            }
            deadline.check();
            try {
                super.drawImage(image);
            } catch (IOException e) {
                leftOutPicture |= "jpx".equals(image.getSuffix());
                throw e;
            }
        }

        private static void refuseHuge(PDImage image) throws IOException {
            if ((long) image.getWidth() * image.getHeight() > MOST_PICTURE_PIXELS
                    || (image instanceof PDImageXObject object && Jbig2Guard.isHuge(object))) {
                throw new HugePicture();
            }
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
            if (++operators % 256 == 0) {
                deadline.check();
            }
            super.processOperator(operator, operands);
        }
    }
}
