package io.baigong.finance.document;

import io.baigong.finance.review.ContractReview.OcrWord;
import io.baigong.finance.review.ContractReview.Page;
import io.baigong.finance.review.ContractReview.Region;
import io.baigong.finance.review.ContractReview.TrackedChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A contract as it was read; all positions are UTF-16 units of {@link #text}, spans half-open {@code [start, end)}.
 *
 * <p>In the text a blank line ({@code "\n\n"}) parts paragraphs, and a single {@code "\n"} is a line break within one
 * (an address, a signature block, a table row, whose cells are parted by tabs); a plain text file keeps the line breaks
 * that it has. There is no U+0000, no lone surrogate, no CR, and no non-breaking space. Immutable.
 */
public final class ContractDocument {
    private final String name;
    private final Format format;
    private final String text;
    private final List<Page> pages;
    private final @Nullable UnitBoxes boxes;
    private final List<TrackedChange> changes;
    private final String originalText;
    private final List<String> notes;

    private ContractDocument(
            String name,
            Format format,
            String text,
            List<Page> pages,
            @Nullable UnitBoxes boxes,
            List<TrackedChange> changes,
            String originalText,
            List<String> notes) {
        this.name = name;
        this.format = format;
        this.text = text;
        this.pages = List.copyOf(pages);
        this.boxes = boxes;
        this.changes = List.copyOf(changes);
        this.originalText = originalText;
        this.notes = List.copyOf(notes);
    }

    /**
     * A text without pages or boxes.
     *
     * @param text must already be clean, see {@link ContractDocument}
     */
    public static ContractDocument ofText(String name, Format format, String text, List<String> notes) {
        return new ContractDocument(name, format, text, List.of(), null, List.of(), text, notes);
    }

    static ContractDocument ofChanged(
            String name, String text, List<TrackedChange> changes, String originalText, List<String> notes) {
        return new ContractDocument(name, Format.DOCX, text, List.of(), null, changes, originalText, notes);
    }

    static ContractDocument ofPages(String name, String text, List<Page> pages, UnitBoxes boxes, List<String> notes) {
        return new ContractDocument(name, Format.PDF, text, pages, boxes, List.of(), text, notes);
    }

    /** File name as given. */
    public String name() {
        return name;
    }

    public Format format() {
        return format;
    }

    /** The text; of a DOCX with tracked changes, the version with all changes accepted. */
    public String text() {
        return text;
    }

    /** The text with all tracked changes rejected; equal to {@link #text} if there are none. */
    public String originalText() {
        return originalText;
    }

    /** Pages of a PDF, as a reader sees them (rotated and cropped), in order; empty for other formats. */
    public List<Page> pages() {
        return pages;
    }

    /** Tracked changes of a DOCX in document order. */
    public List<TrackedChange> changes() {
        return changes;
    }

    /** What a reader should know of how the document was read, such as pages read by OCR. */
    public List<String> notes() {
        return notes;
    }

    /** Boxes of {@code [start, end)}, one per line on each page; empty unless a PDF. */
    public List<Region> regions(int start, int end) {
        Objects.checkFromToIndex(start, end, text.length());
        return boxes == null ? List.of() : boxes.regions(pages, start, end);
    }

    /** The words that begin in {@code [start, end)} and were read by OCR, in order; empty where there is a text layer. */
    public List<OcrWord> ocrWords(int start, int end) {
        Objects.checkFromToIndex(start, end, text.length());
        var words = new ArrayList<OcrWord>();
        if (boxes != null) {
            for (Page page : pages) {
                if (page.scanned()) {
                    addWords(words, boxes, Math.max(start, page.start()), Math.min(end, page.end()), page.end());
                }
            }
        }
        return List.copyOf(words);
    }

    private void addWords(List<OcrWord> words, UnitBoxes boxes, int from, int to, int pageEnd) {
        for (int at = from; at < to; at++) {
            boolean begins = !isSpace(at) && (at == 0 || isSpace(at - 1));
            if (begins) {
                int end = at + 1;
                while (end < pageEnd && !isSpace(end)) {
                    end++;
                }
                words.add(new OcrWord(at, end, boxes.least(at, end)));
            }
        }
    }

    private boolean isSpace(int unit) {
        return Character.isWhitespace(text.charAt(unit));
    }
}
