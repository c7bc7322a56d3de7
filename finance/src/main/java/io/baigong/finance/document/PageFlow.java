package io.baigong.finance.document;

import io.baigong.finance.review.ContractReview.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Joins the lines of pages to one text: lines of a paragraph by a space, other lines by a line break, paragraphs by a
 * blank line; keeps for each unit of the text its place on the page.
 */
final class PageFlow {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}'’-]+");
    private static final Pattern ITEM = Pattern.compile(
            "(?:\\(?(?:[0-9]{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]|[0-9]{1,3}(?:\\.[0-9]{1,3})+\\.?|[•●▪◦■–—-]|第[0-9一二三四五六七八九十百]+[条章节]"
                    + "|(?:Article|ARTICLE|Section|SECTION|Exhibit|EXHIBIT|Schedule|SCHEDULE)\\s+[0-9A-Z.]+)(?:\\s.*|)");

    /** What parts two lines. */
    private enum Seam {
        SAME_PARAGRAPH,
        LINE,
        PARAGRAPH
    }

    /** A page as it is shown and its lines in reading order; width and height in points. */
    record Sheet(float width, float height, List<PdfLine> lines, boolean scanned, double ocrConfidence) {}

    private final List<Sheet> sheets;
    private final Set<String> vocabulary = new HashSet<>();
    private final StringBuilder text = new StringBuilder();
    private final UnitBoxes boxes = new UnitBoxes();
    private final List<Page> pages = new ArrayList<>();

    private PageFlow(List<Sheet> sheets) {
        this.sheets = sheets;
    }

    static ContractDocument join(String name, List<Sheet> sheets, List<String> notes) {
        var flow = new PageFlow(sheets);
        if (sheets.stream().anyMatch(sheet -> sheet.lines.stream().anyMatch(PageFlow::endsHyphenated))) {
            flow.learnWords();
        }
        for (Sheet sheet : sheets) {
            flow.add(sheet);
        }
        return ContractDocument.ofPages(name, flow.text.toString(), flow.pages, flow.boxes, notes);
    }

    private void learnWords() {
        for (Sheet sheet : sheets) {
            for (PdfLine line : sheet.lines) {
                var words = WORD.matcher(line.text);
                while (words.find()) {
                    vocabulary.add(words.group().toLowerCase(Locale.ROOT));
                }
            }
        }
    }

    private void add(Sheet sheet) {
        Layout layout = Layout.of(sheet.lines);
        if (!pages.isEmpty() && !text.isEmpty() && !sheet.lines.isEmpty()) {
            boolean goesOn = !endsSentence(text) && startsLower(sheet.lines.getFirst());
            seam(goesOn ? Seam.SAME_PARAGRAPH : Seam.PARAGRAPH, sheet.lines.getFirst());
        }
        int start = text.length();
        PdfLine before = null;
        for (PdfLine line : sheet.lines) {
            if (before != null) {
                seam(layout.seam(before, line), line);
            }
            text.append(line.text, 0, line.length());
            boxes.addAll(line.boxes, line.length());
            before = line;
        }
        pages.add(new Page(
                pages.size() + 1, sheet.width, sheet.height, start, text.length(), sheet.scanned, sheet.ocrConfidence));
    }

    private void seam(Seam seam, PdfLine next) {
        switch (seam) {
            case SAME_PARAGRAPH -> {
                if (!joinHyphenated(next) && !(ideograph(text.length() - 1) && ideograph(next.text.charAt(0)))) {
                    append(" ");
                }
            }
            case LINE -> append("\n");
            case PARAGRAPH -> append("\n\n");
        }
    }

    private void append(String separator) {
        text.append(separator);
        for (int i = 0; i < separator.length(); i++) {
            boxes.addNone();
        }
    }

    private boolean ideograph(int at) {
        return at >= 0 && ideograph(text.charAt(at));
    }

    private static boolean ideograph(char unit) {
        return Character.isIdeographic(unit)
                || (unit >= '\u3000' && unit <= '\u303f')
                || (unit >= '\uff00' && unit <= '\uff64');
    }

    /**
     * Joins a word that was parted at the line's end; drops the hyphen only if the document has the word elsewhere
     * without it, since “non-” is as often part of a contract's word as not.
     */
    private boolean joinHyphenated(PdfLine next) {
        int length = text.length();
        if (length < 2 || !startsLower(next)) {
            return false;
        }
        char last = text.charAt(length - 1);
        if (last == '\u00ad') {
            drop();
            return true;
        }
        if ((last != '-' && last != '\u2010') || !Character.isLetter(text.charAt(length - 2))) {
            return false;
        }
        int from = length - 1;
        while (from > 0 && WORD.matcher(text.subSequence(from - 1, from)).matches()) {
            from--;
        }
        String head = text.substring(from, length - 1).toLowerCase(Locale.ROOT);
        var word = WORD.matcher(next.text);
        String tail = word.find() ? word.group().toLowerCase(Locale.ROOT) : "";
        if (vocabulary.contains(head + tail) && !vocabulary.contains(head + "-" + tail)) {
            drop();
        }
        return true;
    }

    private void drop() {
        text.setLength(text.length() - 1);
        boxes.dropLast();
    }

    private static boolean endsHyphenated(PdfLine line) {
        int length = line.length();
        return length > 1 && (line.text.charAt(length - 1) == '-' || line.text.charAt(length - 1) == '\u2010');
    }

    private static boolean startsLower(PdfLine line) {
        return Character.isLowerCase(line.text.charAt(0));
    }

    private static boolean endsSentence(CharSequence text) {
        int at = text.length() - 1;
        while (at > 0 && "\"”’)".indexOf(text.charAt(at)) >= 0) {
            at--;
        }
        return at < 0 || ".;:!?。；：！？".indexOf(text.charAt(at)) >= 0;
    }

    /** What is usual on a page: distance of lines, and the margins of its text. */
    private record Layout(float leading, float left, float right) {
        static Layout of(List<PdfLine> lines) {
            var distances = new ArrayList<Float>();
            float left = Float.MAX_VALUE;
            float right = 0;
            for (int i = 0; i < lines.size(); i++) {
                left = Math.min(left, lines.get(i).left());
                right = Math.max(right, lines.get(i).right());
                if (i > 0) {
                    float distance = lines.get(i).bottom() - lines.get(i - 1).bottom();
                    if (distance > 0 && distance < 3.2f * lines.get(i).height()) {
                        distances.add(distance);
                    }
                }
            }
            distances.sort(null);
            // Below the middle: of a page of short paragraphs most distances are between paragraphs.
            float leading = distances.isEmpty() ? 0 : distances.get(distances.size() * 2 / 5);
            return new Layout(leading, left, right);
        }

        Seam seam(PdfLine before, PdfLine after) {
            String words = after.text.toString();
            float distance = after.bottom() - before.bottom();
            boolean ended = endsSentence(before.text.subSequence(0, before.length()));
            if (distance < -0.5f * leading || after.left() > before.right()) {
                return !ended && startsLower(after) ? Seam.SAME_PARAGRAPH : Seam.PARAGRAPH;
            }
            float size = before.height() / after.height();
            if (distance > 1.25f * leading + 1 || size > 1.25f || size < 0.8f) {
                return Seam.PARAGRAPH;
            }
            if (before.text.charAt(before.length() - 1) == ':' && !startsLower(after)) {
                return Seam.PARAGRAPH;
            }
            boolean item = ITEM.matcher(words).matches();
            boolean indented = after.left() > before.left() + 9 && before.left() < left + 9;
            boolean shortLine = before.right() < right - 0.2f * (right - left);
            if (item && (ended || shortLine || endsWithConjunction(before))) {
                return Seam.PARAGRAPH;
            }
            if (ended && indented) {
                return Seam.PARAGRAPH;
            }
            if (shortLine && !startsLower(after)) {
                return ended && before.left() <= after.left() + 9 ? Seam.PARAGRAPH : Seam.LINE;
            }
            return Seam.SAME_PARAGRAPH;
        }

        private static boolean endsWithConjunction(PdfLine line) {
            String words = line.text.substring(0, line.length());
            return words.endsWith(" and") || words.endsWith(" or") || words.endsWith(",");
        }
    }
}
