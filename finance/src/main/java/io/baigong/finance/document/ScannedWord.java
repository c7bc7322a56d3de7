package io.baigong.finance.document;

import java.awt.geom.Rectangle2D;

/**
 * A word that OCR read, in points.
 *
 * @param shown its box on the page as it is shown
 * @param upright its box on the page as it must be turned for the word to stand upright
 * @param quarters by how many quarters, clockwise, in [0, 4)
 */
record ScannedWord(String text, Rectangle2D shown, Rectangle2D upright, int quarters, double confidence) {
    /** @param width of the page as it is shown, as {@code height} */
    static ScannedWord of(
            String text, Rectangle2D shown, int quarters, double width, double height, double confidence) {
        Rectangle2D upright = switch (quarters) {
            case 1 -> box(height - shown.getMaxY(), shown.getX(), shown.getHeight(), shown.getWidth());
            case 2 -> box(width - shown.getMaxX(), height - shown.getMaxY(), shown.getWidth(), shown.getHeight());
            case 3 -> box(shown.getY(), width - shown.getMaxX(), shown.getHeight(), shown.getWidth());
            default -> shown;
        };
        return new ScannedWord(text, shown, upright, quarters, confidence);
    }

    /** The part of the box on the page that the unit has if all have the same. */
    Rectangle2D unit(int index) {
        int ahead = quarters == 1 || quarters == 2 ? text.length() - 1 - index : index;
        if (quarters % 2 == 0) {
            double each = shown.getWidth() / text.length();
            return box(shown.getX() + ahead * each, shown.getY(), each, shown.getHeight());
        }
        double each = shown.getHeight() / text.length();
        return box(shown.getX(), shown.getY() + ahead * each, shown.getWidth(), each);
    }

    private static Rectangle2D box(double x, double y, double width, double height) {
        return new Rectangle2D.Double(x, y, width, height);
    }
}
