package io.baigong.finance.review;

import io.baigong.finance.fact.Fact;
import io.baigong.finance.playbook.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reviewed contract. All positions are half-open {@code [start, end)} in UTF-16 units of {@code text}.
 *
 * @param document file name as given
 * @param format {@code PDF}, {@code DOCX}, {@code HTML} or {@code TEXT}
 * @param text the contract as it was read; of a DOCX with tracked changes, the version with all changes accepted
 * @param originalText of a DOCX with tracked changes, the version with all changes rejected; null without such changes
 * @param clauses in document order, each with a calibrated confidence
 * @param ocrWords the words that OCR read in what clauses, facts and findings rest on, in document order
 * @param notes what a reader should know of how the document was read, such as pages read by OCR
 */
public record ContractReview(
        String document,
        String format,
        String text,
        @Nullable String originalText,
        List<Page> pages,
        List<ClauseHit> clauses,
        List<Fact> facts,
        List<Finding> findings,
        PlaybookUsed playbook,
        List<TrackedChange> changes,
        List<OcrWord> ocrWords,
        List<String> notes) {

    /** A page; width and height in points, 1/72 inch. */
    public record Page(
            int number, double width, double height, int start, int end, boolean scanned, double ocrConfidence) {}

    /**
     * A word that was read by OCR.
     *
     * @param confidence how sure OCR is of it, in [0, 1]
     */
    public record OcrWord(int start, int end, double confidence) {}

    /** A box on a page, in points from the upper left corner. */
    public record Region(int page, double x, double y, double width, double height) {}

    /**
     * A clause of one of CUAD's 41 types.
     *
     * @param id unique in this review, such as {@code c12}
     * @param type CUAD's name, such as {@code Governing Law}
     * @param title the type in the review's language
     * @param confidence calibrated probability that a lawyer would mark this passage, in [0, 1]
     * @param likely whether it is above the threshold that the review takes as present
     */
    public record ClauseHit(
            String id,
            String type,
            String title,
            int start,
            int end,
            String quote,
            double confidence,
            boolean likely,
            List<Region> regions) {}

    /** Which playbook was applied. */
    public record PlaybookUsed(String name, String version, String title, int rules) {}

    /**
     * A tracked change of a DOCX.
     *
     * @param kind {@code INSERTED} or {@code DELETED}
     * @param position where in {@code text} it stands; a deletion has no extent there
     */
    public record TrackedChange(String kind, int position, String text, String author, String date) {}
}
