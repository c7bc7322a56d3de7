package io.baigong.finance.document;

import java.awt.geom.Rectangle2D;

/** A line of a page as it is set: its words and a box for each unit. */
final class PdfLine {
    final StringBuilder text = new StringBuilder();
    final UnitBoxes boxes = new UnitBoxes();
    private float left = Float.MAX_VALUE;
    private float top = Float.MAX_VALUE;
    private float right = -Float.MAX_VALUE;
    private float bottom = -Float.MAX_VALUE;

    void add(char unit, float x, float y, float width, float height, float confidence) {
        text.append(unit);
        boxes.add(x, y, width, height, confidence);
        if (width > 0 && height > 0 && unit != ' ') {
            include(x, y, width, height);
        }
    }

    private void include(float x, float y, float width, float height) {
        left = Math.min(left, x);
        top = Math.min(top, y);
        right = Math.max(right, x + width);
        bottom = Math.max(bottom, y + height);
    }

    /** A space between words that the page does not draw; none after another space or at the line's start. */
    void addSpace() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
            text.append(' ');
            boxes.addNone();
        }
    }

    /**
     * A word that OCR read; spreads its box over its units. The line lies where the page would have it if it were turned upright;
     * the boxes lie on the page as it is.
     */
    void addWord(ScannedWord word) {
        addSpace();
        for (int i = 0; i < word.text().length(); i++) {
            text.append(word.text().charAt(i));
            Rectangle2D box = word.unit(i);
            boxes.add((float) box.getX(), (float) box.getY(), (float) box.getWidth(), (float) box.getHeight(), (float)
                    word.confidence());
        }
        Rectangle2D upright = word.upright();
        include((float) upright.getX(), (float) upright.getY(), (float) upright.getWidth(), (float)
                upright.getHeight());
    }

    /** Units without the white space at the end. */
    int length() {
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == ' ') {
            length--;
        }
        return length;
    }

    boolean isBlank() {
        return length() == 0;
    }

    boolean isPlaced() {
        return right > left;
    }

    float left() {
        return left;
    }

    float top() {
        return top;
    }

    float right() {
        return right;
    }

    float bottom() {
        return bottom;
    }

    float height() {
        return bottom - top;
    }
}
