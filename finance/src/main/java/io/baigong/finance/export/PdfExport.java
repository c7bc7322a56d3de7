package io.baigong.finance.export;

import io.baigong.finance.review.ContractReview;
import io.baigong.finance.review.ContractReviewInput;
import io.baigong.spi.Export;
import io.baigong.spi.Reviewed;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * The reviewed contract as PDF: of a PDF the original with highlights and their notes; of another format its text, set
 * anew, with the same highlights.
 *
 * <p>Text is set in an embedded Liberation Sans, Chinese in the viewer's own Song face (STSong-Light, not embedded, as
 * ISO 32000-1, 9.7.5.2 provides for); scripts that need shaping or run from right to left are left to the DOCX export.
 */
public final class PdfExport implements Export<ContractReviewInput, ContractReview> {
    @Override
    public String format() {
        return "pdf";
    }

    @Override
    public String mediaType() {
        return "application/pdf";
    }

    @Override
    public boolean supports(ContractReviewInput input, ContractReview output) {
        return output.format().equals("PDF") || TypesetPdf.canSet(output.text());
    }

    @Override
    public void write(Reviewed<ContractReviewInput, ContractReview> run, OutputStream target) throws IOException {
        ContractReviewInput input = run.input();
        ContractReview output = run.output();
        List<ReviewComment> comments = ReviewComment.of(input, output);
        if (output.format().equals("PDF")) {
            try (PDDocument document = Loader.loadPDF(input.document().file().toFile())) {
                if (document.isEncrypted()) {
                    if (!document.getCurrentAccessPermission().canModifyAnnotations()) {
                        throw new IOException("The PDF's author forbids notes in it; export as DOCX instead.");
                    }
                    document.setAllSecurityToBeRemoved(true);
                }
                new PdfNotes(document).add(comments, ReviewComment::regions);
                document.save(target);
            }
        } else {
            try (var document = new PDDocument()) {
                TypesetPdf set = TypesetPdf.set(output.text(), document);
                new PdfNotes(document).add(comments, comment -> set.regions(comment.start(), comment.end()));
                document.save(target);
            }
        }
    }
}
