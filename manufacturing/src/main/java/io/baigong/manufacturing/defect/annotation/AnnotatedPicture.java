package io.baigong.manufacturing.defect.annotation;

import io.baigong.measures.Box;
import java.util.List;

/**
 * A picture's boxes.
 *
 * @param file name of the picture's file
 * @param width of the picture, in pixels
 */
public record AnnotatedPicture(String file, int width, int height, List<Marked> boxes) {
    public AnnotatedPicture {
        boxes = List.copyOf(boxes);
    }

    /**
     * A box with what is in it.
     *
     * @param box in pixels, {@code [left, right) x [top, bottom)} from the upper left corner
     */
    public record Marked(String label, Box box) {}
}
