package io.baigong.manufacturing.defect.tile;

import io.baigong.manufacturing.defect.image.Located;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.Regions;
import io.baigong.manufacturing.defect.image.Tiles;
import io.baigong.spi.LocalText;
import io.baigong.spi.Models;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Inspects magnetic tiles. The net of whole pictures says how sure it is that a part shows a defect, and which; the marks say where: no box is surer
 * than its part.
 */
public final class TileInspector {
    /** The role of the net. */
    public static final String ROLE = TileNet.ROLE;

    /** The role of the net that tells whole pictures. */
    public static final String PICTURE_ROLE = TilePictures.ROLE;

    /** From which score on a tile fails. */
    public static final double THRESHOLD = 0.5;

    /** Marks below this are not told of. */
    private static final double LEAST = 0.1;

    /** A tile is looked at in parts of at most this length. */
    private static final int PART = 1024;

    private static final int MOST_PARTS = 64;

    private static final List<LocalText> TITLES = List.of(
            new LocalText("blowhole", "气孔"),
            new LocalText("break", "破损"),
            new LocalText("crack", "裂纹"),
            new LocalText("fray", "磨损"),
            new LocalText("uneven", "不平整"));

    private TileInspector() {}

    /** What is marked, the surest first. */
    public static List<Located> inspect(Models models, Picture picture) {
        var found = new ArrayList<Located>();
        for (Tiles.Tile tile : Tiles.of(picture.width(), picture.height(), PART, MOST_PARTS)) {
            Picture part = picture.part(tile.x(), tile.y(), tile.width(), tile.height());
            double[] whole = TilePictures.probabilities(models, part);
            int kind = TilePictures.likeliestDefect(whole);
            double defective = TilePictures.score(whole);
            if (defective >= LEAST) {
                found.add(new Located(
                        TileNet.KINDS.get(kind),
                        TITLES.get(kind),
                        tile.x(),
                        tile.y(),
                        tile.width(),
                        tile.height(),
                        defective));
            }
            collect(TileNet.mark(models, part), defective, tile.x(), tile.y(), tile.width(), tile.height(), found);
        }
        found.sort(Comparator.comparingDouble(Located::score).reversed());
        return found;
    }

    private static void collect(
            TileNet.Marks marks, double most, int x0, int y0, int width, int height, List<Located> into) {
        int cells = marks.rows() * marks.columns();
        for (int kind = 0; kind < TileNet.KINDS.size(); kind++) {
            boolean[] marked = new boolean[cells];
            for (int cell = 0; cell < cells; cell++) {
                marked[cell] = marks.values()[kind * cells + cell] >= LEAST;
            }
            int[] labels = Regions.labels(marked, marks.columns(), marks.rows());
            int parts = java.util.Arrays.stream(labels).max().orElse(-1) + 1;
            for (int part = 0; part < parts; part++) {
                into.add(located(marks, labels, part, kind, most, x0, y0, width, height));
            }
        }
    }

    private static Located located(
            TileNet.Marks marks, int[] labels, int part, int kind, double most, int x0, int y0, int width, int height) {
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        int right = 0;
        int bottom = 0;
        double score = 0;
        for (int cell = 0; cell < labels.length; cell++) {
            if (labels[cell] == part) {
                left = Math.min(left, cell % marks.columns());
                right = Math.max(right, cell % marks.columns() + 1);
                top = Math.min(top, cell / marks.columns());
                bottom = Math.max(bottom, cell / marks.columns() + 1);
                score = Math.max(score, marks.values()[kind * labels.length + cell]);
            }
        }
        int x = left * TileNet.CELL;
        int y = top * TileNet.CELL;
        return new Located(
                TileNet.KINDS.get(kind),
                TITLES.get(kind),
                x0 + x,
                y0 + y,
                Math.min(width, right * TileNet.CELL) - x,
                Math.min(height, bottom * TileNet.CELL) - y,
                Math.clamp(Math.min(score, most), 0, 1));
    }
}
