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

/**
 * COCO's JSON, one file for all pictures ("Data format" at cocodataset.org, object detection): a box is its left and upper edge, width and
 * height, in pixels. Crowds are regions of many and left out.
 */
public final class Coco {
    private static final int MAX_BOXES = 1_000_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private record Picture(String file, int width, int height, List<Marked> boxes) {}

    private Coco() {}

    /** Reads a file. Throws {@link IOException} that says what is missing. */
    public static List<AnnotatedPicture> read(byte[] json) throws IOException {
        JsonNode root = MAPPER.readTree(json);
        if (root == null
                || !root.path("images").isArray()
                || !root.path("annotations").isArray()) {
            throw new IOException("a COCO file has images, annotations and categories");
        }
        if (root.path("annotations").size() > MAX_BOXES) {
            throw new IOException("a COCO file has at most " + MAX_BOXES + " annotations");
        }
        Map<Long, String> categories = new LinkedHashMap<>();
        for (JsonNode each : root.path("categories")) {
            categories.put(id(each, "id"), each.path("name").asText());
        }
        Map<Long, Picture> pictures = new LinkedHashMap<>();
        for (JsonNode each : root.path("images")) {
            var picture = new Picture(
                    each.path("file_name").asText(),
                    each.path("width").asInt(),
                    each.path("height").asInt(),
                    new ArrayList<>());
            if (picture.file.isEmpty() || picture.width < 1 || picture.height < 1) {
                throw new IOException("a picture of a COCO file has a file_name, a width and a height, not " + each);
            }
            if (pictures.put(id(each, "id"), picture) != null) {
                throw new IOException("two pictures of a COCO file have the id " + each.path("id"));
            }
        }
        for (JsonNode each : root.path("annotations")) {
            Picture picture = pictures.get(id(each, "image_id"));
            String label = categories.get(id(each, "category_id"));
            if (picture == null || label == null) {
                throw new IOException("an annotation of a COCO file names a picture or category that is not there: id "
                        + each.path("id"));
            }
            if (each.path("iscrowd").asInt() == 0) {
                picture.boxes.add(new Marked(label, box(each.path("bbox"))));
            }
        }
        return pictures.values().stream()
                .map(each -> new AnnotatedPicture(each.file, each.width, each.height, each.boxes))
                .toList();
    }

    private static long id(JsonNode node, String name) throws IOException {
        if (!node.path(name).isIntegralNumber()) {
            throw new IOException("a COCO file's %s is a whole number, not %s".formatted(name, node.path(name)));
        }
        return node.path(name).asLong();
    }

    private static Box box(JsonNode box) throws IOException {
        double[] numbers = new double[4];
        for (int i = 0; i < 4; i++) {
            numbers[i] = box.path(i).asDouble(Double.NaN);
        }
        if (!(numbers[2] >= 0
                && numbers[3] >= 0
                && Double.isFinite(numbers[0] + numbers[1] + numbers[2] + numbers[3]))) {
            throw new IOException("a COCO bbox is [left, top, width, height], not " + box);
        }
        return new Box(numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3]);
    }

    /** Writes pictures; ids count from 1, those of labels in the order of the labels. */
    public static String write(List<AnnotatedPicture> pictures) {
        ObjectNode root = MAPPER.createObjectNode();
        var images = root.putArray("images");
        var annotations = root.putArray("annotations");
        List<String> labels = pictures.stream()
                .flatMap(picture -> picture.boxes().stream())
                .map(Marked::label)
                .distinct()
                .sorted()
                .toList();
        for (AnnotatedPicture picture : pictures) {
            images.addObject()
                    .put("id", images.size())
                    .put("file_name", picture.file())
                    .put("width", picture.width())
                    .put("height", picture.height());
            for (Marked each : picture.boxes()) {
                ObjectNode annotation = annotations.addObject();
                annotation
                        .put("id", annotations.size())
                        .put("image_id", images.size())
                        .put("category_id", labels.indexOf(each.label()) + 1)
                        .put("area", each.box().area())
                        .put("iscrowd", 0)
                        .putArray("bbox")
                        .add(each.box().left())
                        .add(each.box().top())
                        .add(each.box().right() - each.box().left())
                        .add(each.box().bottom() - each.box().top());
            }
        }
        var categories = root.putArray("categories");
        labels.forEach(
                label -> categories.addObject().put("id", categories.size()).put("name", label));
        return root.toString();
    }
}
