package io.baigong.finance.export;

import io.baigong.finance.review.ContractReview.Region;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** A text set on A4 pages, and where each of its units stands. */
final class TypesetPdf {
    private static final float MARGIN = 64;
    private static final float SIZE = 10.5f;
    private static final float LEADING = 15;
    private static final COSName SONG = COSName.getPDFName("Song");

    /** A line; {@code edges[i]} is the left edge of unit {@code start + i}, the last one the right edge. */
    private record Line(int page, float top, int start, int end, List<Float> edges) {}

    private final PDDocument document;
    private final String text;
    private final PDFont font;
    private final COSDictionary song;
    private final List<Line> lines = new ArrayList<>();
    private float y;

    private TypesetPdf(PDDocument document, String text) throws IOException {
        this.document = document;
        this.text = text;
        try (InputStream liberation = Objects.requireNonNull(
                PDDocument.class.getResourceAsStream("/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf"))) {
            font = PDType0Font.load(document, liberation, true);
        }
        song = song();
    }

    /** Whether all of a text's scripts can be set: those that run from left to right and need no shaping. */
    static boolean canSet(String text) {
        return text.codePoints().allMatch(point -> switch (Character.UnicodeScript.of(point)) {
            case LATIN, GREEK, CYRILLIC, COMMON, INHERITED, HAN, HIRAGANA, KATAKANA, BOPOMOFO, UNKNOWN -> true;
            default -> false;
        });
    }

    static TypesetPdf set(String text, PDDocument document) throws IOException {
        var set = new TypesetPdf(document, text);
        set.breakLines();
        set.draw();
        return set;
    }

    /** Boxes of {@code [start, end)}, one per line. */
    List<Region> regions(int start, int end) {
        var regions = new ArrayList<Region>();
        for (Line line : lines) {
            int from = Math.max(start, line.start) - line.start;
            int to = Math.min(end, line.end) - line.start;
            if (from < to) {
                float left = line.edges.get(from);
                regions.add(new Region(line.page, left, line.top, line.edges.get(to) - left, SIZE * 1.2));
            }
        }
        return regions;
    }

    private void breakLines() throws IOException {
        y = MARGIN;
        int page = 1;
        int start = 0;
        while (start < text.length()) {
            Line line = line(page, start);
            if (y + LEADING > PDRectangle.A4.getHeight() - MARGIN) {
                page++;
                y = MARGIN;
                line = new Line(page, y, line.start, line.end, line.edges);
            }
            lines.add(line);
            y += LEADING;
            start = line.end;
            if (start < text.length() && text.charAt(start) == '\n') {
                start++;
            }
        }
        if (lines.isEmpty()) {
            lines.add(new Line(1, MARGIN, 0, 0, List.of(MARGIN)));
        }
    }

    /** The longest line from a position on: up to a break, to the last blank that fits, or between ideographs. */
    private Line line(int page, int start) throws IOException {
        float right = PDRectangle.A4.getWidth() - MARGIN;
        var edges = new ArrayList<Float>();
        float x = MARGIN;
        edges.add(x);
        int at = start;
        int breakAt = -1;
        while (at < text.length() && text.charAt(at) != '\n') {
            int point = text.codePointAt(at);
            float width = width(point);
            if (x + width > right && at > start && point != ' ') {
                int end = breakAt > start ? breakAt : at;
                return new Line(page, y, start, end, edges);
            }
            x += width;
            at += Character.charCount(point);
            for (int i = 0; i < Character.charCount(point); i++) {
                edges.add(x);
            }
            if (point == ' ' || point == '\t' || point == '-' || !isLatin(point)) {
                breakAt = at;
            }
        }
        return new Line(page, y, start, at, edges);
    }

    private float width(int point) throws IOException {
        if (point == '\t') {
            return 4 * width(' ');
        }
        return isLatin(point) ? font.getStringWidth(Character.toString(point)) / 1000 * SIZE : SIZE;
    }

    private boolean isLatin(int point) {
        return point < 0x2e80 && hasGlyph(point);
    }

    private boolean hasGlyph(int point) {
        try {
            return font.encode(Character.toString(point)).length > 0;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private void draw() throws IOException {
        int next = 0;
        for (int number = 1; number <= lines.getLast().page; number++) {
            var page = new PDPage(PDRectangle.A4);
            document.addPage(page);
            var chinese = new StringBuilder();
            try (var latin = new PDPageContentStream(document, page)) {
                for (; next < lines.size() && lines.get(next).page == number; next++) {
                    draw(lines.get(next), latin, chinese);
                }
            }
            if (!chinese.isEmpty()) {
                addStream(page, chinese.toString());
            }
        }
    }

    /** Draws each run of one font at its own place. */
    private void draw(Line line, PDPageContentStream latin, StringBuilder chinese) throws IOException {
        float baseline = PDRectangle.A4.getHeight() - line.top - SIZE;
        int from = line.start;
        while (from < line.end) {
            boolean isLatin = drawsLatin(from);
            int to = from;
            while (to < line.end && drawsLatin(to) == isLatin) {
                to += Character.charCount(text.codePointAt(to));
            }
            float x = line.edges.get(from - line.start);
            String words = text.substring(from, to);
            if (isLatin) {
                latin.beginText();
                latin.setFont(font, SIZE);
                latin.newLineAtOffset(x, baseline);
                latin.showText(words.replace("\t", "    "));
                latin.endText();
            } else {
                chinese.append(String.format(
                        Locale.ROOT,
                        "BT /%s %.2f Tf %.2f %.2f Td <%s> Tj ET%n",
                        SONG.getName(),
                        SIZE,
                        x,
                        baseline,
                        HexFormat.of().formatHex(words.getBytes(StandardCharsets.UTF_16BE))));
            }
            from = to;
        }
    }

    private boolean drawsLatin(int at) {
        int point = text.codePointAt(at);
        return point == '\t' || isLatin(point);
    }

    private void addStream(PDPage page, String commands) throws IOException {
        page.getResources().getCOSObject().getCOSDictionary(COSName.FONT).setItem(SONG, song);
        var stream = new PDStream(document);
        try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
            out.write(commands.getBytes(StandardCharsets.US_ASCII));
        }
        var streams = new ArrayList<PDStream>();
        page.getContentStreams().forEachRemaining(streams::add);
        streams.add(stream);
        page.setContents(streams);
    }

    private static COSDictionary song() {
        var system = new COSDictionary();
        system.setItem(COSName.REGISTRY, new COSString("Adobe"));
        system.setItem(COSName.ORDERING, new COSString("GB1"));
        system.setInt(COSName.SUPPLEMENT, 5);
        var descriptor = new COSDictionary();
        descriptor.setItem(COSName.TYPE, COSName.FONT_DESC);
        descriptor.setName(COSName.FONT_NAME, "STSong-Light");
        descriptor.setInt(COSName.FLAGS, 6);
        descriptor.setItem(COSName.FONT_BBOX, new PDRectangle(-25, -254, 1025, 1134).getCOSArray());
        descriptor.setInt(COSName.ITALIC_ANGLE, 0);
        descriptor.setInt(COSName.ASCENT, 880);
        descriptor.setInt(COSName.DESCENT, -120);
        descriptor.setInt(COSName.CAP_HEIGHT, 880);
        descriptor.setInt(COSName.STEM_V, 93);
        var cid = new COSDictionary();
        cid.setItem(COSName.TYPE, COSName.FONT);
        cid.setItem(COSName.SUBTYPE, COSName.CID_FONT_TYPE0);
        cid.setName(COSName.BASE_FONT, "STSong-Light");
        cid.setItem(COSName.CIDSYSTEMINFO, system);
        cid.setItem(COSName.FONT_DESC, descriptor);
        cid.setInt(COSName.DW, 1000);
        var descendants = new COSArray();
        descendants.add(cid);
        var font = new COSDictionary();
        font.setItem(COSName.TYPE, COSName.FONT);
        font.setItem(COSName.SUBTYPE, COSName.TYPE0);
        font.setName(COSName.BASE_FONT, "STSong-Light-UniGB-UTF16-H");
        font.setName(COSName.ENCODING, "UniGB-UTF16-H");
        font.setItem(COSName.DESCENDANT_FONTS, descendants);
        return font;
    }
}
