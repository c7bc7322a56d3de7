package io.baigong.manufacturing.defect.annotation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.manufacturing.defect.annotation.AnnotatedPicture.Marked;
import io.baigong.measures.Box;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** COCO's JSON, a file for many pictures (cocodataset.org, data format): boxes are {@code [x, y, width, height]}. */
public final class Coco {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Coco() {}

    /** Reads a file, pictures in their order. Throws {@link IOException} that says what does not fit. */
    public static List<AnnotatedPicture> read(byte[] json) throws IOException {
        JsonNode root = MAPPER.readTree(json);
        if (root == null
                || !root.path("images").isArray()
                || !root.path("annotations").isArray()) {
            throw new IOException("a COCO file is an object with the lists images, annotations and categories");
        }
        Map<Long, String> categories = new LinkedHashMap<>();
        for (JsonNode category : root.path("categories")) {
            categories.put(category.path("id").asLong(), category.path("name").asText());
        }
        Map<Long, List<Marked>> boxes = new LinkedHashMap<>();
        for (JsonNode image : root.path("images")) {
            boxes.put(image.path("id").asLong(), new ArrayList<>());
        }
        for (JsonNode annotation : root.path("annotations")) {
            List<Marked> of = boxes.get(annotation.path("image_id").asLong(Long.MIN_VALUE));
            String label = categories.get(annotation.path("category_id").asLong(Long.MIN_VALUE));
            JsonNode box = annotation.path("bbox");
            if (of == null || label == null || box.size() != 4) {
                throw new IOException(
                        "an annotation has no such image or category, or no box: " + annotation.path("id"));
            }
            double x = box.get(0).asDouble(Double.NaN);
            double y = box.get(1).asDouble(Double.NaN);
            try {
                of.add(new Marked(
                        label,
                        new Box(
                                x,
                                y,
                                x + box.get(2).asDouble(Double.NaN),
                                y + box.get(3).asDouble(Double.NaN))));
            } catch (IllegalArgumentException e) {
                throw new IOException("the box of annotation " + annotation.path("id") + " is none: " + box, e);
            }
        }
        var pictures = new ArrayList<AnnotatedPicture>();
        for (JsonNode image : root.path("images")) {
            int width = image.path("width").asInt();
            int height = image.path("height").asInt();
            if (width < 1 || height < 1) {
                throw new IOException("an image of a COCO file names no width and height: " + image.path("id"));
            }
            pictures.add(new AnnotatedPicture(
                    image.path("file_name").asText(),
                    width,
                    height,
                    boxes.getOrDefault(image.path("id").asLong(), List.of())));
        }
        return pictures;
    }

    /** Writes a file; categories count from 1 in the order of their names. */
    public static byte[] write(List<AnnotatedPicture> pictures) throws IOException {
        var labels = new TreeSet<String>();
        pictures.forEach(picture -> picture.boxes().forEach(marked -> labels.add(marked.label())));
        List<String> classes = List.copyOf(labels);
        ObjectNode root = MAPPER.createObjectNode();
        var images = root.putArray("images");
        var annotations = root.putArray("annotations");
        var categories = root.putArray("categories");
        for (int i = 0; i < classes.size(); i++) {
            categories.addObject().put("id", i + 1).put("name", classes.get(i));
        }
        int number = 0;
        for (int i = 0; i < pictures.size(); i++) {
            AnnotatedPicture picture = pictures.get(i);
            images.addObject()
                    .put("id", i + 1)
                    .put("file_name", picture.file())
                    .put("width", picture.width())
                    .put("height", picture.height());
            for (Marked marked : picture.boxes()) {
                number++;
                Box box = marked.box();
                ObjectNode annotation = annotations
                        .addObject()
                        .put("id", number)
                        .put("image_id", i + 1)
                        .put("category_id", classes.indexOf(marked.label()) + 1)
                        .put("area", box.area())
                        .put("iscrowd", 0);
                annotation
                        .putArray("bbox")
                        .add(box.left())
                        .add(box.top())
                        .add(box.right() - box.left())
                        .add(box.bottom() - box.top());
            }
        }
        return MAPPER.writeValueAsBytes(root);
    }
}
