package io.baigong.compute.ocr;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferInt;

/**
 * Brightness of a page.
 *
 * @param pixels {@code [height, width]} row-major, unsigned, 0 is black
 */
@SuppressWarnings("ArrayRecordComponent")
record GrayImage(int width, int height, byte[] pixels) {
    private static final int STRIP = 128;

    /** Transparent pixels become white. */
    static GrayImage of(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        var pixels = new byte[width * height];
        if (isGray(image)) {
            // Taken as stored: Java's own conversion takes grey as linear light and would brighten it.
            var row = new int[width];
            for (int y = 0; y < height; y++) {
                image.getRaster().getSamples(image.getMinX(), image.getMinY() + y, width, 1, 0, row);
                for (int x = 0; x < width; x++) {
                    pixels[y * width + x] = (byte) row[x];
                }
            }
            return new GrayImage(width, height, pixels);
        }
        var strip = new BufferedImage(width, Math.min(STRIP, height), BufferedImage.TYPE_INT_RGB);
        int[] rgb = ((DataBufferInt) strip.getRaster().getDataBuffer()).getData();
        var graphics = strip.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            for (int top = 0; top < height; top += STRIP) {
                graphics.fillRect(0, 0, width, STRIP);
                graphics.drawImage(image, 0, -top, null);
                int count = Math.min(STRIP, height - top) * width;
                for (int i = 0; i < count; i++) {
                    pixels[top * width + i] = luminance(rgb[i]);
                }
            }
        } finally {
            graphics.dispose();
        }
        return new GrayImage(width, height, pixels);
    }

    private static boolean isGray(BufferedImage image) {
        var model = image.getColorModel();
        return image.getRaster().getNumBands() == 1
                && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
                && model.getTransferType() == DataBuffer.TYPE_BYTE
                && model.getComponentSize(0) == 8;
    }

    /** Rec. 601 weights over 256. */
    private static byte luminance(int rgb) {
        return (byte) ((77 * ((rgb >> 16) & 255) + 150 * ((rgb >> 8) & 255) + 29 * (rgb & 255)) >> 8);
    }

    /** This image turned clockwise by that many quarters. */
    GrayImage turned(int quarters) {
        int q = Math.floorMod(quarters, 4);
        if (q == 0) {
            return this;
        }
        int w = q == 2 ? width : height;
        int h = q == 2 ? height : width;
        var turned = new byte[pixels.length];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                turned[y * w + x] = switch (q) {
                    case 1 -> pixels[(height - 1 - x) * width + y];
                    case 2 -> pixels[pixels.length - 1 - (y * w + x)];
                    default -> pixels[x * width + width - 1 - y];
                };
            }
        }
        return new GrayImage(w, h, turned);
    }

    /** Takes a point of {@link #turned} to the point of this image that it shows. */
    AffineTransform fromTurned(int quarters) {
        return switch (Math.floorMod(quarters, 4)) {
            case 0 -> new AffineTransform();
            case 1 -> new AffineTransform(0, -1, 1, 0, 0, height);
            case 2 -> new AffineTransform(-1, 0, 0, -1, width, height);
            default -> new AffineTransform(0, 1, -1, 0, width, 0);
        };
    }

    /**
     * Shows part of this image in another size, each result pixel the mean of what it covers.
     *
     * @param place takes a point of the result to a point of this image
     * @return {@code [rows, columns]} in [0, 255]; beyond the edges the nearest pixel counts
     */
    float[] sample(AffineTransform place, int columns, int rows) {
        double ux = place.getScaleX();
        double uy = place.getShearY();
        double vx = place.getShearX();
        double vy = place.getScaleY();
        int across = Math.max(1, (int) Math.round(Math.hypot(ux, uy)));
        int down = Math.max(1, (int) Math.round(Math.hypot(vx, vy)));
        var result = new float[rows * columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                float sum = 0;
                for (int i = 0; i < down; i++) {
                    double v = r + (i + 0.5) / down;
                    for (int j = 0; j < across; j++) {
                        double u = c + (j + 0.5) / across;
                        sum += at(
                                u * ux + v * vx + place.getTranslateX() - 0.5,
                                u * uy + v * vy + place.getTranslateY() - 0.5);
                    }
                }
                result[r * columns + c] = sum / (across * down);
            }
        }
        return result;
    }

    /** Bilinear between pixel centres, which stand at whole numbers here. */
    private float at(double x, double y) {
        double cx = Math.clamp(x, 0, width - 1);
        double cy = Math.clamp(y, 0, height - 1);
        int x0 = (int) cx;
        int y0 = (int) cy;
        int x1 = Math.min(x0 + 1, width - 1);
        int y1 = Math.min(y0 + 1, height - 1);
        float fx = (float) (cx - x0);
        float fy = (float) (cy - y0);
        float upper = (1 - fx) * (pixels[y0 * width + x0] & 255) + fx * (pixels[y0 * width + x1] & 255);
        float lower = (1 - fx) * (pixels[y1 * width + x0] & 255) + fx * (pixels[y1 * width + x1] & 255);
        return (1 - fy) * upper + fy * lower;
    }
}
