package io.baigong.manufacturing.defect.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.baigong.manufacturing.defect.annotation.AnnotatedPicture.Marked;
import io.baigong.manufacturing.defect.data.DataFiles;
import io.baigong.measures.Box;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boxes are the same whichever way they are written, and what is damaged is refused. */
class AnnotationFormatsTest {
    private static final AnnotatedPicture PICTURE = new AnnotatedPicture(
            "a.png",
            200,
            100,
            List.of(new Marked("scratches", new Box(0, 4, 20, 60)), new Marked("a & <b>", new Box(50, 25, 200, 100))));

    @TempDir
    Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        assertThat(PascalVoc.read(bytes(AnnotationFormat.PASCAL_VOC.write(PICTURE))))
                .isEqualTo(PICTURE);
        assertThat(Coco.read(bytes(AnnotationFormat.COCO.write(PICTURE)))).containsExactly(PICTURE);
        List<String> classes = List.of("a & <b>", "scratches");
        AnnotatedPicture yolo = Yolo.read(bytes(AnnotationFormat.YOLO.write(PICTURE)), classes, "a.png", 200, 100);
        assertThat(yolo.boxes()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(yolo.boxes().get(i).label())
                    .isEqualTo(PICTURE.boxes().get(i).label());
            assertThat(yolo.boxes().get(i).box().overlap(PICTURE.boxes().get(i).box()))
                    .isGreaterThan(0.999);
        }
    }

    /** The example of the Ultralytics documentation, "Object detection datasets overview": class, middle, size, as shares. */
    @Test
    void yoloGivesMiddleAndSize() throws IOException {
        Box box = Yolo.read(bytes("1 0.5 0.5 0.25 0.5\n\n"), List.of("a", "b"), "x", 200, 100)
                .boxes()
                .getFirst()
                .box();
        assertThat(box.left()).isCloseTo(75, within(1e-9));
        assertThat(box.right()).isCloseTo(125, within(1e-9));
        assertThat(box.top()).isCloseTo(25, within(1e-9));
        assertThat(box.bottom()).isCloseTo(75, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2 0.5 0.5 0.1 0.1",
                "-1 0.5 0.5 0.1 0.1",
                "0 0.5 0.5 0.1",
                "0 0.5 0.5 0.1 0.1 0.9",
                "0 50 50 10 10",
                "0 NaN 0.5 0.1 0.1",
                "a b c d e"
            })
    void yoloLinesThatMakeNoBoxAreRefused(String line) {
        assertThatThrownBy(() -> Yolo.read(bytes("0 0.5 0.5 0.1 0.1\n" + line), List.of("a", "b"), "x", 9, 9))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"images\": [], \"annotations\": 5}",
                "{\"images\": [{\"id\": 1, \"file_name\": \"a\", \"width\": 0, \"height\": 9}], \"annotations\": []}",
                "{\"images\": [{\"id\": \"x\", \"file_name\": \"a\", \"width\": 9, \"height\": 9}], \"annotations\": []}",
                "{\"images\": [], \"annotations\": [{\"id\": 1, \"image_id\": 1, \"category_id\": 1, \"bbox\": [0, 0, 1, 1]}]}",
                "{\"images\": [{\"id\": 1, \"file_name\": \"a\", \"width\": 9, \"height\": 9}], \"categories\": [{\"id\": 1, \"name\": \"c\"}],"
                        + " \"annotations\": [{\"id\": 1, \"image_id\": 1, \"category_id\": 1, \"bbox\": [0, 0, -1, 1]}]}"
            })
    void damagedCocoIsRefused(String json) {
        assertThatThrownBy(() -> Coco.read(bytes(json))).isInstanceOf(IOException.class);
    }

    @Test
    void crowdsAreLeftOut() throws IOException {
        String json = AnnotationFormat.COCO.write(PICTURE).replaceFirst("\"iscrowd\":0", "\"iscrowd\":1");
        assertThat(Coco.read(bytes(json)).getFirst().boxes()).hasSize(1);
    }

    private void picture(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(new BufferedImage(200, 100, BufferedImage.TYPE_BYTE_GRAY), "png", file.toFile());
    }

    /** All three ways, each in a folder of its own, with the picture where others put it. */
    @Test
    void setsAreReadAnnotatedEitherWay() throws IOException {
        picture("coco/images/a.png");
        Files.writeString(
                folder.resolve("coco/instances.json"),
                AnnotationFormat.COCO.write(PICTURE).replace("a.png", "images/a.png"));
        picture("voc/a.png");
        Files.writeString(folder.resolve("voc/a.xml"), AnnotationFormat.PASCAL_VOC.write(PICTURE));
        picture("yolo/images/train/a.png");
        picture("yolo/images/train/sound.png");
        Files.createDirectories(folder.resolve("yolo/labels/train"));
        Files.writeString(folder.resolve("yolo/labels/train/a.txt"), AnnotationFormat.YOLO.write(PICTURE));
        Files.writeString(folder.resolve("yolo/classes.txt"), "a & <b>\nscratches\n");
        for (String way : List.of("coco", "voc", "yolo")) {
            var samples = AnnotatedSet.read(DataFiles.read(folder.resolve(way)));
            assertThat(samples).as(way).hasSize(way.equals("yolo") ? 2 : 1);
            assertThat(samples.getFirst().annotation().boxes())
                    .extracting(Marked::label)
                    .containsExactly("scratches", "a & <b>");
            assertThat(samples.getFirst().picture().width()).isEqualTo(200);
        }
    }

    @Test
    void missingPicturesAreNamed() throws IOException {
        Files.writeString(folder.resolve("a.xml"), AnnotationFormat.PASCAL_VOC.write(PICTURE));
        assertThatThrownBy(() -> AnnotatedSet.read(DataFiles.read(folder)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a.xml");
        Files.delete(folder.resolve("a.xml"));
        Files.writeString(folder.resolve("a.json"), AnnotationFormat.COCO.write(PICTURE));
        assertThatThrownBy(() -> AnnotatedSet.read(DataFiles.read(folder)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a.png");
    }
}
