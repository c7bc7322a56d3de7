package io.baigong.finance.export;

import io.baigong.finance.document.DocxBody.Piece;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.poi.xwpf.usermodel.XWPFComment;
import org.apache.poi.xwpf.usermodel.XWPFComments;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.w3c.dom.CharacterData;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Anchors comments in a DOCX: cuts runs where a passage starts or ends, and marks the range (ECMA-376, 17.13.4). */
final class DocxComments {
    private static final String XML = "http://www.w3.org/XML/1998/namespace";

    private final XWPFDocument document;
    /** Pieces of text by their start. */
    private final TreeMap<Integer, Piece> pieces = new TreeMap<>();

    private BigInteger nextId = BigInteger.ZERO;

    DocxComments(XWPFDocument document, List<Piece> pieces) {
        this.document = document;
        for (Piece piece : pieces) {
            this.pieces.put(piece.start(), piece);
        }
    }

    void add(List<ReviewComment> comments) {
        if (comments.isEmpty() || pieces.isEmpty()) {
            return;
        }
        var cuts = new TreeSet<Integer>();
        for (ReviewComment comment : comments) {
            if (!comment.isOfWholeDocument()) {
                cuts.add(comment.start());
                cuts.add(comment.end());
            }
        }
        cuts.forEach(this::cut);
        XWPFComments part = document.getDocComments() == null ? document.createComments() : document.getDocComments();
        for (XWPFComment old : part.getComments()) {
            nextId = nextId.max(new BigInteger(old.getId()).add(BigInteger.ONE));
        }
        for (ReviewComment comment : comments) {
            add(part, comment);
        }
    }

    private void add(XWPFComments part, ReviewComment comment) {
        var first = comment.isOfWholeDocument() ? pieces.firstEntry() : pieces.ceilingEntry(comment.start());
        var last = comment.isOfWholeDocument() ? first : pieces.lowerEntry(comment.end());
        if (first == null || last == null || last.getKey() < first.getKey()) {
            // A span of numbering or breaks alone, which stand in no run: its paragraph's next words.
            first = first == null ? pieces.lastEntry() : first;
            last = first;
        }
        BigInteger id = nextId;
        nextId = nextId.add(BigInteger.ONE);
        write(part.createComment(id), comment);
        mark(run(first.getValue()), run(last.getValue()), id);
    }

    private static void write(XWPFComment target, ReviewComment comment) {
        target.setAuthor(ReviewComment.AUTHOR);
        target.setInitials("BG");
        XWPFRun title = target.createParagraph().createRun();
        title.setBold(true);
        title.setText(comment.title());
        comment.body()
                .lines()
                .forEach(line -> target.createParagraph().createRun().setText(line));
    }

    private static void mark(Element firstRun, Element lastRun, BigInteger id) {
        Element start = sibling(firstRun, "commentRangeStart");
        setValue(start, "id", id.toString());
        firstRun.getParentNode().insertBefore(start, firstRun);
        Element end = sibling(lastRun, "commentRangeEnd");
        setValue(end, "id", id.toString());
        Element reference = sibling(lastRun, "commentReference");
        setValue(reference, "id", id.toString());
        Element run = sibling(lastRun, "r");
        run.appendChild(reference);
        Node after = lastRun.getNextSibling();
        lastRun.getParentNode().insertBefore(end, after);
        lastRun.getParentNode().insertBefore(run, after);
    }

    private static Element run(Piece piece) {
        return (Element) piece.element().getParentNode();
    }

    private static Element sibling(Element run, String name) {
        String prefix = run.getPrefix();
        return run.getOwnerDocument()
                .createElementNS(
                        run.getNamespaceURI(), prefix == null || prefix.isEmpty() ? name : prefix + ":" + name);
    }

    private static void setValue(Element element, String name, String value) {
        String prefix = element.getPrefix();
        element.setAttributeNS(
                element.getNamespaceURI(), prefix == null || prefix.isEmpty() ? name : prefix + ":" + name, value);
    }

    /** Sees to it that a run ends, and another starts, at a position. */
    private void cut(int position) {
        var entry = pieces.floorEntry(position);
        if (entry == null || entry.getValue().end() <= position) {
            return;
        }
        Piece piece = entry.getValue();
        Element element = piece.element();
        if (piece.start() < position) {
            element = cutWords(piece, position);
        }
        Element run = (Element) element.getParentNode();
        var moved = new ArrayList<Node>();
        for (Node node = element; node != null; node = node.getNextSibling()) {
            moved.add(node);
        }
        if (!hasContentBefore(run, element)) {
            return;
        }
        Element rest = sibling(run, "r");
        run.getParentNode().insertBefore(rest, run.getNextSibling());
        Node properties = run.getFirstChild();
        if (properties instanceof Element first && "rPr".equals(first.getLocalName())) {
            rest.appendChild(first.cloneNode(true));
        }
        moved.forEach(rest::appendChild);
    }

    /** Cuts a {@code w:t} in two; answers the second. */
    private Element cutWords(Piece piece, int position) {
        Element first = piece.element();
        String words = text(first);
        Element second = sibling(first, "t");
        setText(first, words.substring(0, position - piece.start()));
        setText(second, words.substring(position - piece.start()));
        first.getParentNode().insertBefore(second, first.getNextSibling());
        pieces.put(piece.start(), new Piece(piece.start(), position, first));
        pieces.put(position, new Piece(position, piece.end(), second));
        return second;
    }

    private static boolean hasContentBefore(Element run, Element element) {
        for (Node node = run.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.equals(element)) {
                return false;
            }
            if (node instanceof Element child && !"rPr".equals(child.getLocalName())) {
                return true;
            }
        }
        return false;
    }

    private static String text(Element element) {
        var text = new StringBuilder();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof CharacterData words) {
                text.append(words.getData());
            }
        }
        return text.toString();
    }

    private static void setText(Element element, String words) {
        while (element.getFirstChild() != null) {
            element.removeChild(element.getFirstChild());
        }
        element.appendChild(element.getOwnerDocument().createTextNode(words));
        preserveSpace(element);
    }

    /** Word drops blanks at the ends of a {@code w:t} that does not say so. */
    static void preserveSpace(Element element) {
        element.setAttributeNS(XML, "xml:space", "preserve");
    }
}
