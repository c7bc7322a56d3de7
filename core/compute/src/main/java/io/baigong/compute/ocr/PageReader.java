package io.baigong.compute.ocr;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.baigong.compute.Device;
import io.baigong.compute.OnnxRuntime;
import io.baigong.compute.ocr.TextDetector.Lines;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Reads the words in the picture of a page, with PP-OCRv4.
 *
 * <p>Made for scans at 150 to 300 dpi, in Chinese and English, that may be a little askew or turned by quarters.
 * Thread-safe: lines of all pages share one pool with a thread per core, and few pages are in work at a time.
 */
public final class PageReader implements AutoCloseable {
    /** Most pixels of a page; A3 at 400 dpi has 31 million. */
    public static final long MAX_PIXELS = 50_000_000;

    private static final int PAGES_AT_ONCE = 2;

    /** Below this, a page may be upside down. */
    private static final double DOUBTFUL = 0.8;

    /** Below this, what was read is not text. */
    private static final double MIN_CONFIDENCE = 0.5;

    /** Lines that tell whether a page is upside down. */
    private static final int PROBES = 6;

    /** Columns of the network's picture that a character needs on average; narrow ones get too few time steps below. */
    private static final double PITCH = 16;

    private static final double MIN_SQUEEZE = 0.6;

    private final String version;
    private final String sha256;
    private final long parameters;
    private final TextDetector detector;
    private final LineRecogniser recogniser;
    private final CorePool cores = new CorePool();
    private final Semaphore pages = new Semaphore(PAGES_AT_ONCE, true);
    private volatile boolean closed;

    /**
     * A word of a page.
     *
     * @param x left edge in pixels of the picture
     * @param y upper edge in pixels of the picture
     * @param confidence mean over its characters, in [0, 1]
     * @param quarters by how many quarters, in [0, 4), the page was turned clockwise to be read
     */
    public record Word(String text, double x, double y, double width, double height, double confidence, int quarters) {}

    /**
     * A line's words, in the page as it was turned to be read.
     *
     * @param pitch columns of the network's picture per character
     */
    private record Line(Box box, List<Word> words, double confidence, double pitch) {}

    private PageReader(OcrFiles files) throws IOException, OrtException {
        version = files.version();
        sha256 = files.sha256();
        parameters = files.parameters();
        var environment = OnnxRuntime.environment();
        detector = new TextDetector(environment, session(environment, files.detector()), cores);
        recogniser = new LineRecogniser(environment, session(environment, files.recogniser()), files.classes());
    }

    /**
     * Opens the models on the class path.
     *
     * @throws IOException they are missing or can't be used
     */
    public static PageReader open() throws IOException {
        try {
            return new PageReader(OcrFiles.load());
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime can't open the models: " + e.getMessage(), e);
        }
    }

    private static OrtSession session(OrtEnvironment environment, byte[] model) throws OrtException {
        try (var options = OnnxRuntime.options()) {
            Device.current().addTo(options);
            options.setIntraOpNumThreads(1);
            // Each line has a shape of its own: patterns would be kept for every one of them.
            options.setMemoryPatternOptimization(false);
            return environment.createSession(model, options);
        }
    }

    public String name() {
        return "PP-OCRv4";
    }

    public String version() {
        return version;
    }

    /** Lower-case hex digest over the model files. */
    public String sha256() {
        return sha256;
    }

    /** Number of trained numbers. */
    public long parameters() {
        return parameters;
    }

    /**
     * The words of a page in reading order; none on a blank page.
     *
     * @throws IllegalArgumentException the picture has more than {@link #MAX_PIXELS} pixels
     * @throws IllegalStateException this reader is closed
     */
    public List<Word> read(BufferedImage image) {
        if ((long) image.getWidth() * image.getHeight() > MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "a picture of %d × %d pixels is over the limit of %d million pixels; scan or render it at a lower resolution"
                            .formatted(image.getWidth(), image.getHeight(), MAX_PIXELS / 1_000_000));
        }
        pages.acquireUninterruptibly();
        try {
            if (closed) {
                throw new IllegalStateException("the page reader is closed");
            }
            return read(GrayImage.of(image));
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed on a page: " + e.getMessage(), e);
        } finally {
            pages.release();
        }
    }

    private List<Word> read(GrayImage page) throws OrtException {
        int quarters = 0;
        Sheet sheet = Sheet.of(page, detector);
        if (sheet.lines().sideways()) {
            quarters = 1;
            sheet = Sheet.of(page.turned(quarters), detector);
        }
        List<Line> probes = read(sheet, sheet.longest(PROBES), 1);
        if (confidence(probes) < DOUBTFUL) {
            Sheet reverse = Sheet.of(page.turned(quarters + 2), detector);
            List<Line> reverseProbes = read(reverse, reverse.longest(PROBES), 1);
            if (confidence(reverseProbes) > confidence(probes)) {
                quarters += 2;
                sheet = reverse;
                probes = reverseProbes;
            }
        }
        var read = new HashMap<Box, Line>();
        probes.forEach(line -> read.put(line.box(), line));
        List<Box> ordered = ReadingOrder.of(sheet.lines().boxes());
        read(sheet, ordered.stream().filter(box -> !read.containsKey(box)).toList(), squeeze(probes))
                .forEach(line -> read.put(line.box(), line));
        int turned = quarters % 4;
        AffineTransform back = page.fromTurned(turned);
        var image = new Rectangle2D.Double(0, 0, page.width(), page.height());
        var words = new ArrayList<Word>();
        for (Box box : ordered) {
            Line line = read.get(box);
            if (line != null && line.confidence() >= MIN_CONFIDENCE) {
                line.words().forEach(word -> words.add(moved(word, back, image, turned)));
            }
        }
        return words;
    }

    /** A page with its lines. */
    private record Sheet(GrayImage page, Lines lines) {
        static Sheet of(GrayImage page, TextDetector detector) throws OrtException {
            return new Sheet(page, detector.detect(page));
        }

        List<Box> longest(int count) {
            return lines.boxes().stream()
                    .sorted(Comparator.comparingDouble(Box::width).reversed())
                    .limit(count)
                    .toList();
        }
    }

    /** How much narrower lines may be made so that wide letters take no more time than needed. */
    private static double squeeze(List<Line> probes) {
        double pitch = probes.stream()
                .filter(line -> line.confidence() >= DOUBTFUL)
                .mapToDouble(Line::pitch)
                .min()
                .orElse(0);
        return pitch == 0 ? 1 : Math.clamp(PITCH / pitch, MIN_SQUEEZE, 1);
    }

    /** Mean over lines. */
    private static double confidence(List<Line> lines) {
        return lines.stream().mapToDouble(Line::confidence).average().orElse(1);
    }

    private List<Line> read(Sheet sheet, List<Box> boxes, double squeeze) throws OrtException {
        return cores.map(boxes, box -> read(sheet, box, squeeze));
    }

    private Line read(Sheet sheet, Box box, double squeeze) throws OrtException {
        double scale = box.height() / LineRecogniser.HEIGHT;
        int columns = Math.clamp(Math.round(box.width() / scale * squeeze), 1, LineRecogniser.MAX_WIDTH);
        var place = AffineTransform.getRotateInstance(sheet.lines().angle());
        place.translate(box.left(), box.top());
        place.scale(box.width() / columns, scale);
        float[] gray = sheet.page().sample(place, columns, LineRecogniser.HEIGHT);
        var glyphs = recogniser.read(gray, columns);
        var words = new ArrayList<Word>();
        for (var part : WordSplitter.split(glyphs, gray, columns)) {
            var bounds = place.createTransformedShape(
                            new Rectangle2D.Double(part.left(), 0, part.right() - part.left(), LineRecogniser.HEIGHT))
                    .getBounds2D();
            words.add(word(part.text(), bounds, part.confidence(), 0));
        }
        double confidence = glyphs.stream()
                .mapToDouble(LineRecogniser.Glyph::confidence)
                .average()
                .orElse(0);
        return new Line(box, words, confidence, (double) columns / Math.max(1, glyphs.size()));
    }

    private static Word moved(Word word, AffineTransform move, Rectangle2D limits, int quarters) {
        var bounds = move.createTransformedShape(
                        new Rectangle2D.Double(word.x(), word.y(), word.width(), word.height()))
                .getBounds2D()
                .createIntersection(limits);
        return word(word.text(), bounds, word.confidence(), quarters);
    }

    private static Word word(String text, Rectangle2D bounds, double confidence, int quarters) {
        return new Word(
                text, bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight(), confidence, quarters);
    }

    /** Waits for the pages in work, then frees the models. */
    @Override
    public void close() {
        pages.acquireUninterruptibly(PAGES_AT_ONCE);
        try {
            if (closed) {
                return;
            }
            closed = true;
            cores.close();
            detector.close();
            recogniser.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime can't free the models: " + e.getMessage(), e);
        } finally {
            pages.release(PAGES_AT_ONCE);
        }
    }
}
