package io.baigong.compute.ocr;

import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pixels of a probability map above a threshold that touch, corners included. */
final class Region {
    private final int[] pixels;
    private final int columns;
    private final double score;
    private final double angle;
    private final double length;
    private final double breadth;

    private Region(int[] pixels, int columns, double score) {
        this.pixels = pixels;
        this.columns = columns;
        this.score = score;
        double mx = 0;
        double my = 0;
        for (int p : pixels) {
            mx += column(p);
            my += row(p);
        }
        mx /= pixels.length;
        my /= pixels.length;
        double xx = 1.0 / 12;
        double yy = 1.0 / 12;
        double xy = 0;
        for (int p : pixels) {
            double dx = column(p) - mx;
            double dy = row(p) - my;
            xx += dx * dx / pixels.length;
            yy += dy * dy / pixels.length;
            xy += dx * dy / pixels.length;
        }
        double half = Math.hypot((xx - yy) / 2, xy);
        angle = Math.atan2(2 * xy, xx - yy) / 2;
        length = Math.sqrt(12 * ((xx + yy) / 2 + half));
        breadth = Math.sqrt(12 * Math.max((xx + yy) / 2 - half, 1.0 / 12));
    }

    /**
     * The regions of a map.
     *
     * @param probability {@code [rows, columns]}
     */
    static List<Region> of(float[] probability, int columns, int rows, float threshold) {
        var seen = new boolean[probability.length];
        var reached = new int[probability.length];
        var regions = new ArrayList<Region>();
        for (int start = 0; start < probability.length; start++) {
            if (seen[start] || probability[start] <= threshold) {
                continue;
            }
            seen[start] = true;
            reached[0] = start;
            int count = 1;
            double sum = 0;
            for (int next = 0; next < count; next++) {
                int p = reached[next];
                sum += probability[p];
                int x = p % columns;
                int y = p / columns;
                for (int ny = Math.max(y - 1, 0); ny <= Math.min(y + 1, rows - 1); ny++) {
                    for (int nx = Math.max(x - 1, 0); nx <= Math.min(x + 1, columns - 1); nx++) {
                        int n = ny * columns + nx;
                        if (!seen[n] && probability[n] > threshold) {
                            seen[n] = true;
                            reached[count++] = n;
                        }
                    }
                }
            }
            regions.add(new Region(Arrays.copyOf(reached, count), columns, sum / count));
        }
        return regions;
    }

    private int column(int pixel) {
        return pixel % columns;
    }

    private int row(int pixel) {
        return pixel / columns;
    }

    int size() {
        return pixels.length;
    }

    /** Mean probability. */
    double score() {
        return score;
    }

    /** Direction of the long axis, within ±π/2; positive falls to the right. */
    double angle() {
        return angle;
    }

    /** Of a rectangle with the same second moments. */
    double length() {
        return length;
    }

    double elongation() {
        return length / breadth;
    }

    /** The upright box that holds the region once its points are moved by the transform. */
    Box bounds(AffineTransform transform) {
        double left = Double.POSITIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        var point = new Point2D.Double();
        for (int p : pixels) {
            point.setLocation(column(p) + 0.5, row(p) + 0.5);
            transform.transform(point, point);
            left = Math.min(left, point.x);
            top = Math.min(top, point.y);
            right = Math.max(right, point.x);
            bottom = Math.max(bottom, point.y);
        }
        double x = Math.hypot(transform.getScaleX(), transform.getShearX()) / 2;
        double y = Math.hypot(transform.getScaleY(), transform.getShearY()) / 2;
        return new Box(left - x, top - y, right + x, bottom + y);
    }
}
