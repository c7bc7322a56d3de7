package io.baigong.manufacturing.defect.board;

import java.util.Arrays;

/**
 * A binary picture: copper or none. Not to be changed once it is shared.
 *
 * @param pixels row-major; true is copper
 */
@SuppressWarnings("ArrayRecordComponent")
record Bitmap(int width, int height, boolean[] pixels) {
    Bitmap {
        if (pixels.length != width * height) {
            throw new IllegalArgumentException(
                    "a bitmap of %d x %d has as many pixels, not %d".formatted(width, height, pixels.length));
        }
    }

    /** Copper where the grey value is below the threshold, or above it if copper is bright. */
    static Bitmap of(float[] grey, int width, int height, double threshold, boolean bright) {
        boolean[] pixels = new boolean[grey.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = grey[i] > threshold == bright;
        }
        return new Bitmap(width, height, pixels);
    }

    boolean at(int x, int y) {
        return pixels[y * width + x];
    }

    /** True wherever a true pixel is within the radius (a disc, its pixels those with x² + y² ≤ r² + 1). */
    Bitmap dilated(int radius) {
        boolean[] grown = new boolean[pixels.length];
        for (int dy = -radius; dy <= radius; dy++) {
            int reach = (int) Math.sqrt(radius * radius + 1 - dy * dy);
            for (int y = Math.max(0, -dy); y < Math.min(height, height - dy); y++) {
                for (int x = 0; x < width; x++) {
                    if (pixels[(y + dy) * width + x]) {
                        int from = Math.max(0, x - reach);
                        Arrays.fill(grown, y * width + from, y * width + Math.min(width, x + reach + 1), true);
                    }
                }
            }
        }
        return new Bitmap(width, height, grown);
    }

    /** True here and not there. */
    Bitmap without(Bitmap other) {
        boolean[] rest = new boolean[pixels.length];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = pixels[i] && !other.pixels[i];
        }
        return new Bitmap(width, height, rest);
    }

    /** The part {@code [x0, x1) x [y0, y1)}. */
    Bitmap part(int x0, int y0, int x1, int y1) {
        boolean[] cut = new boolean[(x1 - x0) * (y1 - y0)];
        for (int y = y0; y < y1; y++) {
            System.arraycopy(pixels, y * width + x0, cut, (y - y0) * (x1 - x0), x1 - x0);
        }
        return new Bitmap(x1 - x0, y1 - y0, cut);
    }

    Bitmap inverted() {
        boolean[] inverse = new boolean[pixels.length];
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = !pixels[i];
        }
        return new Bitmap(width, height, inverse);
    }

    int count() {
        int count = 0;
        for (boolean pixel : pixels) {
            count += pixel ? 1 : 0;
        }
        return count;
    }
}
