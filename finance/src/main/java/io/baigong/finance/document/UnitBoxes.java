package io.baigong.finance.document;

import io.baigong.finance.review.ContractReview.Page;
import io.baigong.finance.review.ContractReview.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A box and OCR's confidence for each UTF-16 unit of a text, as {@code [units, 5]}: x, y, width, height, confidence;
 * points from the upper left. Confidence is 1 where a text layer was read.
 */
final class UnitBoxes {
    private static final int WIDE = 5;

    private float[] values = new float[64 * WIDE];
    private int units;

    void add(float x, float y, float width, float height, float confidence) {
        if (values.length < WIDE * (units + 1)) {
            values = Arrays.copyOf(values, Math.max(values.length + values.length / 2, WIDE * (units + 1)));
        }
        int at = WIDE * units++;
        values[at] = x;
        values[at + 1] = y;
        values[at + 2] = width;
        values[at + 3] = height;
        values[at + 4] = confidence;
    }

    /** Adds the first units of another. */
    void addAll(UnitBoxes other, int count) {
        if (values.length < WIDE * (units + count)) {
            values = Arrays.copyOf(values, Math.max(values.length + values.length / 2, WIDE * (units + count)));
        }
        System.arraycopy(other.values, 0, values, WIDE * units, WIDE * count);
        units += count;
    }

    /** A unit that is not on the page, such as a space that joins two lines. */
    void addNone() {
        add(0, 0, 0, 0, 1);
    }

    void dropLast() {
        units--;
    }

    float left(int unit) {
        return values[WIDE * unit];
    }

    float top(int unit) {
        return values[WIDE * unit + 1];
    }

    float right(int unit) {
        return values[WIDE * unit] + values[WIDE * unit + 2];
    }

    float bottom(int unit) {
        return values[WIDE * unit + 1] + values[WIDE * unit + 3];
    }

    /** OCR's confidence for the unit in {@code [from, to)} of which it is the least sure, rounded to thousandths. */
    double least(int from, int to) {
        float least = 1;
        for (int unit = from; unit < to; unit++) {
            least = Math.min(least, values[WIDE * unit + 4]);
        }
        return Math.round(least * 1000) / 1000.0;
    }

    private boolean none(int unit) {
        return values[WIDE * unit + 2] <= 0 || values[WIDE * unit + 3] <= 0;
    }

    /** One box per line on each page, in reading order. */
    List<Region> regions(List<Page> pages, int start, int end) {
        var regions = new ArrayList<Region>();
        for (Page page : pages) {
            int from = Math.max(start, page.start());
            int to = Math.min(end, page.end());
            if (from < to) {
                addLines(regions, page.number(), from, to);
            }
        }
        return List.copyOf(regions);
    }

    private void addLines(List<Region> regions, int page, int from, int to) {
        int last = -1;
        float left = 0;
        float top = 0;
        float right = 0;
        float bottom = 0;
        for (int i = from; i < to; i++) {
            if (none(i)) {
                continue;
            }
            if (last >= 0 && (followsOnLine(i, left, top, right, bottom) || followsSideways(i, last))) {
                left = Math.min(left, left(i));
                top = Math.min(top, top(i));
                right = Math.max(right, right(i));
                bottom = Math.max(bottom, bottom(i));
            } else {
                if (last >= 0) {
                    regions.add(region(page, left, top, right, bottom));
                }
                left = left(i);
                top = top(i);
                right = right(i);
                bottom = bottom(i);
            }
            last = i;
        }
        if (last >= 0) {
            regions.add(region(page, left, top, right, bottom));
        }
    }

    private boolean followsOnLine(int unit, float left, float top, float right, float bottom) {
        float height = bottom - top;
        float overlap = Math.min(bottom, bottom(unit)) - Math.max(top, top(unit));
        float gap = Math.max(left(unit) - right, left - right(unit));
        return overlap > 0.4f * Math.min(height, bottom(unit) - top(unit)) && gap < 8 * height;
    }

    /** Text turned by a right angle: the same edges left and right, one unit above the other. */
    private boolean followsSideways(int unit, int last) {
        float gap = Math.max(top(unit) - bottom(last), top(last) - bottom(unit));
        return Math.abs(left(unit) - left(last)) < 0.7f
                && Math.abs(right(unit) - right(last)) < 0.7f
                && gap < 2 * (right(unit) - left(unit));
    }

    private static Region region(int page, float left, float top, float right, float bottom) {
        return new Region(page, hundredth(left), hundredth(top), hundredth(right - left), hundredth(bottom - top));
    }

    private static double hundredth(float points) {
        return Math.round(points * 100.0) / 100.0;
    }
}
