package io.baigong.finance.export;

import io.baigong.finance.playbook.Finding;
import io.baigong.finance.playbook.Finding.Severity;
import io.baigong.finance.review.ContractReview;
import io.baigong.finance.review.ContractReview.ClauseHit;
import io.baigong.finance.review.ContractReview.Region;
import io.baigong.finance.review.ContractReviewInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A comment at a passage; one without a passage, such as that a clause is missing, has an empty span at 0.
 *
 * @param end of {@code [start, end)} in UTF-16 units of the review's text
 * @param severity null for a clause
 * @param regions boxes of the passage, for a PDF
 */
record ReviewComment(
        int start,
        int end,
        String title,
        String body,
        @Nullable Severity severity,
        List<Region> regions) {
    static final String AUTHOR = "Baigong";

    boolean isOfWholeDocument() {
        return start == end;
    }

    String text() {
        return body.isEmpty() ? title : title + "\n" + body;
    }

    /** Comments for all findings and all likely clauses, by position. */
    static List<ReviewComment> of(ContractReviewInput input, ContractReview review) {
        boolean chinese = "zh".equals(input.language());
        var comments = new ArrayList<ReviewComment>();
        for (Finding finding : review.findings()) {
            String title = severity(finding.severity(), chinese) + ": " + finding.title();
            String body = body(finding, chinese);
            if (finding.evidence().isEmpty()) {
                comments.add(new ReviewComment(0, 0, title, body, finding.severity(), List.of()));
            }
            for (Finding.Passage passage : finding.evidence()) {
                comments.add(new ReviewComment(
                        passage.start(), passage.end(), title, body, finding.severity(), passage.regions()));
            }
        }
        for (ClauseHit clause : review.clauses()) {
            if (clause.likely()) {
                String title = (chinese ? "条款：" : "Clause: ")
                        + clause.title()
                        + String.format(Locale.ROOT, " (%.0f %%)", clause.confidence() * 100);
                comments.add(new ReviewComment(clause.start(), clause.end(), title, "", null, clause.regions()));
            }
        }
        comments.sort(Comparator.comparingInt(ReviewComment::start).thenComparingInt(ReviewComment::end));
        return comments;
    }

    private static String body(Finding finding, boolean chinese) {
        var body = new StringBuilder();
        line(body, "", finding.detail());
        line(body, "", finding.reason());
        line(body, chinese ? "建议措辞：" : "Suggested wording: ", finding.fallback());
        Finding.Explanation explanation = finding.explanation();
        if (explanation != null) {
            line(body, chinese ? "说明：" : "Explanation: ", explanation.text());
            line(body, chinese ? "修订建议：" : "Suggested redline: ", explanation.redline());
        }
        line(body, chinese ? "规则：" : "Rule: ", finding.rule());
        return body.toString();
    }

    private static void line(StringBuilder body, String label, @Nullable String words) {
        if (words != null && !words.isBlank()) {
            body.append(body.isEmpty() ? "" : "\n").append(label).append(words.strip());
        }
    }

    private static String severity(Severity severity, boolean chinese) {
        return switch (severity) {
            case CRITICAL -> chinese ? "严重" : "Critical";
            case HIGH -> chinese ? "高" : "High";
            case MEDIUM -> chinese ? "中" : "Medium";
            case LOW -> chinese ? "低" : "Low";
        };
    }
}
