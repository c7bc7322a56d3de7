package io.baigong.finance.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.finance.review.ContractReview.Page;
import io.baigong.finance.review.ContractReview.Region;
import io.baigong.finance.review.ContractReview.TrackedChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripperByArea;
import org.junit.jupiter.api.Test;

/** The shipped samples, of which the source texts are known word by word. */
class SampleReadingTest {
    private static final Path TEXTS = Path.of("src/test/samples");

    @Test
    void pdfYieldsTheParagraphsItWasSetFrom() throws IOException {
        ContractDocument document = TestFiles.read(TestFiles.sample("managed-services-agreement.pdf"));
        List<String> written = Files.readAllLines(TEXTS.resolve("managed-services-agreement.txt")).stream()
                .filter(line -> !line.isBlank())
                .map(line ->
                        line.replaceFirst("^#+ ", "").replaceAll("\\s+", " ").strip())
                .toList();
        List<String> read = List.of(document.text().split("\n\n"));

        long found = written.stream().filter(read::contains).count();
        // A paragraph that runs over the foot of a page is cut there by the page number.
        assertThat(found).as("paragraphs found whole, of " + written.size()).isGreaterThan(written.size() * 8L / 10);
        assertThat(document.format()).isEqualTo(Format.PDF);
        assertThat(document.notes()).isEmpty();
        assertThat(document.changes()).isEmpty();
    }

    @Test
    void everyRegionHoldsTheWordsOfItsSpan() throws IOException {
        var sample = TestFiles.sample("managed-services-agreement.pdf");
        ContractDocument document = TestFiles.read(sample);
        assertThat(document.pages()).isNotEmpty();
        try (PDDocument pdf = Loader.loadPDF(sample.file().toFile())) {
            for (Page page : document.pages()) {
                assertThat(page.width()).isEqualTo(612);
                assertThat(page.height()).isEqualTo(792);
                for (int start = page.start(); start + 90 < page.end(); start += 400) {
                    List<Region> regions = document.regions(start, start + 90);
                    assertThat(regions).hasSizeBetween(1, 5).allMatch(region -> region.page() == page.number());
                    String inside = words(pdf, page.number(), regions);
                    // The first and last word may be cut, by the span here and by the rectangle there.
                    String span = document.text()
                            .substring(start, start + 90)
                            .replaceAll("\\s+", " ")
                            .strip();
                    String middle = span.substring(span.indexOf(' ') + 1, span.lastIndexOf(' '));
                    assertThat(inside).contains(middle);
                }
            }
        }
    }

    private static String words(PDDocument pdf, int page, List<Region> regions) throws IOException {
        var words = new StringBuilder();
        for (Region region : regions) {
            var area = new PDFTextStripperByArea();
            area.addRegion(
                    "r",
                    new java.awt.geom.Rectangle2D.Double(
                            region.x() - 0.5, region.y() - 0.5, region.width() + 1, region.height() + 1));
            area.extractRegions(pdf.getPage(page - 1));
            words.append(area.getTextForRegion("r")).append(' ');
        }
        return words.toString().replaceAll("\\s+", " ");
    }

    @Test
    void docxYieldsBothVersions() throws IOException {
        ContractDocument document = TestFiles.read(TestFiles.sample("software-licence-agreement.docx"));
        List<String> lines = Files.readAllLines(TEXTS.resolve("software-licence-agreement.txt")).stream()
                .filter(line -> !line.isBlank())
                .map(line -> line.replaceFirst("^#+ ", ""))
                .toList();
        String accepted = String.join(
                "\n\n",
                lines.stream()
                        .map(line -> line.replaceAll("\\[-.+?-]", "").replaceAll("\\[\\+(.+?)\\+]", "$1"))
                        .toList());
        String original = String.join(
                "\n\n",
                lines.stream()
                        .map(line -> line.replaceAll("\\[-(.+?)-]", "$1").replaceAll("\\[\\+.+?\\+]", ""))
                        .toList());

        assertThat(document.text()).isEqualTo(accepted);
        assertThat(document.originalText()).isEqualTo(original).isNotEqualTo(accepted);
        assertThat(document.changes()).isNotEmpty().allSatisfy(change -> {
            assertThat(change.author()).isEqualTo("Licensor's counsel");
            assertThat(change.date()).isEqualTo("2026-06-09T09:30:00");
            int position = change.position();
            if (change.kind().equals("INSERTED")) {
                assertThat(document.text()).startsWith(document.text().substring(0, position) + change.text());
            }
        });
        assertThat(undone(document)).isEqualTo(original);
        assertThat(document.regions(0, 10)).isEmpty();
        assertThat(document.ocrWords(0, 10)).isEmpty();
    }

    /** Takes the changes back, last first; must yield the original. */
    private static String undone(ContractDocument document) {
        var text = new StringBuilder(document.text());
        for (TrackedChange change : document.changes().reversed()) {
            switch (change.kind()) {
                case "INSERTED" ->
                    text.delete(
                            change.position(), change.position() + change.text().length());
                case "DELETED" -> text.insert(change.position(), change.text());
                default -> throw new AssertionError(change.kind());
            }
        }
        return text.toString();
    }
}
