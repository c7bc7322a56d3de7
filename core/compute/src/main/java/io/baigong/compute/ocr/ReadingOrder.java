package io.baigong.compute.ocr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts lines in the order in which a person reads them. */
final class ReadingOrder {
    /** A line wider than this share of the page's text runs over all columns. */
    private static final double FULL_WIDTH = 0.55;

    /** Lines of a text column fill this share of it on average; cells of a table and signatures fill less. */
    private static final double COLUMN_FILL = 0.6;

    private static final int COLUMN_LINES = 4;

    private ReadingOrder() {}

    /** Column by column where text runs in columns, else from top to bottom and left to right. */
    static List<Box> of(List<Box> boxes) {
        double left = boxes.stream().mapToDouble(Box::left).min().orElse(0);
        double right = boxes.stream().mapToDouble(Box::right).max().orElse(0);
        var ordered = new ArrayList<Box>();
        var band = new ArrayList<Box>();
        for (List<Box> row : rows(boxes)) {
            if (row.stream().anyMatch(box -> box.width() > FULL_WIDTH * (right - left))) {
                ordered.addAll(columns(band));
                band.clear();
                ordered.addAll(row);
            } else {
                band.addAll(row);
            }
        }
        ordered.addAll(columns(band));
        return ordered;
    }

    /** The lines of a band in order; they come in rows. */
    private static List<Box> columns(List<Box> band) {
        var byLeft = band.stream().sorted(Comparator.comparingDouble(Box::left)).toList();
        double reach = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < byLeft.size(); i++) {
            Box next = byLeft.get(i);
            if (next.left() > reach && isColumn(byLeft.subList(0, i)) && isColumn(byLeft.subList(i, byLeft.size()))) {
                double gutter = next.left();
                var ordered = new ArrayList<Box>();
                band.stream().filter(box -> box.left() < gutter).forEach(ordered::add);
                ordered.addAll(columns(
                        band.stream().filter(box -> box.left() >= gutter).toList()));
                return ordered;
            }
            reach = Math.max(reach, next.right());
        }
        return band;
    }

    private static boolean isColumn(List<Box> boxes) {
        double left = boxes.stream().mapToDouble(Box::left).min().orElse(0);
        double right = boxes.stream().mapToDouble(Box::right).max().orElse(0);
        double width = boxes.stream().mapToDouble(Box::width).average().orElse(0);
        double height = boxes.stream().mapToDouble(Box::height).average().orElse(0);
        return boxes.size() >= COLUMN_LINES && width >= COLUMN_FILL * (right - left) && width > 5 * height;
    }

    /** Boxes on one level, from left to right; rows from top to bottom. */
    private static List<List<Box>> rows(List<Box> boxes) {
        var rows = new ArrayList<List<Box>>();
        Box longest = null;
        for (Box box :
                boxes.stream().sorted(Comparator.comparingDouble(Box::middle)).toList()) {
            if (longest == null || !isBeside(box, longest)) {
                rows.add(new ArrayList<>());
                longest = box;
            }
            rows.getLast().add(box);
            longest = box.width() > longest.width() ? box : longest;
        }
        rows.forEach(row -> row.sort(Comparator.comparingDouble(Box::left)));
        return rows;
    }

    private static boolean isBeside(Box a, Box b) {
        double shared = Math.min(a.bottom(), b.bottom()) - Math.max(a.top(), b.top());
        return shared > Math.min(a.height(), b.height()) / 2;
    }
}
