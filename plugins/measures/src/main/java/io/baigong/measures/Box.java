package io.baigong.measures;

/**
 * A rectangle, {@code [left, right) x [top, bottom)}, in pixels.
 *
 * @param right not less than {@code left}
 * @param bottom not less than {@code top}
 */
public record Box(double left, double top, double right, double bottom) {
    public Box {
        if (!(right >= left && bottom >= top)) {
            throw new IllegalArgumentException(
                    "a box ends where it begins or after, not [%s, %s) x [%s, %s)".formatted(left, right, top, bottom));
        }
    }

    public double area() {
        return (right - left) * (bottom - top);
    }

    /** Area shared by two boxes over the area of either (the Jaccard index), in [0, 1]. */
    public double overlap(Box other) {
        double width = Math.min(right, other.right) - Math.max(left, other.left);
        double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        if (width <= 0 || height <= 0) {
            return 0;
        }
        double shared = width * height;
        return shared / (area() + other.area() - shared);
    }
}
