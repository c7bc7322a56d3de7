package io.baigong.manufacturing.defect.annotation;

import io.baigong.manufacturing.defect.annotation.AnnotatedPicture.Marked;
import io.baigong.measures.Box;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * YOLO's text, a file a picture and a line a box: number of the class, middle, width and height, as shares of the picture's. The names of
 * the classes stand in a file of their own, a line each.
 */
public final class Yolo {
    private static final int MAX_BOXES = 100_000;

    /** How far a box may reach beyond its picture, as a share of it: others round. */
    private static final double SLACK = 0.01;

    private Yolo() {}

    /** Names of the classes, in the order of their numbers. */
    public static List<String> classes(byte[] text) {
        return new String(text, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Reads a picture's file. Throws {@link IOException} that names the line. */
    public static AnnotatedPicture read(byte[] text, List<String> classes, String file, int width, int height)
            throws IOException {
        var boxes = new ArrayList<Marked>();
        int number = 0;
        for (String line : new String(text, StandardCharsets.UTF_8)
                .lines()
                .limit(MAX_BOXES + 1L)
                .toList()) {
            number++;
            if (number > MAX_BOXES) {
                throw new IOException("a YOLO file has at most " + MAX_BOXES + " lines");
            }
            if (!line.isBlank()) {
                boxes.add(marked(line.strip().split("\\s+"), classes, number, width, height));
            }
        }
        return new AnnotatedPicture(file, width, height, boxes);
    }

    private static Marked marked(String[] words, List<String> classes, int line, int width, int height)
            throws IOException {
        try {
            int kind = words.length == 5 ? Integer.parseInt(words[0]) : -1;
            if (kind < 0 || kind >= classes.size()) {
                throw new IOException("line %d of a YOLO file has 5 numbers, the first one of %d classes"
                        .formatted(line, classes.size()));
            }
            double[] shares = new double[4];
            for (int i = 0; i < 4; i++) {
                shares[i] = Double.parseDouble(words[i + 1]);
                if (!(shares[i] >= -SLACK && shares[i] <= 1 + SLACK)) {
                    throw new IOException(
                            "line %d of a YOLO file gives shares of the picture, from 0 to 1".formatted(line));
                }
            }
            double reachX = Math.max(0, shares[2]) / 2;
            double reachY = Math.max(0, shares[3]) / 2;
            return new Marked(
                    classes.get(kind),
                    new Box(
                            Math.clamp(shares[0] - reachX, 0, 1) * width,
                            Math.clamp(shares[1] - reachY, 0, 1) * height,
                            Math.clamp(shares[0] + reachX, 0, 1) * width,
                            Math.clamp(shares[1] + reachY, 0, 1) * height));
        } catch (NumberFormatException e) {
            throw new IOException("line %d of a YOLO file is not made of numbers".formatted(line), e);
        }
    }

    /** Writes a picture's file. Throws {@link IllegalArgumentException} for a label that is no class. */
    public static String write(AnnotatedPicture picture, List<String> classes) {
        var text = new StringBuilder();
        for (Marked each : picture.boxes()) {
            int kind = classes.indexOf(each.label());
            if (kind < 0) {
                throw new IllegalArgumentException("\"%s\" is none of %s".formatted(each.label(), classes));
            }
            Box box = each.box();
            text.append(String.format(
                    Locale.ROOT,
                    "%d %.6f %.6f %.6f %.6f\n",
                    kind,
                    (box.left() + box.right()) / 2 / picture.width(),
                    (box.top() + box.bottom()) / 2 / picture.height(),
                    (box.right() - box.left()) / picture.width(),
                    (box.bottom() - box.top()) / picture.height()));
        }
        return text.toString();
    }
}
