package io.baigong.compute.ocr;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads the characters of one line, by the best class at each time step (greedy CTC). Thread-safe. */
final class LineRecogniser implements AutoCloseable {
    /** Height of a line as the network sees it, in pixels. */
    static final int HEIGHT = 48;

    /** Longest line as the network sees it; longer ones are squeezed. */
    static final int MAX_WIDTH = 3072;

    /** Shorter lines are padded to the width of the training pictures. */
    private static final int MIN_WIDTH = 320;

    private static final int STRIDE = 8;
    private static final int BLANK = 0;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final String output;
    private final List<String> classes;
    private final Queue<Buffers> idle = new ConcurrentLinkedQueue<>();

    /** Takes the session over; the last class is the space. */
    LineRecogniser(OrtEnvironment environment, OrtSession session, List<String> classes) {
        this.environment = environment;
        this.session = session;
        this.input = session.getInputNames().iterator().next();
        this.output = session.getOutputNames().iterator().next();
        this.classes = classes;
    }

    /**
     * Native memory, used again for each line.
     *
     * @param pixels {@code [1, 3, HEIGHT, width]}
     * @param probabilities {@code [1, width / STRIDE, classes]}
     */
    private record Buffers(FloatBuffer pixels, FloatBuffer probabilities) {}

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /**
     * A character as it was read.
     *
     * @param x where the network saw it, in columns of the line's picture; within the character more or less
     * @param confidence its probability
     * @param spaceAfter highest probability of a space between this character and the next
     */
    record Glyph(String text, double x, double confidence, double spaceAfter) {}

    /**
     * Reads a line.
     *
     * @param gray {@code [HEIGHT, columns]} in [0, 255]
     */
    List<Glyph> read(float[] gray, int columns) throws OrtException {
        Buffers buffers = idle.poll();
        if (buffers == null) {
            buffers = new Buffers(direct(3 * HEIGHT * MAX_WIDTH), direct(MAX_WIDTH / STRIDE * classes.size()));
        }
        try {
            return narrowed(read(gray, columns, buffers));
        } finally {
            idle.add(buffers);
        }
    }

    private List<Glyph> read(float[] gray, int columns, Buffers buffers) throws OrtException {
        int width = Math.max(MIN_WIDTH, (columns + STRIDE - 1) / STRIDE * STRIDE);
        int steps = width / STRIDE;
        int plane = HEIGHT * width;
        FloatBuffer pixels = buffers.pixels().clear().limit(3 * plane);
        FloatBuffer probabilities = buffers.probabilities().clear().limit(steps * classes.size());
        var row = new float[width];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < columns; x++) {
                row[x] = gray[y * columns + x] / 127.5f - 1;
            }
            for (int channel = 0; channel < 3; channel++) {
                pixels.put(channel * plane + y * width, row);
            }
        }
        try (var in = OnnxTensor.createTensor(environment, pixels, new long[] {1, 3, HEIGHT, width});
                var out = OnnxTensor.createTensor(environment, probabilities, new long[] {1, steps, classes.size()});
                var _ = session.run(Map.of(input, in), Map.of(output, out))) {
            return decode(probabilities, steps);
        }
    }

    private List<Glyph> decode(FloatBuffer probabilities, int steps) {
        int space = classes.size() - 1;
        var row = new float[classes.size()];
        var glyphs = new ArrayList<Glyph>();
        int last = BLANK;
        int first = 0;
        float confidence = 0;
        float gap = 0;
        for (int step = 0; step <= steps; step++) {
            int best = BLANK;
            if (step < steps) {
                probabilities.get(step * classes.size(), row);
                for (int k = 1; k < row.length; k++) {
                    best = row[k] > row[best] ? k : best;
                }
            }
            if (best != last || step == steps) {
                if (last != BLANK && last != space) {
                    glyphs.add(new Glyph(classes.get(last), (first + step) / 2.0 * STRIDE, confidence, 0));
                    gap = 0;
                }
                first = step;
                confidence = 0;
            }
            if (step < steps && !glyphs.isEmpty()) {
                gap = Math.max(gap, row[space]);
                Glyph before = glyphs.getLast();
                if ((best == BLANK || best == space) && gap > before.spaceAfter()) {
                    glyphs.set(glyphs.size() - 1, new Glyph(before.text(), before.x(), before.confidence(), gap));
                }
            }
            confidence = Math.max(confidence, row[best]);
            last = best;
        }
        return glyphs;
    }

    /** Full-width marks as ASCII where nothing is Chinese: the network takes one for the other. */
    private static List<Glyph> narrowed(List<Glyph> glyphs) {
        if (glyphs.stream()
                .anyMatch(glyph -> Character.isIdeographic(glyph.text().codePointAt(0)))) {
            return glyphs;
        }
        return glyphs.stream()
                .map(glyph -> new Glyph(
                        Normalizer.normalize(glyph.text(), Normalizer.Form.NFKC),
                        glyph.x(),
                        glyph.confidence(),
                        glyph.spaceAfter()))
                .toList();
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
