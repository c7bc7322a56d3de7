package io.baigong.finance.export;

import io.baigong.finance.playbook.Finding.Severity;
import io.baigong.finance.review.ContractReview.Region;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceRGB;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationHighlight;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationMarkup;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationPopup;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationText;
import org.jspecify.annotations.Nullable;

/** Adds highlights with notes to a PDF; regions are in points from the upper left of the page as it is shown. */
final class PdfNotes {
    private static final float ICON = 20;

    private final PDDocument document;
    private int notesOfWholeDocument;

    PdfNotes(PDDocument document) {
        this.document = document;
    }

    void add(List<ReviewComment> comments, Function<ReviewComment, List<Region>> places) throws IOException {
        for (ReviewComment comment : comments) {
            List<Region> regions = comment.isOfWholeDocument() ? List.of() : places.apply(comment);
            if (regions.isEmpty()) {
                addIcon(comment);
            }
            SequencedMap<Integer, List<Region>> pages = new LinkedHashMap<>();
            for (Region region : regions) {
                pages.computeIfAbsent(region.page(), page -> new ArrayList<>()).add(region);
            }
            for (List<Region> onOnePage : pages.values()) {
                addHighlight(comment, onOnePage);
            }
        }
    }

    private void addHighlight(ReviewComment comment, List<Region> regions) throws IOException {
        PDPage page = document.getPage(regions.getFirst().page() - 1);
        float[] quads = new float[8 * regions.size()];
        PDRectangle hull = null;
        for (int i = 0; i < regions.size(); i++) {
            PDRectangle box = onPage(page, regions.get(i));
            // Upper left, upper right, lower left, lower right: the order that viewers draw, not that of the standard.
            float[] corners = {
                box.getLowerLeftX(), box.getUpperRightY(), box.getUpperRightX(), box.getUpperRightY(),
                box.getLowerLeftX(), box.getLowerLeftY(), box.getUpperRightX(), box.getLowerLeftY()
            };
            System.arraycopy(corners, 0, quads, 8 * i, 8);
            hull = hull == null ? box : hull(hull, box);
        }
        var highlight = new PDAnnotationHighlight();
        highlight.setQuadPoints(quads);
        highlight.setConstantOpacity(0.6f);
        addTo(page, highlight, comment, java.util.Objects.requireNonNull(hull));
    }

    /** A note at the head of the first page, for what has no passage. */
    private void addIcon(ReviewComment comment) throws IOException {
        PDPage page = document.getPage(0);
        int row = notesOfWholeDocument++;
        var note = new PDAnnotationText();
        note.setName(PDAnnotationText.NAME_COMMENT);
        addTo(
                page,
                note,
                comment,
                onPage(page, new Region(1, 10 + row % 20 * (ICON + 4), 10 + row / 20 * 24, ICON, ICON)));
    }

    private void addTo(PDPage page, PDAnnotationMarkup markup, ReviewComment comment, PDRectangle place)
            throws IOException {
        markup.setRectangle(place);
        markup.setContents(comment.text());
        markup.setTitlePopup(ReviewComment.AUTHOR);
        markup.setSubject(comment.title());
        markup.setColor(colour(comment.severity()));
        markup.setPage(page);
        markup.setPrinted(true);
        var popup = new PDAnnotationPopup();
        popup.setParent(markup);
        popup.setPage(page);
        popup.setRectangle(
                new PDRectangle(page.getCropBox().getUpperRightX() - 200, place.getLowerLeftY() - 120, 190, 120));
        markup.setPopup(popup);
        markup.constructAppearances(document);
        List<PDAnnotation> annotations = page.getAnnotations();
        annotations.add(markup);
        annotations.add(popup);
        page.setAnnotations(annotations);
    }

    /** From the page as it is shown to its own coordinates, unturned, from the lower left. */
    private static PDRectangle onPage(PDPage page, Region region) {
        PDRectangle crop = page.getCropBox();
        float left = (float) region.x();
        float top = (float) region.y();
        float right = (float) (region.x() + region.width());
        float bottom = (float) (region.y() + region.height());
        float width = crop.getWidth();
        float height = crop.getHeight();
        float[] box = switch (page.getRotation()) {
            case 90 -> new float[] {top, left, bottom, right};
            case 180 -> new float[] {width - right, top, width - left, bottom};
            case 270 -> new float[] {width - bottom, height - right, width - top, height - left};
            default -> new float[] {left, height - bottom, right, height - top};
        };
        return new PDRectangle(
                box[0] + crop.getLowerLeftX(), box[1] + crop.getLowerLeftY(), box[2] - box[0], box[3] - box[1]);
    }

    private static PDRectangle hull(PDRectangle one, PDRectangle other) {
        float left = Math.min(one.getLowerLeftX(), other.getLowerLeftX());
        float bottom = Math.min(one.getLowerLeftY(), other.getLowerLeftY());
        float right = Math.max(one.getUpperRightX(), other.getUpperRightX());
        float top = Math.max(one.getUpperRightY(), other.getUpperRightY());
        return new PDRectangle(left, bottom, right - left, top - bottom);
    }

    private static PDColor colour(@Nullable Severity severity) {
        float[] rgb = switch (severity) {
            case null -> new float[] {0.74f, 0.86f, 1};
            case CRITICAL -> new float[] {1, 0.55f, 0.55f};
            case HIGH -> new float[] {1, 0.72f, 0.5f};
            case MEDIUM -> new float[] {1, 0.9f, 0.45f};
            case LOW -> new float[] {0.85f, 0.95f, 0.6f};
        };
        return new PDColor(rgb, PDDeviceRGB.INSTANCE);
    }
}
