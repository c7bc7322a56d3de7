package io.baigong.compute.ocr;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.awt.geom.AffineTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Finds lines of text by differentiable binarisation (arXiv 1911.08947). Thread-safe. */
final class TextDetector implements AutoCloseable {
    /** Longest side that the network sees, in pixels. */
    static final int MAX_SIDE = 1280;

    /** Rows that the network sees at a time, which bounds its memory, and how many of them bands share. */
    private static final int BAND = 384;

    private static final int OVERLAP = 64;

    private static final int STRIDE = 32;
    private static final float THRESHOLD = 0.3f;
    private static final double MIN_SCORE = 0.5;
    private static final double UNCLIP = 1.6;
    private static final int MIN_HEIGHT = 2;
    private static final int MAX_REGIONS = 3000;
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final CorePool cores;

    /** Takes the session over. */
    TextDetector(OrtEnvironment environment, OrtSession session, CorePool cores) {
        this.cores = cores;
        this.environment = environment;
        this.session = session;
        this.input = session.getInputNames().iterator().next();
    }

    /**
     * Lines of a page.
     *
     * @param angle by which lines fall to the right, in radians within ±π/2
     * @param boxes in the page turned back by the angle about its upper left corner
     */
    record Lines(double angle, List<Box> boxes) {
        /** Whether most lines run up or down, as on a page that lies on its side. */
        boolean sideways() {
            return Math.abs(angle) > Math.PI / 4;
        }
    }

    Lines detect(GrayImage page) throws OrtException {
        double scale = Math.min(1, (double) MAX_SIDE / Math.max(page.width(), page.height()));
        int columns = toStride(page.width() * scale);
        int rows = toStride(page.height() * scale);
        var place = AffineTransform.getScaleInstance((double) page.width() / columns, (double) page.height() / rows);
        float[] probability = run(page.sample(place, columns, rows), columns, rows);
        List<Region> regions = Region.of(probability, columns, rows, THRESHOLD).stream()
                .filter(region -> region.score() >= MIN_SCORE)
                .sorted(Comparator.comparingInt(Region::size).reversed())
                .limit(MAX_REGIONS)
                .toList();
        double angle = angle(regions);
        var turn = AffineTransform.getRotateInstance(-angle);
        turn.concatenate(place);
        var boxes = new ArrayList<Box>();
        double step = Math.sqrt(place.getScaleX() * place.getScaleY());
        for (Region region : regions) {
            Box box = region.bounds(turn);
            if (Math.min(box.width(), box.height()) >= MIN_HEIGHT * step) {
                double grow = box.width() * box.height() * UNCLIP / (2 * (box.width() + box.height()));
                boxes.add(new Box(box.left() - grow, box.top() - grow, box.right() + grow, box.bottom() + grow));
            }
        }
        return new Lines(angle, boxes);
    }

    private static int toStride(double pixels) {
        return Math.max(1, (int) Math.round(pixels / STRIDE)) * STRIDE;
    }

    /** Probability of text at each pixel, from bands of rows that overlap. */
    private float[] run(float[] gray, int columns, int rows) throws OrtException {
        var tops = new ArrayList<Integer>();
        for (int top = 0; top == 0 || top + OVERLAP < rows; top += BAND - OVERLAP) {
            tops.add(top);
        }
        var result = new float[rows * columns];
        cores.map(tops, top -> {
            int bottom = Math.min(top + BAND, rows);
            float[] band = runBand(gray, columns, top, bottom);
            int from = top == 0 ? 0 : top + OVERLAP / 2;
            int to = bottom == rows ? rows : bottom - OVERLAP / 2;
            System.arraycopy(band, (from - top) * columns, result, from * columns, (to - from) * columns);
            return to;
        });
        return result;
    }

    private float[] runBand(float[] gray, int columns, int top, int bottom) throws OrtException {
        int plane = columns * (bottom - top);
        FloatBuffer pixels = ByteBuffer.allocateDirect(3 * plane * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < plane; i++) {
                pixels.put(channel * plane + i, (gray[top * columns + i] / 255 - MEAN[channel]) / DEVIATION[channel]);
            }
        }
        try (var tensor = OnnxTensor.createTensor(environment, pixels, new long[] {1, 3, bottom - top, columns});
                var result = session.run(Map.of(input, tensor))) {
            var probability = new float[plane];
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(probability);
            return probability;
        }
    }

    /** The median direction of long regions, each weighted by its length; zero when there are none. */
    private static double angle(List<Region> regions) {
        var lengthened = regions.stream()
                .filter(region -> region.elongation() > 4)
                .sorted(Comparator.comparingDouble(Region::angle))
                .toList();
        double half = lengthened.stream().mapToDouble(Region::length).sum() / 2;
        for (Region region : lengthened) {
            half -= region.length();
            if (half <= 0) {
                return region.angle();
            }
        }
        return 0;
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
