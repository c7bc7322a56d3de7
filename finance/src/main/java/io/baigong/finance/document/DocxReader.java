package io.baigong.finance.document;

import io.baigong.spi.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.poi.ooxml.POIXMLException;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.xwpf.usermodel.XWPFDocument;

/** Reads a DOCX, with its tracked changes accepted and, beside it, rejected. */
final class DocxReader {
    static {
        // DocxGuard has the last word on bombs; long tables compress better than POI's default of 1:100 allows.
        ZipSecureFile.setMinInflateRatio(0.001);
        ZipSecureFile.setMaxFileCount(5000);
    }

    private DocxReader() {}

    static ContractDocument read(String name, byte[] bytes, Limits limits, Deadline deadline, List<String> notes)
            throws IOException, UnreadableDocument {
        new DocxGuard(limits, deadline).check(bytes);
        try (var document = new XWPFDocument(new ByteArrayInputStream(bytes))) {
            deadline.check();
            DocxBody body = DocxBody.read(document, limits, deadline);
            if (!body.changes().isEmpty()) {
                notes.add("Read with its " + body.changes().size()
                        + " tracked changes accepted; the original version is kept beside it.");
            }
            if (!document.getFootnotes().stream()
                    .allMatch(note -> note.getParagraphs().stream()
                            .allMatch(paragraph -> paragraph.getText().isBlank()))) {
                notes.add("Footnotes are not read.");
            }
            return ContractDocument.ofChanged(name, body.text(), body.changes(), body.originalText(), notes);
        } catch (POIXMLException e) {
            if (String.valueOf(e.getMessage()).contains("Strict")) {
                throw new UnreadableDocument(
                        ErrorCode.User.UNSUPPORTED_FORMAT,
                        "The file is a Strict Open XML document.",
                        "Save it in Word as “Word Document (*.docx)”, not as “Strict Open XML Document”.",
                        e);
            }
            throw e;
        }
    }
}
