package io.baigong.finance.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.finance.document.ContractDocument;
import io.baigong.finance.document.ContractReader;
import io.baigong.finance.document.UnreadableDocument;
import io.baigong.finance.review.ContractReview;
import io.baigong.spi.Attachment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.poi.xwpf.usermodel.XWPFComment;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.CharacterData;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

class DocxExportTest {
    @TempDir
    private Path folder;

    @Test
    void originalWithCommentsAtTheirPassages() throws IOException, UnreadableDocument {
        Reviews reviews = Reviews.ofSample("software-licence-agreement.docx");
        String text = reviews.document.text();
        // In the middle of a run, over runs of tracked changes, over two paragraphs, overlapping each other.
        String within = text.substring(100, 130).strip();
        String over = text.substring(480, 560).strip();
        int blank = text.indexOf("\n\n", 700);
        String paragraphs = text.substring(blank - 20, blank + 25).strip();
        String overlapping = text.substring(520, 600).strip();
        ContractReview review = reviews.review(over, within, over, paragraphs, overlapping);

        byte[] docx = reviews.export(new DocxExport(), review);
        Map<String, String> commented = commented(docx);
        assertThat(commented)
                .containsEntry("High: Finding on 0", within)
                .containsEntry("High: Finding on 1", over)
                .containsEntry("High: Finding on 2", paragraphs.replace("\n\n", "¶"))
                .containsEntry("High: Finding on 3", overlapping)
                .containsEntry("Clause: Governing law (87 %)", over)
                .containsKey("High: Nothing on insurance")
                .hasSize(6);

        ContractDocument again = read(docx);
        assertThat(again.text()).isEqualTo(text);
        assertThat(again.originalText()).isEqualTo(reviews.document.originalText());
        assertThat(again.changes()).isEqualTo(reviews.document.changes());
    }

    @Test
    void everyPassageOfEveryLength() throws IOException, UnreadableDocument {
        Reviews reviews = Reviews.ofSample("software-licence-agreement.docx");
        String text = reviews.document.text();
        var quotes = new java.util.ArrayList<String>();
        for (int start = 0; start + 60 < text.length(); start += 97) {
            String quote = text.substring(start, start + 1 + start % 59);
            if (text.indexOf(quote) == start && quote.equals(quote.strip())) {
                quotes.add(quote);
            }
        }
        assertThat(quotes).hasSizeGreaterThan(15);
        ContractReview review = reviews.review(quotes.getFirst(), quotes.toArray(String[]::new));
        byte[] docx = reviews.export(new DocxExport(), review);
        Map<String, String> commented = commented(docx);
        for (int i = 0; i < quotes.size(); i++) {
            assertThat(commented)
                    .containsEntry("High: Finding on " + i, quotes.get(i).replace("\n\n", "¶"));
        }
        assertThat(read(docx).text()).isEqualTo(text);
    }

    @Test
    void otherFormatsBecomeANewDocument() throws IOException, UnreadableDocument {
        String text = "SERVICES AGREEMENT\n\n1. Term\tThe term is\nten years.\n\n第二条 适用法律：本合同适用中国法律。 يخضع هذا العقد";
        Reviews reviews = Reviews.ofText(folder, text);
        ContractReview review = reviews.review("适用法律", "term is\nten");
        byte[] docx = reviews.export(new DocxExport(), review);
        assertThat(commented(docx))
                .containsEntry("High: Finding on 0", "term is\nten")
                .containsEntry("Clause: Governing law (87 %)", "适用法律");
        assertThat(read(docx).text()).isEqualTo(text);
    }

    @Test
    void theWordsOfTheComment() throws IOException {
        Reviews reviews = Reviews.ofText(folder, "This Agreement is made.");
        byte[] docx = reviews.export(new DocxExport(), reviews.review("Agreement", "made"));
        try (var document = new XWPFDocument(new ByteArrayInputStream(docx))) {
            XWPFComment comment = document.getDocComments().getComments().getLast();
            assertThat(comment.getAuthor()).isEqualTo("Baigong");
            assertThat(comment.getParagraphs().stream()
                            .map(paragraph -> paragraph.getText())
                            .toList())
                    .containsExactly(
                            "High: Finding on 0",
                            "Found “here”.",
                            "It matters <much> & often.",
                            "Suggested wording: Better words",
                            "Rule: rule-1");
        }
    }

    @Test
    void anotherDocumentIsRefused() throws IOException {
        Reviews reviews = Reviews.ofSample("software-licence-agreement.docx");
        ContractReview review = reviews.review("Licensor");
        ContractReview other = new ContractReview(
                review.document(),
                review.format(),
                review.text() + "!",
                review.originalText(),
                review.pages(),
                review.clauses(),
                review.facts(),
                review.findings(),
                review.playbook(),
                review.changes(),
                review.ocrWords(),
                review.notes());
        assertThatThrownBy(() -> reviews.export(new DocxExport(), other)).hasMessageContaining("not the one");
    }

    private ContractDocument read(byte[] docx) throws IOException, UnreadableDocument {
        Path file = Files.write(folder.resolve("again.docx"), docx);
        return ContractReader.read(new Attachment("again.docx", file), page -> List.of());
    }

    /** The words between each comment's marks, by the comment's first line; ¶ between paragraphs. */
    private static Map<String, String> commented(byte[] docx) throws IOException {
        try (var document = new XWPFDocument(new ByteArrayInputStream(docx))) {
            var open = new HashSet<String>();
            var words = new HashMap<String, StringBuilder>();
            var references = new HashSet<String>();
            walk((Element) document.getDocument().getBody().getDomNode(), open, words, references);
            assertThat(open).isEmpty();
            assertThat(references).isEqualTo(words.keySet());
            var byTitle = new HashMap<String, String>();
            for (XWPFComment comment : document.getDocComments().getComments()) {
                byTitle.put(
                        comment.getParagraphs().getFirst().getText(),
                        words.get(comment.getId()).toString());
            }
            return byTitle;
        }
    }

    private static void walk(
            Element element, Set<String> open, Map<String, StringBuilder> words, Set<String> references) {
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                String id = child.getAttributeNS(child.getNamespaceURI(), "id");
                String name = child.getLocalName();
                switch (name) {
                    case "commentRangeStart" -> {
                        open.add(id);
                        words.put(id, new StringBuilder());
                    }
                    case "commentRangeEnd" -> open.remove(id);
                    case "commentReference" -> references.add(id);
                    case "t" -> append(text(child), open, words);
                    case "tab" -> append("\t", open, words);
                    case "br" -> append("\n", open, words);
                    default -> walk(child, open, words, references);
                }
                if (name.equals("p")) {
                    append("¶", open, words);
                }
            }
        }
    }

    private static void append(String text, Set<String> open, Map<String, StringBuilder> words) {
        open.forEach(id -> words.get(id).append(text));
    }

    private static String text(Element element) {
        var text = new StringBuilder();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            text.append(((CharacterData) node).getData());
        }
        return text.toString();
    }
}
