package io.baigong.host.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.journal.RunStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sums that can be checked by hand. */
class BatchReportTest {
    enum Grade {
        LOW,
        HIGH
    }

    /** An item of a list. */
    record Finding(Grade severity, String text) {}

    /** A task's output. */
    record Output(Grade risk, double share, List<Finding> findings, boolean late) {}

    private static BatchResult answered(double confidence, long millis, String output) {
        return new BatchResult(
                0, "a", RunStatus.ANSWERED, new UUID(1, 1), confidence, millis, output, null, null, null, null, null);
    }

    private static BatchResult failed(String name, String detail) {
        return new BatchResult(
                0,
                name,
                RunStatus.FAILED,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new BatchFailure("corrupt", detail, "Mend it."));
    }

    @Test
    void countsWhatTheTypeSaysCanBeCounted() {
        var report = new BatchReport(Output.class);
        report.add(answered(
                0.95,
                100,
                "{\"risk\": \"HIGH\", \"share\": 0.5, \"late\": true, \"findings\":"
                        + " [{\"severity\": \"LOW\", \"text\": \"x\"}, {\"severity\": \"HIGH\", \"text\": \"y\"}]}"));
        report.add(answered(
                1,
                300,
                "{\"risk\": \"HIGH\", \"share\": 1.5, \"late\": false, \"findings\":"
                        + " [{\"severity\": \"LOW\", \"text\": \"LOW\"}]}"));
        report.add(answered(0, 200, "{\"risk\": \"LOW\", \"share\": null, \"findings\": []}"));
        report.add(failed("one", "no text"));
        report.add(failed("two", "no text"));
        report.add(failed("three", "no pages"));
        report.add(new BatchResult(0, "w", null, null, null, null, null, null, null, null, null, null));

        assertThat(counts(report, "risk")).hasToString("{HIGH=2, LOW=1}");
        assertThat(counts(report, "late")).hasToString("{false=1, true=1}");
        assertThat(counts(report, "findings.severity")).hasToString("{LOW=2, HIGH=1}");
        assertThat(report.members()).doesNotContainKey("findings.text");
        var length = numbers(report, "findings.length");
        assertThat(length.sum()).isEqualTo(3);
        assertThat(numbers(report, "share").quantile(1)).isEqualTo(1.5);
        assertThat(numbers(report, "share").count()).isEqualTo(2);
        assertThat(report.seconds().quantile(0.5)).isEqualTo(0.2);
        assertThat(report.confidence()).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0, 2);
        var same = report.failures().get(List.of("corrupt", "no text", "Mend it."));
        assertThat(same).isNotNull();
        assertThat(same.count()).isEqualTo(2);
        assertThat(same.examples()).containsExactly("one", "two");
    }

    @Test
    void failuresOfTooManyKindsAreCountedTogether() {
        var report = new BatchReport(Output.class);
        for (int i = 0; i < 60; i++) {
            report.add(failed("r" + i, "reason " + i));
        }
        assertThat(report.failures()).hasSize(50);
        assertThat(report.otherFailures()).isEqualTo(10);
    }

    private static java.util.Map<String, Long> counts(BatchReport report, String path) {
        BatchReport.@Nullable Counts counts = member(report, path).counts();
        return counts == null ? java.util.Map.of() : counts.byWord();
    }

    private static BatchReport.Numbers numbers(BatchReport report, String path) {
        return java.util.Objects.requireNonNull(member(report, path).numbers());
    }

    private static BatchReport.Member member(BatchReport report, String path) {
        return java.util.Objects.requireNonNull(report.members().get(path), path);
    }
}
