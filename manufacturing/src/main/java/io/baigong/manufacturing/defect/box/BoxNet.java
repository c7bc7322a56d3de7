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

    private static final double LEAST = 0.02;
    private static final int MOST = 100;

    /** Of two boxes of a kind that overlap by more, only the surer is kept. */
    private static final double SAME = 0.5;

    private BoxNet() {}

    /** Boxes in pixels of the picture, the surest first; looked at as it is and mirrored each way. */
    static List<Found> find(Models models, Picture picture) {
        Picture resized = picture.grey().resized(SIDE, SIDE);
        double across = (double) picture.width() / SIDE;
        double down = (double) picture.height() / SIDE;
        var found = new ArrayList<Found>();
        for (int turn = 0; turn < 4; turn++) {
            CellFeatures cells = CellFeatures.of(models, resized.turned(turn), CELL);
            Tensor answer = models.predict(
                    ROLE, new Tensor(new int[] {1, cells.channels(), cells.rows(), cells.columns()}, cells.values()));
            for (Found each : boxes(answer)) {
                found.add(new Found(each.kind(), scaled(each.box(), turn, across, down), each.score()));
            }
        }
        return merged(found);
    }

    /** Boxes in pixels of what the encoder saw. */
    private static List<Found> boxes(Tensor answer) {
        int rows = answer.shape()[2];
        int columns = answer.shape()[3];
        int cells = rows * columns;
        float[] values = answer.values();
        var found = new ArrayList<Found>();
        for (int cell = 0; cell < cells; cell++) {
            int row = cell / columns;
            double x = (cell - row * columns + 0.5) * CELL;
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

    private static Box scaled(Box box, int turn, double across, double down) {
        double left = (turn & 1) != 0 ? SIDE - box.right() : box.left();
        double right = (turn & 1) != 0 ? SIDE - box.left() : box.right();
        double top = (turn & 2) != 0 ? SIDE - box.bottom() : box.top();
        double bottom = (turn & 2) != 0 ? SIDE - box.top() : box.bottom();
        return new Box(left * across, top * down, right * across, bottom * down);
    }

    /** The surest of each heap of overlapping boxes, at the mean of the heap's edges weighted by score. */
    private static List<Found> merged(List<Found> found) {
        List<Found> ranked = found.stream()
                .sorted(Comparator.comparingDouble(Found::score).reversed())
                .toList();
        var heads = new ArrayList<Found>();
        var sums = new ArrayList<double[]>();
        for (Found each : ranked) {
            int heap = -1;
            for (int i = 0; i < heads.size() && heap < 0; i++) {
                Found head = heads.get(i);
                heap = head.kind() == each.kind() && head.box().overlap(each.box()) > SAME ? i : -1;
            }
            if (heap < 0) {
                if (heads.size() == MOST) {
                    continue;
                }
                heap = heads.size();
                heads.add(each);
                sums.add(new double[5]);
            }
            double[] sum = sums.get(heap);
            sum[0] += each.score() * each.box().left();
            sum[1] += each.score() * each.box().top();
            sum[2] += each.score() * each.box().right();
            sum[3] += each.score() * each.box().bottom();
            sum[4] += each.score();
        }
        var kept = new ArrayList<Found>();
        for (int i = 0; i < heads.size(); i++) {
            double[] sum = sums.get(i);
            kept.add(new Found(
                    heads.get(i).kind(),
                    new Box(sum[0] / sum[4], sum[1] / sum[4], sum[2] / sum[4], sum[3] / sum[4]),
                    heads.get(i).score()));
        }
        return kept;
    }
}
