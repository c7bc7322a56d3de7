package io.baigong.manufacturing.defect.annotation;

import io.baigong.manufacturing.defect.data.DataFiles;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.PictureReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Pictures with boxes, whichever way they are annotated: a COCO file with {@code images}; else Pascal VOC's {@code name.xml}; else YOLO's {@code name.txt}
 * with the classes in {@code classes.txt}. A YOLO picture without a file has no box.
 */
public final class AnnotatedSet {
    private static final List<String> ENDINGS = List.of(".jpg", ".png", ".bmp", ".jpeg", ".tif", ".tiff");
    private static final String CLASSES = "classes.txt";

    private AnnotatedSet() {}

    /**
     * A picture with its boxes.
     *
     * @param name path of what it was read from, within the set
     */
    public record Sample(String name, Picture picture, AnnotatedPicture annotation) {}

    /** Reads the set; empty when it is annotated in none of these ways. Throws {@link IOException} that names a file. */
    public static List<Sample> read(DataFiles files) throws IOException {
        for (String name : files.names()) {
            if (name.endsWith(".json")) {
                return coco(files, name);
            }
        }
        if (files.names().stream().anyMatch(name -> name.endsWith(".xml"))) {
            return pascalVoc(files);
        }
        Optional<String> classes = files.names().stream()
                .filter(name -> name.equals(CLASSES) || name.endsWith("/" + CLASSES))
                .findFirst();
        return classes.isPresent() ? yolo(files, Yolo.classes(files.bytes(classes.get()))) : List.of();
    }

    private static List<Sample> coco(DataFiles files, String json) throws IOException {
        String folder = json.substring(0, json.lastIndexOf('/') + 1);
        Set<String> names = new HashSet<>(files.names());
        var samples = new ArrayList<Sample>();
        try {
            for (AnnotatedPicture each : Coco.read(files.bytes(json))) {
                String beside = folder + each.file();
                String file = names.contains(beside) ? beside : each.file();
                samples.add(sample(file, files.bytes(file), each));
            }
        } catch (IOException e) {
            throw new IOException(json + ": " + e.getMessage(), e);
        }
        return samples;
    }

    private static List<Sample> pascalVoc(DataFiles files) throws IOException {
        Set<String> names = new HashSet<>(files.names());
        var samples = new ArrayList<Sample>();
        for (String name : files.names()) {
            if (name.endsWith(".xml")) {
                String stem = name.substring(0, name.length() - ".xml".length());
                try {
                    String file = ENDINGS.stream()
                            .map(stem::concat)
                            .filter(names::contains)
                            .findFirst()
                            .orElseThrow(() -> new IOException("no picture of this name lies beside it"));
                    samples.add(sample(name, files.bytes(file), PascalVoc.read(files.bytes(name))));
                } catch (IOException e) {
                    throw new IOException(name + ": " + e.getMessage(), e);
                }
            }
        }
        return samples;
    }

    /** YOLO keeps pictures and texts in one folder, or in {@code images} and {@code labels} side by side. */
    private static List<Sample> yolo(DataFiles files, List<String> classes) throws IOException {
        Set<String> names = new HashSet<>(files.names());
        var samples = new ArrayList<Sample>();
        for (String name : files.names()) {
            int dot = name.lastIndexOf('.');
            if (dot < 0 || !ENDINGS.contains(name.substring(dot))) {
                continue;
            }
            String text = name.substring(0, dot) + ".txt";
            String apart = ("/" + text).replace("/images/", "/labels/").substring(1);
            String found = names.contains(text) ? text : apart;
            try {
                Picture picture = PictureReader.read(files.bytes(name));
                byte[] lines = names.contains(found) ? files.bytes(found) : new byte[0];
                samples.add(new Sample(
                        name,
                        picture,
                        Yolo.read(lines, classes, DataFiles.stem(name), picture.width(), picture.height())));
            } catch (IOException e) {
                throw new IOException(name + ": " + e.getMessage(), e);
            }
        }
        return samples;
    }

    private static Sample sample(String name, byte[] bytes, AnnotatedPicture annotation) throws IOException {
        return new Sample(name, PictureReader.read(bytes), annotation);
    }
}
