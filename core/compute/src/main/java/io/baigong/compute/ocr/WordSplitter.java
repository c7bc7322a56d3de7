package io.baigong.compute.ocr;

import io.baigong.compute.ocr.LineRecogniser.Glyph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a line into words.
 *
 * <p>The recogniser, trained on Chinese first, leaves out many spaces between Latin words. So each gap without ink also
 * speaks: a gap about as wide as those where the recogniser did see a space is a space.
 */
final class WordSplitter {
    private static final int HEIGHT = LineRecogniser.HEIGHT;

    /** From this probability on the network saw a space. */
    private static final double SEEN = 0.5;

    /** Share of the line's height that tells a space where there is nothing to compare with. */
    private static final double WIDE_GAP = 0.22;

    /** Share of the line's height below which no gap is a space that the network did not see. */
    private static final double NARROW_GAP = 0.12;

    private static final String CLOSING = ".,;:)]，。；：）】";
    private static final String OPENING = "([（【";

    private WordSplitter() {}

    /**
     * A word of a line.
     *
     * @param left first column of ink
     * @param right column after the last ink
     */
    record Part(String text, double left, double right, double confidence) {}

    /** Columns without ink, half-open. */
    private record Gap(int from, int to) {
        int width() {
            return to - from;
        }

        double middle() {
            return (from + to) / 2.0;
        }
    }

    /**
     * The words of a line.
     *
     * @param gray {@code [HEIGHT, columns]} in [0, 255]
     */
    static List<Part> split(List<Glyph> glyphs, float[] gray, int columns) {
        if (glyphs.isEmpty()) {
            return List.of();
        }
        boolean[] ink = ink(gray, columns);
        List<Gap> gaps = gaps(ink);
        int boundaries = glyphs.size() - 1;
        var gapAt = new int[Math.max(boundaries, 0)];
        Arrays.fill(gapAt, -1);
        for (int g = 0; g < gaps.size(); g++) {
            int boundary = boundary(glyphs, gaps.get(g));
            if (boundary >= 0
                    && (gapAt[boundary] < 0
                            || gaps.get(gapAt[boundary]).width() < gaps.get(g).width())) {
                gapAt[boundary] = g;
            }
        }
        double usual = usualSpace(glyphs, gaps, gapAt);
        var parts = new ArrayList<Part>();
        var text = new StringBuilder();
        double confidence = 0;
        int count = 0;
        double left = firstInk(ink);
        for (int i = 0; i < glyphs.size(); i++) {
            Glyph glyph = glyphs.get(i);
            text.append(glyph.text());
            confidence += glyph.confidence();
            count++;
            boolean end = i == boundaries;
            Gap gap = end || gapAt[i] < 0 ? null : gaps.get(gapAt[i]);
            if (end || isSpace(glyph, glyphs.get(i + 1), gap, usual)) {
                double middle = end ? 0 : (glyph.x() + glyphs.get(i + 1).x()) / 2;
                double right = end ? lastInk(ink) : gap == null ? middle : gap.from();
                parts.add(new Part(text.toString(), left, Math.max(right, left + 1), confidence / count));
                left = gap == null ? middle : gap.to();
                text.setLength(0);
                confidence = 0;
                count = 0;
            }
        }
        return parts;
    }

    /**
     * Whether a space stands there: the network saw one, or the gap is wide enough.
     *
     * @param usual width of a space in this line, 0 when not known
     */
    private static boolean isSpace(Glyph before, Glyph after, @Nullable Gap gap, double usual) {
        int width = gap == null ? 0 : gap.width();
        double atMarks = leastSpace(before.text(), after.text());
        if (before.spaceAfter() >= SEEN) {
            return width >= atMarks * (usual == 0 ? WIDE_GAP * HEIGHT : usual);
        }
        double least = usual == 0
                ? Math.max(1, atMarks) * WIDE_GAP * HEIGHT
                : Math.max(Math.max(0.7, atMarks) * usual, NARROW_GAP * HEIGHT);
        return width >= least && !(isWide(before.text()) || isWide(after.text()));
    }

    /** Share of the usual space that a gap at a mark must have: marks are narrow, in a typewriter face most of all. */
    private static double leastSpace(String before, String after) {
        if (CLOSING.contains(after) || OPENING.contains(before)) {
            return 1.5;
        }
        if ((isNumeric(before) && isNumeric(after)) || before.equals("'") || after.equals("'")) {
            return 0.9;
        }
        return 0;
    }

    private static boolean isNumeric(String text) {
        return Character.isDigit(text.codePointAt(0)) || text.equals(".") || text.equals(",");
    }

    /** Median width of the gaps where the network saw a space; 0 for too few to tell. */
    private static double usualSpace(List<Glyph> glyphs, List<Gap> gaps, int[] gapAt) {
        var seen = new ArrayList<Integer>();
        for (int i = 0; i < gapAt.length; i++) {
            if (gapAt[i] >= 0 && glyphs.get(i).spaceAfter() >= SEEN) {
                seen.add(gaps.get(gapAt[i]).width());
            }
        }
        seen.sort(null);
        return seen.size() < 3 ? 0 : seen.get(seen.size() / 2);
    }

    /** The two characters between which a gap lies, as the index of the first; -1 for outside of all. */
    private static int boundary(List<Glyph> glyphs, Gap gap) {
        int best = -1;
        double most = 0;
        double slack = 4;
        for (int i = 0; i + 1 < glyphs.size(); i++) {
            double from = glyphs.get(i).x();
            double to = glyphs.get(i + 1).x();
            if (to + slack < gap.from() || from - slack > gap.to()) {
                continue;
            }
            double inside = gap.middle() >= from && gap.middle() <= to ? 0.1 : 0;
            double score = glyphs.get(i).spaceAfter() + inside;
            boolean touches = gap.middle() >= from - slack && gap.middle() <= to + slack;
            if (touches && score > most) {
                most = score;
                best = i;
            }
        }
        return best;
    }

    /** Whether a character is as wide as high, and stands beside the next without a space: Chinese, kana, their marks. */
    private static boolean isWide(String text) {
        int c = text.codePointAt(0);
        return Character.isIdeographic(c) || (c >= 0x3000 && c <= 0x30FF) || (c >= 0xFF00 && c <= 0xFFEF);
    }

    /** Which columns have ink, lines drawn under or through the text aside. */
    private static boolean[] ink(float[] gray, int columns) {
        float threshold = Otsu.threshold(gray);
        int dark = 0;
        for (float value : gray) {
            dark += value < threshold ? 1 : 0;
        }
        boolean light = dark * 2 > gray.length;
        var ink = new boolean[columns];
        for (int row = 1; row < HEIGHT - 1; row++) {
            int filled = 0;
            for (int c = 0; c < columns; c++) {
                filled += (gray[row * columns + c] < threshold) != light ? 1 : 0;
            }
            if (filled < 0.7 * columns) {
                for (int c = 0; c < columns; c++) {
                    ink[c] |= (gray[row * columns + c] < threshold) != light;
                }
            }
        }
        return ink;
    }

    private static List<Gap> gaps(boolean[] ink) {
        var gaps = new ArrayList<Gap>();
        int last = -1;
        for (int c = 0; c < ink.length; c++) {
            if (ink[c]) {
                if (last >= 0 && c > last + 1) {
                    gaps.add(new Gap(last + 1, c));
                }
                last = c;
            }
        }
        return gaps;
    }

    private static int firstInk(boolean[] ink) {
        int c = 0;
        while (c < ink.length - 1 && !ink[c]) {
            c++;
        }
        return c;
    }

    private static int lastInk(boolean[] ink) {
        int c = ink.length;
        while (c > 1 && !ink[c - 1]) {
            c--;
        }
        return c;
    }
}
