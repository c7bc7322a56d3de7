package io.baigong.manufacturing.defect.board;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A place where a board differs from its template by more than the edges' noise.
 *
 * @param extra whether copper is there that should not be; otherwise copper is missing
 * @param pixels indices into the picture
 * @param x0 left edge, {@code [x0, x1) x [y0, y1)}
 */
@SuppressWarnings("ArrayRecordComponent")
record Difference(boolean extra, int[] pixels, int x0, int y0, int x1, int y1) {
    /** Edges that lie off by as much are taken as equal. */
    private static final int TOLERANCE = 1;

    private static final int LEAST_PIXELS = 8;

    /** All differences, the template laid over the test as {@link Registration} does it. */
    static List<Difference> between(Bitmap registered, Bitmap test) {
        var found = new ArrayList<Difference>();
        collect(true, test.without(registered), test.without(registered.dilated(TOLERANCE)), found);
        collect(false, registered.without(test), registered.without(test.dilated(TOLERANCE)), found);
        return found;
    }

    /** Grows what lies beyond the tolerance back over the difference that it is a part of, but not along the edges. */
    private static void collect(boolean extra, Bitmap difference, Bitmap sure, List<Difference> into) {
        Bitmap grown = within(sure.dilated(2), difference);
        for (int step = 0; step <= TOLERANCE; step++) {
            grown = within(grown.dilated(1), difference);
        }
        int width = difference.width();
        Components parts = Components.of(grown.dilated(1));
        for (int[] part : parts.parts()) {
            boolean[] own = grown.pixels();
            int[] pixels = Arrays.stream(part).filter(pixel -> own[pixel]).toArray();
            if (pixels.length >= LEAST_PIXELS) {
                int x0 = Arrays.stream(pixels).map(pixel -> pixel % width).min().orElseThrow();
                int x1 = Arrays.stream(pixels).map(pixel -> pixel % width).max().orElseThrow() + 1;
                int y0 = Arrays.stream(pixels).min().orElseThrow() / width;
                int y1 = Arrays.stream(pixels).max().orElseThrow() / width + 1;
                into.add(new Difference(extra, pixels, x0, y0, x1, y1));
            }
        }
    }

    private static Bitmap within(Bitmap a, Bitmap b) {
        boolean[] both = new boolean[a.pixels().length];
        for (int i = 0; i < both.length; i++) {
            both[i] = a.pixels()[i] && b.pixels()[i];
        }
        return new Bitmap(a.width(), a.height(), both);
    }
}
