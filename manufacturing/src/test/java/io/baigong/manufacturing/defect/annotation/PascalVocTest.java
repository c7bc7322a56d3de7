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

class PascalVocTest {
    private static final AnnotatedPicture PICTURE = new AnnotatedPicture(
            "a.jpg",
            200,
            100,
            List.of(new Marked("scratches", new Box(0, 4, 20, 60)), new Marked("a & b", new Box(5, 5, 6, 6))));

    @Test
    void comesBackAsItWent() throws IOException {
        assertThat(PascalVoc.read(PascalVoc.write(PICTURE))).isEqualTo(PICTURE);
    }

    /** Pixels count from 1, and the last belongs to the box. */
    @Test
    void countsPixelsFromOne() throws IOException {
        String xml = new String(PascalVoc.write(PICTURE), StandardCharsets.UTF_8);
        assertThat(xml).contains("<xmin>1</xmin><ymin>5</ymin><xmax>20</xmax><ymax>60</ymax>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no xml",
                "<annotation>",
                "<annotation/>",
                "<annotation><size><width>9</width><height>x</height></size></annotation>",
                "<annotation><size><width>9</width><height>9</height></size><object><name>a</name></object></annotation>",
                "<annotation><size><width>9</width><height>9</height></size><object><name>a</name><bndbox><xmin>5</xmin>"
                        + "<ymin>5</ymin><xmax>2</xmax><ymax>9</ymax></bndbox></object></annotation>",
                "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><annotation><filename>&b;</filename></annotation>"
            })
    void refusesWhatIsNoAnnotation(String xml) {
        assertThatThrownBy(() -> PascalVoc.read(xml.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }
}
