package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.baigong.host.batch.Batch;
import io.baigong.host.batch.BatchFailure;
import io.baigong.host.batch.BatchReport;
import io.baigong.host.batch.BatchResult;
import io.baigong.host.batch.BatchState;
import io.baigong.host.batch.TruthScores;
import io.baigong.journal.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Batches as REST shows them. */
final class BatchViews {
    private BatchViews() {}

    /**
     * A batch as it stands.
     *
     * @param secondsLeft at the rate since it last went on
     * @param remote whether its records are run outside the suite
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record BatchView(
            UUID id,
            @Schema(examples = "finance.contract-review") String task,
            String name,
            BatchState state,
            long total,
            long answered,
            long abstained,
            long failed,
            String createdBy,
            Instant createdAt,
            @Nullable Instant endedAt,
            @Nullable Long secondsLeft,
            @Nullable String purpose,
            boolean remote) {
        static BatchView of(Batch batch) {
            return new BatchView(
                    batch.id(),
                    batch.task(),
                    batch.name(),
                    batch.state(),
                    batch.total(),
                    batch.answered(),
                    batch.abstained(),
                    batch.failed(),
                    batch.createdBy().name(),
                    batch.createdAt(),
                    batch.endedAt(),
                    batch.left(Instant.now()).map(Duration::toSeconds).orElse(null),
                    batch.occasion().purpose(),
                    batch.remote());
        }
    }

    /**
     * A record and what became of it.
     *
     * @param earlier the run whose input it has
     * @param changed whether it ended otherwise or with another output than that run
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RecordView(
            long position,
            String name,
            @Nullable RunStatus status,
            @Nullable UUID run,
            @Nullable Double confidence,

            @Schema(implementation = Object.class) @JsonRawValue @Nullable
            String output,

            @Nullable String reason,

            @Schema(implementation = Object.class) @JsonRawValue @Nullable
            String truth,

            @Nullable UUID earlier,
            @Nullable Boolean changed,
            @Nullable BatchFailure failure) {
        static RecordView of(BatchResult result, boolean whole) {
            return new RecordView(
                    result.position(),
                    result.name(),
                    result.status(),
                    result.run(),
                    result.confidence(),
                    whole ? result.output() : null,
                    result.reason(),
                    whole ? result.truth() : null,
                    result.earlier(),
                    result.changed(),
                    result.failure());
        }
    }

    /** How numbers spread: smallest, quartiles, largest, mean. */
    record Spread(int count, double least, double lower, double median, double upper, double most, double mean) {
        static @Nullable Spread of(BatchReport.@Nullable Numbers numbers) {
            return numbers == null || numbers.count() == 0
                    ? null
                    : new Spread(
                            numbers.count(),
                            numbers.quantile(0),
                            numbers.quantile(0.25),
                            numbers.quantile(0.5),
                            numbers.quantile(0.75),
                            numbers.quantile(1),
                            numbers.sum() / numbers.count());
        }
    }

    /** A member of the outputs: how often each value was there, or how its numbers spread. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MemberView(
            String path,
            @Nullable Map<String, Long> counts,
            @Nullable Spread spread) {}

    /**
     * How near the outputs are to the truth at a path.
     *
     * @param records with a truth and an answer
     * @param unanswered with a truth and no answer
     * @param metrics by name, with 95 % intervals
     */
    record ScoreView(String path, long records, long unanswered, Map<String, Figure> metrics) {
        static ScoreView of(TruthScores scores) {
            return new ScoreView(
                    scores.path(), scores.records(), scores.unanswered(), Figure.all(scores.metrics(), Figure::of));
        }
    }

    /**
     * How many records ended otherwise, or with another output, than the earlier runs whose inputs they have.
     *
     * @param records whose earlier run is still there
     */
    record Comparison(long records, long changed) {
        static @Nullable Comparison of(BatchReport report) {
            return report.compared() == 0 ? null : new Comparison(report.compared(), report.changed());
        }
    }

    /** Records that failed alike. */
    record FailureView(String code, String detail, String remedy, long count, List<String> examples) {}

    /**
     * What became of a batch.
     *
     * @param confidence answers by confidence, in ten equal bins from 0 to 1
     * @param comparison with the earlier runs whose inputs the records have
     * @param reasons why tasks abstained
     * @param otherFailures failures for reasons beyond those listed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReportView(
            BatchView batch,
            @Nullable Spread seconds,
            List<Long> confidence,
            List<MemberView> members,
            List<ScoreView> scores,
            @Nullable Comparison comparison,
            Map<String, Long> reasons,
            List<FailureView> failures,
            long otherFailures) {
        static ReportView of(Batch batch, BatchReport report) {
            return new ReportView(
                    BatchView.of(batch),
                    Spread.of(report.seconds()),
                    Arrays.stream(report.confidence()).boxed().toList(),
                    report.members().entrySet().stream()
                            .map(entry -> new MemberView(
                                    entry.getKey(),
                                    entry.getValue().counts() == null
                                            ? null
                                            : entry.getValue().counts().byWord(),
                                    Spread.of(entry.getValue().numbers())))
                            .filter(member -> member.spread() != null
                                    || (member.counts() != null
                                            && !member.counts().isEmpty()))
                            .toList(),
                    report.scores().stream().map(ScoreView::of).toList(),
                    Comparison.of(report),
                    report.reasons(),
                    report.failures().entrySet().stream()
                            .map(entry -> new FailureView(
                                    entry.getKey().get(0),
                                    entry.getKey().get(1),
                                    entry.getKey().get(2),
                                    entry.getValue().count(),
                                    entry.getValue().examples()))
                            .toList(),
                    report.otherFailures());
        }
    }
}
