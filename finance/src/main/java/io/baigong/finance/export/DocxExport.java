package io.baigong.finance.export;

import io.baigong.finance.document.DocxBody;
import io.baigong.finance.document.DocxBody.Piece;
import io.baigong.finance.document.UnreadableDocument;
import io.baigong.finance.review.ContractReview;
import io.baigong.finance.review.ContractReviewInput;
import io.baigong.spi.Export;
import io.baigong.spi.Reviewed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTR;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTText;
import org.w3c.dom.Element;

/**
 * The reviewed contract as DOCX: of a DOCX the original with Word comments, tracked changes and all; of another format
 * a new document of its text with the same comments.
 */
public final class DocxExport implements Export<ContractReviewInput, ContractReview> {
    @Override
    public String format() {
        return "docx";
    }

    @Override
    public String mediaType() {
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    }

    @Override
    public boolean supports(ContractReviewInput input, ContractReview output) {
        return true;
    }

    @Override
    public void write(Reviewed<ContractReviewInput, ContractReview> run, OutputStream target) throws IOException {
        ContractReviewInput input = run.input();
        ContractReview output = run.output();
        if (output.format().equals("DOCX")) {
            try (var in = Files.newInputStream(input.document().file());
                    var document = new XWPFDocument(in)) {
                DocxBody body = DocxBody.read(document);
                if (!body.text().equals(output.text())) {
                    throw new IOException("The document is not the one that was reviewed; review it again.");
                }
                comment(document, body.pieces(), input, output);
                document.write(target);
            } catch (UnreadableDocument e) {
                throw new IOException(e);
            }
        } else {
            try (var document = new XWPFDocument()) {
                comment(document, set(output.text(), document), input, output);
                document.write(target);
            }
        }
    }

    private static void comment(
            XWPFDocument document, List<Piece> pieces, ContractReviewInput input, ContractReview output) {
        new DocxComments(document, pieces).add(ReviewComment.of(input, output));
    }

    /** Sets a text: a blank line parts paragraphs, other breaks and tabs stay. */
    private static List<Piece> set(String text, XWPFDocument document) {
        var pieces = new ArrayList<Piece>();
        int start = 0;
        while (start < text.length()) {
            int blank = text.indexOf("\n\n", start);
            int end = blank < 0 ? text.length() : blank;
            XWPFParagraph paragraph = document.createParagraph();
            paragraph.setSpacingAfter(160);
            setParagraph(text, start, end, paragraph.createRun(), pieces);
            start = end + 2;
        }
        return pieces;
    }

    private static void setParagraph(String text, int start, int end, XWPFRun run, List<Piece> pieces) {
        CTR target = run.getCTR();
        int from = start;
        while (from < end) {
            int to = from;
            while (to < end && text.charAt(to) != '\n' && text.charAt(to) != '\t') {
                to++;
            }
            if (to > from) {
                CTText words = target.addNewT();
                words.setStringValue(text.substring(from, to));
                DocxComments.preserveSpace((Element) words.getDomNode());
                pieces.add(new Piece(from, to, (Element) words.getDomNode()));
            }
            if (to < end) {
                var separator = text.charAt(to) == '\n' ? target.addNewBr() : target.addNewTab();
                pieces.add(new Piece(to, to + 1, (Element) separator.getDomNode()));
            }
            from = to + 1;
        }
    }
}
