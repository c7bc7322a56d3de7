package io.baigong.compute.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.compute.ocr.LineRecogniser.Glyph;
import io.baigong.compute.ocr.WordSplitter.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordSplitterTest {
    private static final int COLUMNS = 400;

    @Test
    void nothing() {
        assertThat(WordSplitter.split(List.of(), white(), COLUMNS)).isEmpty();
    }

    @Test
    void wideGapIsASpaceThatTheNetworkMissed() {
        var line = new Line().letter("a", 0).letter("b", 3).letter("c", 14).letter("d", 3);
        assertThat(line.split()).extracting(Part::text).containsExactly("ab", "cd");
        assertThat(line.split()).extracting(Part::left).containsExactly(10.0, 51.0);
        assertThat(line.split()).extracting(Part::right).containsExactly(37.0, 78.0);
    }

    @Test
    void wideGapBetweenChineseCharactersIsNone() {
        var line = new Line().letter("合", 0).letter("同", 14).letter("书", 14);
        assertThat(line.split()).extracting(Part::text).containsExactly("合同书");
    }

    @Test
    void spaceThatTheNetworkSawBeforeAMarkNeedsAGap() {
        var line = new Line().letter("a", 0).space().letter(".", 4).space().letter("b", 14);
        assertThat(line.split()).extracting(Part::text).containsExactly("a.", "b");
    }

    @Test
    void gapsAboutMarksOfATypewriterFaceAreNone() {
        var line = new Line()
                .letter("a", 0)
                .space()
                .letter("b", 28)
                .space()
                .letter("c", 28)
                .space()
                .letter("3", 28);
        line.letter(".", 16).letter("1", 16).letter("d", 22);
        assertThat(line.split()).extracting(Part::text).containsExactly("a", "b", "c", "3.1", "d");
    }

    @Test
    void underlineDoesNotHideGaps() {
        var line = new Line().letter("a", 0).letter("b", 14);
        Arrays.fill(line.gray, 40 * COLUMNS, 42 * COLUMNS, 0);
        assertThat(line.split()).extracting(Part::text).containsExactly("a", "b");
    }

    private static float[] white() {
        var gray = new float[LineRecogniser.HEIGHT * COLUMNS];
        Arrays.fill(gray, 255);
        return gray;
    }

    /** A line of letters that are black blocks, 12 columns wide. */
    private static final class Line {
        private final float[] gray = white();
        private final List<Glyph> glyphs = new ArrayList<>();
        private int end = 10;

        Line letter(String text, int gap) {
            int start = end + gap;
            end = start + 12;
            for (int row = 10; row < 38; row++) {
                Arrays.fill(gray, row * COLUMNS + start, row * COLUMNS + end, 0);
            }
            glyphs.add(new Glyph(text, start + 6, 0.9, 0));
            return this;
        }

        Line space() {
            Glyph last = glyphs.removeLast();
            glyphs.add(new Glyph(last.text(), last.x(), last.confidence(), 0.9));
            return this;
        }

        List<Part> split() {
            return WordSplitter.split(glyphs, gray, COLUMNS);
        }
    }
}
