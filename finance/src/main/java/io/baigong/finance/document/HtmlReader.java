package io.baigong.finance.document;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Reads HTML: block elements become paragraphs, table rows lines, cells are parted by tabs; nothing is run or fetched. */
final class HtmlReader {
    private static final int MOST_NODES_BETWEEN_CHECKS = 4096;
    private static final Set<String> DROPPED = Set.of(
            "script",
            "style",
            "noscript",
            "template",
            "head",
            "svg",
            "iframe",
            "object",
            "select",
            "button",
            "textarea");
    private static final Set<String> PARAGRAPHS = Set.of(
            "p",
            "div",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "dl",
            "table",
            "blockquote",
            "pre",
            "section",
            "article",
            "header",
            "footer",
            "center",
            "hr",
            "form",
            "fieldset",
            "address",
            "main",
            "aside",
            "nav",
            "li");
    private static final Set<String> LINES = Set.of("br", "tr", "dt", "dd", "caption");
    private static final Pattern DECLARED = Pattern.compile(
            "<(?:meta|\\?xml)[^>]{0,200}?(?:charset|encoding)\\s*=\\s*[\"']?([\\w-]{2,30})", Pattern.CASE_INSENSITIVE);

    private final Limits limits;
    private final Deadline deadline;
    private final StringBuilder text = new StringBuilder();
    /** Line breaks owed before the next word. */
    private int breaks;

    private boolean space;
    private boolean tab;
    private boolean rowHasCell;
    private boolean cellHasText;
    private int cells;
    private int preformatted;
    private int nodes;

    private HtmlReader(Limits limits, Deadline deadline) {
        this.limits = limits;
        this.deadline = deadline;
    }

    static ContractDocument read(String name, byte[] bytes, Limits limits, Deadline deadline, List<String> notes)
            throws UnreadableDocument, IOException {
        Document html = parse(bytes, notes);
        deadline.check();
        var reader = new HtmlReader(limits, deadline);
        reader.walk(html);
        return ContractDocument.ofText(name, Format.HTML, reader.text.toString(), notes);
    }

    private static Document parse(byte[] bytes, List<String> notes) throws UnreadableDocument, IOException {
        String head = new String(bytes, 0, Math.min(bytes.length, 4096), StandardCharsets.ISO_8859_1);
        Matcher declared = DECLARED.matcher(head);
        boolean marked = bytes.length > 1 && ((bytes[0] & 0xff) >= 0xef || bytes[0] == 0 || bytes[1] == 0);
        if (!marked && declared.find() && legacy(declared.group(1))) {
            return Jsoup.parse(new ByteArrayInputStream(bytes), declared.group(1), "");
        }
        return Jsoup.parse(TextReader.decode(bytes, notes));
    }

    private static boolean legacy(String charset) {
        return Charset.isSupported(charset) && !Charset.forName(charset).equals(StandardCharsets.UTF_8);
    }

    /** Without recursion: a hostile page nests a million elements. */
    private void walk(Node root) throws UnreadableDocument {
        Node node = root;
        while (true) {
            boolean entered = enter(node);
            if (entered && node.childNodeSize() > 0) {
                node = node.childNode(0);
                continue;
            }
            if (entered) {
                leave(node);
            }
            Node next;
            while ((next = node.nextSibling()) == null) {
                Node parent = node.parent();
                if (parent == null) {
                    return;
                }
                node = parent;
                leave(node);
            }
            node = next;
        }
    }

    private boolean enter(Node node) throws UnreadableDocument {
        if (++nodes % MOST_NODES_BETWEEN_CHECKS == 0) {
            deadline.check();
        }
        if (node instanceof TextNode words) {
            append(words);
        } else if (node instanceof Element element) {
            if (DROPPED.contains(element.normalName()) || hidden(element)) {
                return false;
            }
            owe(element.normalName());
            switch (element.normalName()) {
                case "td", "th" -> startCell();
                case "tr" -> rowHasCell = false;
                case "pre" -> preformatted++;
                default -> {}
            }
        }
        return true;
    }

    private void startCell() {
        if (rowHasCell) {
            breaks = 0;
            tab = true;
        }
        rowHasCell = true;
        cellHasText = false;
        cells++;
    }

    private void leave(Node node) {
        if (node instanceof Element element) {
            owe(element.normalName());
            switch (element.normalName()) {
                case "td", "th" -> cells--;
                case "pre" -> preformatted--;
                default -> {}
            }
        }
    }

    private static boolean hidden(Element element) {
        return element.hasAttr("style")
                && element.attr("style")
                        .replace(" ", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .contains("display:none");
    }

    private void owe(String element) {
        boolean line = LINES.contains(element);
        if (cells > 0 && !line && !element.equals("table")) {
            line = cellHasText && PARAGRAPHS.contains(element);
        } else if (PARAGRAPHS.contains(element)) {
            breaks = 2;
        }
        if (line) {
            breaks = Math.max(breaks, 1);
        }
    }

    private void append(TextNode node) throws UnreadableDocument {
        String words = CleanText.of(node.getWholeText());
        for (int i = 0; i < words.length(); i++) {
            char unit = words.charAt(i);
            if (unit == '\n' && preformatted > 0) {
                breaks++;
            } else if (unit == ' ' || unit == '\n' || unit == '\t') {
                space = true;
            } else {
                part();
                text.append(unit);
                cellHasText = true;
            }
        }
        if (text.length() > limits.textUnits()) {
            throw ContractReader.tooMuchText(limits);
        }
    }

    private void part() {
        if (!text.isEmpty()) {
            if (breaks > 0) {
                text.append(breaks > 1 ? "\n\n" : "\n");
            } else if (tab) {
                text.append('\t');
            } else if (space) {
                text.append(' ');
            }
        }
        breaks = 0;
        space = false;
        tab = false;
    }
}
