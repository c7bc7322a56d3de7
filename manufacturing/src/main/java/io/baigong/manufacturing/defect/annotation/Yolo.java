package io.baigong.manufacturing.defect.annotation;

import io.baigong.manufacturing.defect.annotation.AnnotatedPicture.Marked;
import io.baigong.measures.Box;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** YOLO's text, a file a picture: lines of {@code class x y width height}, the middle and size as shares of the picture. */
public final class Yolo {
    private Yolo() {}

    /**
     * Reads a file. Throws {@link IOException} that names the line.
     *
     * @param file name of the picture's file, which YOLO's text does not hold
     * @param classes what its numbers stand for, from 0 on
     */
    public static AnnotatedPicture read(String text, String file, int width, int height, List<String> classes)
            throws IOException {
        var boxes = new ArrayList<Marked>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] parts = line.strip().split("\\s+", -1);
            try {
                if (parts.length != 5) {
                    throw new IllegalArgumentException("a line has five numbers");
                }
                double x = share(parts[1]) * width;
                double y = share(parts[2]) * height;
                double w = share(parts[3]) * width / 2;
                double h = share(parts[4]) * height / 2;
                boxes.add(new Marked(classes.get(Integer.parseInt(parts[0])), new Box(x - w, y - h, x + w, y + h)));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IOException(
                        "line %d: expected class x y width height, found \"%s\"".formatted(number, line), e);
            }
        }
        return new AnnotatedPicture(file, width, height, boxes);
    }

    private static double share(String number) {
        double share = Double.parseDouble(number);
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share lies in [0, 1], not " + number);
        }
        return share;
    }

    /** Writes a file, to six places. Throws {@link IllegalArgumentException} for a label that is not among the classes. */
    public static String write(AnnotatedPicture picture, List<String> classes) {
        var text = new StringBuilder();
        for (Marked marked : picture.boxes()) {
            int number = classes.indexOf(marked.label());
            if (number < 0) {
                throw new IllegalArgumentException("\"%s\" is not one of %s".formatted(marked.label(), classes));
            }
            Box box = marked.box();
            text.append(String.format(
                    Locale.ROOT,
                    "%d %.6f %.6f %.6f %.6f%n",
                    number,
                    (box.left() + box.right()) / 2 / picture.width(),
                    (box.top() + box.bottom()) / 2 / picture.height(),
                    (box.right() - box.left()) / picture.width(),
                    (box.bottom() - box.top()) / picture.height()));
        }
        return text.toString();
    }
}
