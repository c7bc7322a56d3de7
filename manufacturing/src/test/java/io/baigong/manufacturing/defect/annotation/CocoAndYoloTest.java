package io.baigong.manufacturing.defect.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.manufacturing.defect.annotation.AnnotatedPicture.Marked;
import io.baigong.measures.Box;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CocoAndYoloTest {
    private static final List<AnnotatedPicture> PICTURES = List.of(
            new AnnotatedPicture("a.png", 200, 100, List.of(new Marked("spur", new Box(20, 10, 60, 30)))),
            new AnnotatedPicture(
                    "b.png",
                    64,
                    64,
                    List.of(new Marked("open", new Box(0, 0, 64, 16)), new Marked("spur", new Box(8, 8, 16, 24)))),
            new AnnotatedPicture("c.png", 10, 10, List.of()));

    @Test
    void cocoComesBackAsItWent() throws IOException {
        assertThat(Coco.read(Coco.write(PICTURES))).isEqualTo(PICTURES);
    }

    @Test
    void yoloComesBackAsItWent() throws IOException {
        List<String> classes = List.of("open", "spur");
        for (AnnotatedPicture picture : PICTURES) {
            String text = Yolo.write(picture, classes);
            assertThat(Yolo.read(text, picture.file(), picture.width(), picture.height(), classes))
                    .isEqualTo(picture);
        }
        assertThat(Yolo.write(PICTURES.getFirst(), classes).strip()).isEqualTo("1 0.200000 0.200000 0.200000 0.200000");
        assertThatThrownBy(() -> Yolo.write(PICTURES.getFirst(), List.of("open")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"images\":[]",
                "{\"images\":[]}",
                "{\"images\":[{\"id\":1}],\"annotations\":[]}",
                "{\"images\":[],\"annotations\":[{\"id\":1,\"image_id\":1,\"category_id\":1,\"bbox\":[1,2,3,4]}]}",
                "{\"images\":[{\"id\":1,\"width\":9,\"height\":9}],\"categories\":[{\"id\":1,\"name\":\"a\"}],"
                        + "\"annotations\":[{\"id\":1,\"image_id\":1,\"category_id\":1,\"bbox\":[1,2,-3,4]}]}"
            })
    void refusesWhatIsNoCoco(String json) {
        assertThatThrownBy(() -> Coco.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0 0.5 0.5 0.1", "2 0.5 0.5 0.1 0.1", "0 1.5 0.5 0.1 0.1", "x 0.5 0.5 0.1 0.1", "0 NaN 0 0 0"})
    void namesTheLineThatIsNoYolo(String line) {
        assertThatThrownBy(() -> Yolo.read("0 0.5 0.5 0.1 0.1\n" + line, "a.png", 10, 10, List.of("open", "spur")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2");
    }
}
