package io.baigong.manufacturing.defect.tile;

import io.baigong.manufacturing.defect.image.CellFeatures;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import java.util.List;

/** Marks each cell of a surface with the probability of each kind of defect. */
final class TileNet {
    /** The role of the net: {@code [1, 720, rows, columns]} to {@code [1, kinds, rows, columns]}. */
    static final String ROLE = "manufacturing.tile-defect-net";

    /** What the outputs are, in order. */
    static final List<String> KINDS = List.of("blowhole", "break", "crack", "fray", "uneven");

    /** Side of a cell, in pixels. */
    static final int CELL = 8;

    private TileNet() {}

    /**
     * Probabilities of each kind at each cell.
     *
     * @param values {@code [kinds, rows, columns]}
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Marks(int rows, int columns, float[] values) {
        /** The highest of all kinds at each pixel of a picture, between the middles of cells by the distance from them. */
        Picture map(int width, int height) {
            float[] highest = new float[rows * columns];
            for (int kind = 0; kind < KINDS.size(); kind++) {
                for (int cell = 0; cell < highest.length; cell++) {
                    highest[cell] = Math.max(highest[cell], values[kind * highest.length + cell]);
                }
            }
            return new Picture(columns, rows, 1, highest)
                    .resized(columns * CELL, rows * CELL)
                    .part(0, 0, width, height);
        }
    }

    /** Marks a surface. */
    static Marks mark(Models models, Picture picture) {
        CellFeatures cells = CellFeatures.of(models, CellFeatures.padded(picture.grey()), CELL);
        Tensor answer = models.predict(
                ROLE, new Tensor(new int[] {1, cells.channels(), cells.rows(), cells.columns()}, cells.values()));
        int rows = (picture.height() + CELL - 1) / CELL;
        int columns = (picture.width() + CELL - 1) / CELL;
        float[] inside = new float[KINDS.size() * rows * columns];
        for (int kind = 0; kind < KINDS.size(); kind++) {
            for (int y = 0; y < rows; y++) {
                System.arraycopy(
                        answer.values(),
                        (kind * cells.rows() + y) * cells.columns(),
                        inside,
                        (kind * rows + y) * columns,
                        columns);
            }
        }
        return new Marks(rows, columns, inside);
    }
}
