package io.baigong.finance.document;

import io.baigong.finance.review.ContractReview.TrackedChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The body of a DOCX as text, and where in its XML each piece of the text stands. Not thread-safe.
 *
 * <p>The XML is read as it stands, element by element, since text also hides in content controls, hyperlinks, moved
 * passages and text boxes (ECMA-376 part 1, section 17).
 */
public final class DocxBody {
    /**
     * A piece of the text with all changes accepted, {@code [start, end)}.
     *
     * @param element {@code w:t}, {@code w:tab} or {@code w:br} in its run
     */
    public record Piece(int start, int end, Element element) {}

    /** How tracked changes around a place say that it came or goes. */
    private record Mark(boolean inserted, boolean deleted, String author, String date) {
        static final Mark NONE = new Mark(false, false, "", "");

        Mark within(Element change) {
            boolean comes = Wml.name(change).equals("ins") || Wml.name(change).equals("moveTo");
            return new Mark(
                    inserted || comes,
                    deleted || !comes,
                    CleanText.of(Wml.attribute(change, "author")),
                    CleanText.of(Wml.attribute(change, "date")));
        }
    }

    private final Limits limits;
    private final Deadline deadline;
    private final DocxNumbering numbering;
    private final DocxVersion accepted = new DocxVersion();
    private final DocxVersion original = new DocxVersion();
    private final List<Piece> pieces = new ArrayList<>();
    private final DocxChanges changes = new DocxChanges();
    private final Queue<Element> textBoxes = new ArrayDeque<>();

    private DocxBody(XWPFDocument document, Limits limits, Deadline deadline) {
        this.limits = limits;
        this.deadline = deadline;
        this.numbering = new DocxNumbering(document);
    }

    /** Reads the body of an opened DOCX that {@link ContractReader} has read before. */
    public static DocxBody read(XWPFDocument document) throws UnreadableDocument {
        Limits limits = Limits.STANDARD;
        return read(document, limits, new Deadline(limits.time(), limits.recognitionTime()));
    }

    static DocxBody read(XWPFDocument document, Limits limits, Deadline deadline) throws UnreadableDocument {
        var body = new DocxBody(document, limits, deadline);
        body.blocks((Element) document.getDocument().getBody().getDomNode(), Mark.NONE);
        body.changes.settle(body.accepted.length());
        return body;
    }

    /** The text with all changes accepted. */
    public String text() {
        return accepted.text();
    }

    public String originalText() {
        return original.text();
    }

    public List<TrackedChange> changes() {
        return changes.list();
    }

    /** In document order; numbering and breaks between paragraphs are in no piece. */
    public List<Piece> pieces() {
        return pieces;
    }

    private void blocks(Element parent, Mark mark) throws UnreadableDocument {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                switch (Wml.name(child)) {
                    case "p" -> paragraph(child, mark);
                    case "tbl" -> table(child, mark);
                    case "ins", "moveTo", "del", "moveFrom" -> blocks(child, mark.within(child));
                    case "sdt", "sdtContent", "customXml", "smartTag", "AlternateContent", "Choice" ->
                        blocks(child, mark);
                    default -> {}
                }
            }
        }
    }

    private void table(Element table, Mark mark) throws UnreadableDocument {
        owe(2);
        rows(table, mark);
        owe(2);
    }

    private void rows(Element parent, Mark mark) throws UnreadableDocument {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                switch (Wml.name(child)) {
                    case "tr" -> {
                        accepted.startRow();
                        original.startRow();
                        cells(child, rowMark(child, mark));
                        owe(1);
                    }
                    case "sdt", "sdtContent", "customXml" -> rows(child, mark);
                    default -> {}
                }
            }
        }
    }

    private static Mark rowMark(Element row, Mark mark) {
        Element properties = Wml.child(row, "trPr");
        if (properties == null) {
            return mark;
        }
        Element change =
                Wml.child(properties, "ins") != null ? Wml.child(properties, "ins") : Wml.child(properties, "del");
        return change == null ? mark : mark.within(change);
    }

    private void cells(Element parent, Mark mark) throws UnreadableDocument {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                switch (Wml.name(child)) {
                    case "tc" -> {
                        accepted.startCell();
                        original.startCell();
                        blocks(child, mark);
                        accepted.endCell();
                        original.endCell();
                    }
                    case "sdt", "sdtContent", "customXml" -> cells(child, mark);
                    default -> {}
                }
            }
        }
    }

    private void owe(int breaks) {
        accepted.owe(breaks);
        original.owe(breaks);
    }

    private void paragraph(Element paragraph, Mark mark) throws UnreadableDocument {
        deadline.check();
        if (accepted.length() > limits.textUnits() || original.length() > limits.textUnits()) {
            throw ContractReader.tooMuchText(limits);
        }
        String number = number(paragraph, mark);
        accepted.startParagraph(number);
        original.startParagraph(number);
        inlines(paragraph, mark);
        Mark end = paragraphMark(paragraph, mark);
        if (!end.deleted) {
            accepted.endParagraph();
        }
        if (!end.inserted) {
            original.endParagraph();
        }
        Element box;
        while ((box = textBoxes.poll()) != null) {
            blocks(box, mark);
        }
    }

    private String number(Element paragraph, Mark mark) {
        Element properties = Wml.child(paragraph, "pPr");
        if (properties == null || mark.deleted || !hasText(paragraph)) {
            return "";
        }
        return numbering.next(properties);
    }

    /** Whether anything of the paragraph is left when all changes are accepted. */
    private static boolean hasText(Element element) {
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                String name = Wml.name(child);
                boolean gone = name.equals("del") || name.equals("moveFrom") || name.equals("Fallback");
                if (name.equals("t") || (!gone && hasText(child))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Mark paragraphMark(Element paragraph, Mark mark) {
        Element properties = Wml.child(paragraph, "pPr");
        Element run = properties == null ? null : Wml.child(properties, "rPr");
        Mark end = mark;
        for (String name : List.of("ins", "del", "moveTo", "moveFrom")) {
            Element change = run == null ? null : Wml.child(run, name);
            end = change == null ? end : end.within(change);
        }
        return end;
    }

    private void inlines(Element parent, Mark mark) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                switch (Wml.name(child)) {
                    case "r" -> run(child, mark);
                    case "ins", "moveTo", "del", "moveFrom" -> inlines(child, mark.within(child));
                    case "hyperlink",
                            "smartTag",
                            "sdt",
                            "sdtContent",
                            "fldSimple",
                            "dir",
                            "bdo",
                            "customXml",
                            "AlternateContent",
                            "Choice" -> inlines(child, mark);
                    default -> {}
                }
            }
        }
    }

    private void run(Element run, Mark mark) {
        for (Node node = run.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                switch (Wml.name(child)) {
                    case "t", "delText" -> add(child, words(child), mark);
                    case "tab", "ptab" -> add(child, "\t", mark);
                    case "br", "cr" -> add(child, "\n", mark);
                    case "noBreakHyphen" -> add(child, "-", mark);
                    case "drawing", "pict", "AlternateContent", "object" -> findTextBoxes(child);
                    default -> {}
                }
            }
        }
    }

    private static String words(Element text) {
        return CleanText.of(Wml.text(text)).replace('\n', ' ').replace('\t', ' ');
    }

    private void findTextBoxes(Element element) {
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                if (Wml.name(child).equals("txbxContent")) {
                    textBoxes.add(child);
                } else if (!Wml.name(child).equals("Fallback")) {
                    findTextBoxes(child);
                }
            }
        }
    }

    private void add(Element element, String words, Mark mark) {
        if (words.isEmpty()) {
            return;
        }
        if (!mark.inserted) {
            original.append(words);
        }
        if (!mark.deleted) {
            int start = accepted.append(words);
            pieces.add(new Piece(start, start + words.length(), element));
            changes.settle(start);
            if (mark.inserted) {
                changes.inserted(start, words, mark.author, mark.date);
            }
        } else if (!mark.inserted) {
            changes.deleted(
                    accepted.inParagraph() ? accepted.length() : DocxChanges.OPEN, words, mark.author, mark.date);
        }
    }
}
