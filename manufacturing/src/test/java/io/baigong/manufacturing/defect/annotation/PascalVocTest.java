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
    /** Pixels count from 1, and the last belongs to the box: Everingham et al. 2010, development kit. */
    @Test
    void countsPixelsFromOne() throws IOException {
        String xml = """
                <annotation><filename>a.jpg</filename><size><width>200</width><height>100</height></size>
                <object><name>scratches</name><part><name>tip</name><bndbox><xmin>9</xmin></bndbox></part>
                <bndbox><xmin>1</xmin><ymin>5</ymin><xmax>20</xmax><ymax>60</ymax></bndbox></object>
                <object><name>a &amp; b</name><bndbox><ymax>6</ymax><xmax>6</xmax><ymin>6</ymin><xmin>6</xmin></bndbox></object>
                </annotation>""";
        assertThat(PascalVoc.read(xml.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new AnnotatedPicture(
                        "a.jpg",
                        200,
                        100,
                        List.of(
                                new Marked("scratches", new Box(0, 4, 20, 60)),
                                new Marked("a & b", new Box(5, 5, 6, 6)))));
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
