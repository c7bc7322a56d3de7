package io.baigong.manufacturing.defect.box;

import io.baigong.manufacturing.defect.image.CellFeatures;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.measures.Box;
import io.baigong.measures.BoxMatches.Found;
import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds boxes of six kinds of defect of steel strip. */
final class BoxNet {
    /** The role of the net: {@code [1, 720, rows, columns]} to {@code [1, 6 + 4, rows, columns]}, see NetSpec's Boxes. */
    static final String ROLE = "manufacturing.strip-box-net";

    static final List<String> CLASSES =
            List.of("crazing", "inclusion", "patches", "pitted_surface", "rolled-in_scale", "scratches");

    /** Rows and columns of what the encoder sees. */
    static final int SIDE = 256;

    /** Side of a cell, in pixels of what the encoder sees. */
    static final int CELL = 16;

    private static final double LEAST = 0.01;
    private static final int MOST = 100;

    /** Of two boxes of a kind that overlap by more, only the surer is kept. */
    private static final double SAME = 0.4;

    /** As it is, mirrored across, down, and both. */
    private static final int VIEWS = 4;

    private BoxNet() {}

    /** Boxes in pixels of the picture, the surest first; looked at as it is and mirrored each way; logits and logarithms of edges are averaged. */
    static List<Found> find(Models models, Picture picture) {
        Picture resized = picture.grey().resized(SIDE, SIDE);
        int rows = SIDE / CELL;
        float[] mean = new float[(CLASSES.size() + 4) * rows * rows];
        for (int turn = 0; turn < VIEWS; turn++) {
            CellFeatures cells = CellFeatures.of(models, resized.turned(turn), CELL);
            Tensor answer = models.predict(
                    ROLE, new Tensor(new int[] {1, cells.channels(), cells.rows(), cells.columns()}, cells.values()));
            addView(answer.values(), turn, rows, mean);
        }
        double across = (double) picture.width() / SIDE;
        double down = (double) picture.height() / SIDE;
        return suppressed(boxes(mean, rows)).stream()
                .map(each -> new Found(each.kind(), scaled(each.box(), across, down), each.score()))
                .toList();
    }

    /** Adds a view's share of the mean, laid back as the picture lies: cells and edges of a mirrored side change places. */
    private static void addView(float[] answer, int turn, int rows, float[] mean) {
        boolean across = (turn & 1) != 0;
        boolean down = (turn & 2) != 0;
        int cells = rows * rows;
        for (int channel = 0; channel < CLASSES.size() + 4; channel++) {
            int edge = channel - CLASSES.size();
            boolean mirrored = edge >= 0 && (edge % 2 == 0 ? across : down);
            int from = mirrored ? CLASSES.size() + (edge + 2) % 4 : channel;
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < rows; x++) {
                    int cell = (down ? rows - 1 - y : y) * rows + (across ? rows - 1 - x : x);
                    mean[channel * cells + y * rows + x] += answer[from * cells + cell] / VIEWS;
                }
            }
        }
    }

    /** Boxes in pixels of what the encoder saw. */
    private static List<Found> boxes(float[] values, int rows) {
        int cells = rows * rows;
        var found = new ArrayList<Found>();
        for (int cell = 0; cell < cells; cell++) {
            int row = cell / rows;
            double x = (cell - row * rows + 0.5) * CELL;
            double y = (row + 0.5) * CELL;
            for (int kind = 0; kind < CLASSES.size(); kind++) {
                double score = 1 / (1 + Math.exp(-values[kind * cells + cell]));
                if (score >= LEAST) {
                    double[] edges = new double[4];
                    for (int side = 0; side < 4; side++) {
                        edges[side] = CELL * Math.exp(Math.min(8, values[(CLASSES.size() + side) * cells + cell]));
                    }
                    found.add(new Found(
                            kind,
                            new Box(
                                    Math.clamp(x - edges[0], 0, x),
                                    Math.clamp(y - edges[1], 0, y),
                                    Math.clamp(x + edges[2], x, SIDE),
                                    Math.clamp(y + edges[3], y, SIDE)),
                            score));
                }
            }
        }
        return found;
    }

    private static Box scaled(Box box, double across, double down) {
        return new Box(box.left() * across, box.top() * down, box.right() * across, box.bottom() * down);
    }

    /** Non-maximum suppression: the surest first, without those that overlap a surer one of their kind. */
    private static List<Found> suppressed(List<Found> found) {
        List<Found> ranked = found.stream()
                .sorted(Comparator.comparingDouble(Found::score).reversed())
                .toList();
        var kept = new ArrayList<Found>();
        for (Found each : ranked) {
            if (kept.size() == MOST) {
                break;
            }
            boolean seen = kept.stream()
                    .anyMatch(
                            surer -> surer.kind() == each.kind() && surer.box().overlap(each.box()) > SAME);
            if (!seen) {
                kept.add(each);
            }
        }
        return kept;
    }
}
