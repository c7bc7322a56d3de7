package io.baigong.manufacturing.defect.image;

import java.util.ArrayList;
import java.util.List;

/** Cuts a picture into tiles of nearly equal size, so that none is a sliver. */
public final class Tiles {
    /** The part {@code [x, x + width) x [y, y + height)}. */
    public record Tile(int x, int y, int width, int height) {}

    private Tiles() {}

    /**
     * Covers a picture, row by row; no pixel twice.
     *
     * @param side longest side of a tile
     * @param most so many tiles at the most: larger ones are taken if need be
     */
    public static List<Tile> of(int width, int height, int side, int most) {
        int length = side;
        while ((long) count(width, length) * count(height, length) > most) {
            length *= 2;
        }
        int columns = count(width, length);
        int rows = count(height, length);
        var tiles = new ArrayList<Tile>();
        for (int row = 0; row < rows; row++) {
            int y = row * height / rows;
            for (int column = 0; column < columns; column++) {
                int x = column * width / columns;
                tiles.add(new Tile(x, y, (column + 1) * width / columns - x, (row + 1) * height / rows - y));
            }
        }
        return tiles;
    }

    private static int count(int length, int side) {
        return (length + side - 1) / side;
    }
}
