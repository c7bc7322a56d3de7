package io.baigong.finance.export;

import io.baigong.finance.document.ContractDocument;
import io.baigong.finance.document.ContractReader;
import io.baigong.finance.document.UnreadableDocument;
import io.baigong.finance.playbook.Finding;
import io.baigong.finance.review.ContractReview;
import io.baigong.finance.review.ContractReview.ClauseHit;
import io.baigong.finance.review.ContractReviewInput;
import io.baigong.spi.Attachment;
import io.baigong.spi.Export;
import io.baigong.spi.Reviewed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Reviews as a reviewer would make them, of documents that were really read. */
final class Reviews {
    private final Attachment file;
    final ContractDocument document;

    Reviews(Attachment file) {
        this.file = file;
        try {
            document = ContractReader.read(file, page -> List.of());
        } catch (UnreadableDocument e) {
            throw new AssertionError(e);
        }
    }

    static Reviews ofSample(String name) {
        try {
            return new Reviews(new Attachment(
                    name,
                    Path.of(Objects.requireNonNull(Reviews.class.getResource("/samples/" + name))
                            .toURI())));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Reviews ofText(Path folder, String text) throws IOException {
        Path file = Files.write(folder.resolve("contract.txt"), text.getBytes(StandardCharsets.UTF_8));
        return new Reviews(new Attachment("contract.txt", file));
    }

    ContractReviewInput input() {
        return new ContractReviewInput(file, null, null, "en");
    }

    /** One finding for each quote, one of a missing clause, one likely clause and one unlikely. */
    ContractReview review(String clause, String... quotes) {
        var findings = new java.util.ArrayList<Finding>();
        for (String quote : quotes) {
            int start = document.text().indexOf(quote);
            int end = start + quote.length();
            findings.add(finding(
                    "Finding on " + findings.size(),
                    List.of(new Finding.Passage(start, end, quote, 1, document.regions(start, end)))));
        }
        findings.add(finding("Nothing on insurance", List.of()));
        int start = document.text().indexOf(clause);
        return new ContractReview(
                document.name(),
                document.format().name(),
                document.text(),
                document.changes().isEmpty() ? null : document.originalText(),
                document.pages(),
                List.of(
                        hit("c1", start, start + clause.length(), clause, true),
                        hit("c2", 0, 5, document.text().substring(0, 5), false)),
                List.of(),
                findings,
                new ContractReview.PlaybookUsed("p", "1", "P", 3),
                document.changes(),
                List.of(),
                document.notes());
    }

    private ClauseHit hit(String id, int start, int end, String quote, boolean likely) {
        return new ClauseHit(
                id, "Governing Law", "Governing law", start, end, quote, 0.87, likely, document.regions(start, end));
    }

    private static Finding finding(String title, List<Finding.Passage> evidence) {
        return new Finding(
                "f1",
                "rule-1",
                evidence.isEmpty() ? Finding.Kind.MISSING : Finding.Kind.LIMIT,
                Finding.Severity.HIGH,
                title,
                "It matters <much> & often.",
                "Found “here”.",
                "Better words",
                evidence,
                List.of(),
                null);
    }

    byte[] export(Export<ContractReviewInput, ContractReview> export, ContractReview review) throws IOException {
        var out = new ByteArrayOutputStream();
        export.write(new Reviewed<>("a run", input(), review, List.of()), out);
        return out.toByteArray();
    }
}
