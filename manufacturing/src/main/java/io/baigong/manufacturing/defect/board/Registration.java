package io.baigong.manufacturing.defect.board;

/**
 * Lays a template over a tested picture of the same board: each tile is moved by the whole pixels that leave the fewest
 * differences in it and around it.
 */
final class Registration {
    private static final int TILE = 128;
    private static final int MARGIN = 32;
    private static final int REACH = 4;

    /** What a pixel of movement costs in pixels of difference, so that an empty tile stays where it is. */
    private static final int STILLNESS = 2;

    private Registration() {}

    /** The template as it lies over the test; where it leaves the picture, it agrees with the test. */
    static Bitmap register(Bitmap template, Bitmap test) {
        if (template.width() != test.width() || template.height() != test.height()) {
            throw new IllegalArgumentException("a template of %d x %d can't lie over a test of %d x %d"
                    .formatted(template.width(), template.height(), test.width(), test.height()));
        }
        int width = test.width();
        boolean[] moved = new boolean[test.pixels().length];
        for (int y0 = 0; y0 < test.height(); y0 += TILE) {
            for (int x0 = 0; x0 < width; x0 += TILE) {
                int best = Integer.MAX_VALUE;
                int bestX = 0;
                int bestY = 0;
                for (int distance = 0; distance <= 2 * REACH; distance++) {
                    for (int dy = -REACH; dy <= REACH; dy++) {
                        int side = distance - Math.abs(dy);
                        for (int dx = -side; side >= 0 && side <= REACH && dx <= side; dx += Math.max(1, 2 * side)) {
                            int cost = cost(template, test, x0, y0, dx, dy, best) + STILLNESS * distance;
                            if (cost < best) {
                                best = cost;
                                bestX = dx;
                                bestY = dy;
                            }
                        }
                    }
                }
                for (int y = y0; y < Math.min(test.height(), y0 + TILE); y++) {
                    for (int x = x0; x < Math.min(width, x0 + TILE); x++) {
                        int tx = x - bestX;
                        int ty = y - bestY;
                        boolean inside = tx >= 0 && tx < width && ty >= 0 && ty < test.height();
                        moved[y * width + x] = inside ? template.at(tx, ty) : test.at(x, y);
                    }
                }
            }
        }
        return new Bitmap(width, test.height(), moved);
    }

    /** Differences in and around a tile; stops counting at the limit. */
    private static int cost(Bitmap template, Bitmap test, int x0, int y0, int dx, int dy, int limit) {
        int width = test.width();
        int height = test.height();
        int fromX = Math.max(Math.max(0, x0 - MARGIN), dx);
        int toX = Math.min(Math.min(width, x0 + TILE + MARGIN), width + dx);
        int fromY = Math.max(Math.max(0, y0 - MARGIN), dy);
        int toY = Math.min(Math.min(height, y0 + TILE + MARGIN), height + dy);
        int cost = 0;
        for (int y = fromY; y < toY && cost < limit; y++) {
            int at = y * width;
            int there = (y - dy) * width - dx;
            for (int x = fromX; x < toX; x++) {
                cost += test.pixels()[at + x] != template.pixels()[there + x] ? 1 : 0;
            }
        }
        return cost;
    }
}
