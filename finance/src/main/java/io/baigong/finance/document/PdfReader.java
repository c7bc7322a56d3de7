package io.baigong.finance.document;

import io.baigong.finance.document.PageFlow.Sheet;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.ModelException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/** Reads a PDF: pages by their text layer, or by OCR where they have none. */
final class PdfReader {
    /** Letters from which on a page is taken to have a text layer, unless a picture covers it. */
    private static final int LETTERS_OF_A_TEXT_LAYER = 25;
    /** A stamp, a page number or a filing line over a scan has fewer letters than this. */
    private static final int LETTERS_OVER_A_SCAN = 200;

    private final PDDocument document;
    private final PdfTextLayer textLayer;
    private final PageScanner scanner;
    private final Limits limits;
    private final Deadline deadline;
    private final List<Sheet> sheets = new ArrayList<>();
    private final List<Integer> scanned = new ArrayList<>();
    private final List<Integer> unread = new ArrayList<>();
    private final List<Integer> leftOut = new ArrayList<>();
    private @Nullable ModelException refusal;
    private int units;

    private PdfReader(PDDocument document, TextRecogniser ocr, Limits limits, Deadline deadline) {
        this.document = document;
        this.limits = limits;
        this.deadline = deadline;
        this.textLayer = new PdfTextLayer(deadline);
        this.scanner = new PageScanner(document, ocr, deadline);
    }

    static ContractDocument read(
            String name, byte[] bytes, TextRecogniser ocr, Limits limits, Deadline deadline, List<String> notes)
            throws IOException, UnreadableDocument {
        new InflateGuard(limits, deadline).check(bytes);
        try (var source = new TimedSource(bytes, deadline);
                PDDocument document = Loader.loadPDF(source)) {
            PageTreeGuard.check(document, limits, deadline);
            var reader = new PdfReader(document, ocr, limits, deadline);
            reader.readPages();
            reader.addNotes(notes);
            return PageFlow.join(name, reader.sheets, notes);
        } catch (InvalidPasswordException e) {
            throw new UnreadableDocument(
                    ErrorCode.User.ENCRYPTED,
                    "The PDF is encrypted: it opens only with a password.",
                    "Open it with its password, and save or print it to a new PDF without one.",
                    e);
        }
    }

    private void readPages() throws IOException, UnreadableDocument {
        int index = 0;
        for (PDPage page : document.getPages()) {
            deadline.check();
            read(page, index++);
            if (units > limits.textUnits()) {
                throw ContractReader.tooMuchText(limits);
            }
        }
        if (sheets.stream().anyMatch(sheet -> !sheet.lines().isEmpty())) {
            return;
        }
        if (refusal != null) {
            throw refusal;
        }
        if (!leftOut.isEmpty()) {
            throw new UnreadableDocument(
                    ErrorCode.User.UNSUPPORTED_FORMAT,
                    "The document is a scan whose pictures are in JPEG 2000, which is not read: " + pages(leftOut)
                            + ".",
                    "Print it to a new PDF from a viewer, or save its pages as JPEG, PNG or TIFF in a new PDF.");
        }
    }

    private void read(PDPage page, int index) throws IOException, UnreadableDocument {
        List<PdfLine> lines = page.hasContents() ? textLayer.lines(page) : List.of();
        int letters = 0;
        int garbled = 0;
        for (PdfLine line : lines) {
            letters += CleanText.letters(line.text);
            garbled += garbled(line);
        }
        boolean readable = letters >= LETTERS_OF_A_TEXT_LAYER && garbled * 3 < letters;
        boolean trusted = readable && (letters >= LETTERS_OVER_A_SCAN || !scanner.showsLargePicture(page));
        if (trusted || !page.hasContents() || !recognise(page, index, letters - garbled)) {
            add(page, lines, false, 1);
        }
    }

    /** Whether OCR read more of the page than its text layer holds; then the page was added. */
    private boolean recognise(PDPage page, int index, int letters) throws IOException, UnreadableDocument {
        try {
            if (refusal != null) {
                if (!scanner.isBlank(index)) {
                    unread.add(index + 1);
                }
                return false;
            }
            PageScanner.Scan scan = scanner.scan(index);
            if (scanner.leftOutPicture()) {
                leftOut.add(index + 1);
            }
            if (scan.letters() <= letters) {
                return false;
            }
            add(page, scan.lines(), true, scan.confidence());
            scanned.add(index + 1);
            return true;
        } catch (ModelException e) {
            refusal = e;
            unread.add(index + 1);
            return false;
        } catch (PageScanner.HugePicture e) {
            throw new UnreadableDocument(
                    ErrorCode.User.TOO_LARGE,
                    "Page " + (index + 1) + " is a picture of more than " + PageScanner.MOST_PICTURE_PIXELS / 1_000_000
                            + " megapixels.",
                    "Scan or save the document at 200 to 300 dpi.",
                    e);
        }
    }

    private void add(PDPage page, List<PdfLine> lines, boolean scan, double confidence) {
        PDRectangle crop = page.getCropBox();
        boolean turned = page.getRotation() % 180 != 0;
        float width = turned ? crop.getHeight() : crop.getWidth();
        float height = turned ? crop.getWidth() : crop.getHeight();
        for (PdfLine line : lines) {
            units += line.length() + 2;
        }
        sheets.add(new Sheet(width, height, lines, scan, confidence));
    }

    /** Units that no reader can read: a font without a mapping to Unicode yields these. */
    private static int garbled(PdfLine line) {
        return (int) line.text
                .codePoints()
                .filter(point -> point == 0xfffd || Character.getType(point) == Character.PRIVATE_USE)
                .count();
    }

    private void addNotes(List<String> notes) {
        if (!scanned.isEmpty()) {
            notes.add("Read by OCR, as there is no text layer: " + pages(scanned) + ".");
        }
        if (!leftOut.isEmpty()) {
            notes.add("Pictures in JPEG 2000 are not read; if they show text, it is missing here: " + pages(leftOut)
                    + ".");
        }
        if (!unread.isEmpty()) {
            notes.add("Without a text layer and not read, as OCR is not available: " + pages(unread) + ".");
        }
    }

    private static String pages(List<Integer> numbers) {
        if (numbers.size() == 1) {
            return "page " + numbers.getFirst();
        }
        boolean run = numbers.getLast() - numbers.getFirst() == numbers.size() - 1;
        return "pages "
                + (run
                        ? numbers.getFirst() + " to " + numbers.getLast()
                        : numbers.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    /** Looks at the time while PDFBox reads: a damaged file can send it searching for long. */
    private static final class TimedSource extends RandomAccessReadBuffer {
        private static final int READS_BETWEEN_CHECKS = 4096;
        private final Deadline deadline;
        private int reads;

        TimedSource(byte[] bytes, Deadline deadline) {
            super(bytes);
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            count();
            return super.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            count();
            return super.read(target, offset, length);
        }

        private void count() {
            if (++reads % READS_BETWEEN_CHECKS == 0) {
                deadline.check();
            }
        }
    }
}
