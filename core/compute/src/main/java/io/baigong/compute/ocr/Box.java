package io.baigong.compute.ocr;

/** An upright rectangle, in pixels; right and bottom are exclusive. */
record Box(double left, double top, double right, double bottom) {
    double width() {
        return right - left;
    }

    double height() {
        return bottom - top;
    }

    double middle() {
        return (top + bottom) / 2;
    }
}
