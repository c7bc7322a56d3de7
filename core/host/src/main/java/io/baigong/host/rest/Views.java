package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.journal.Comment;
import io.baigong.journal.Decision;
import io.baigong.journal.RunRecord;
import io.baigong.journal.RunStatus;
import io.baigong.journal.SecondReview;
import io.baigong.journal.StoredAttachment;
import io.baigong.spi.Evidence;
import io.baigong.spi.LocalText;
import io.baigong.spi.ModelRole;
import io.baigong.spi.ModelVersion;
import io.baigong.spi.Panel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.DiscriminatorMapping;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** JSON of the REST API. */
final class Views {
    private Views() {}

    /** A task that can be run. */
    record TaskView(
            @Schema(examples = "finance.contract-review") String id,
            LocalText title,

            @Schema(
                    description = "JSON Schema 2020-12 of the input; files stand as binary strings",
                    implementation = Object.class)
            JsonNode inputSchema,

            @Schema(description = "JSON Schema 2020-12 of the output", implementation = Object.class)
            JsonNode outputSchema,

            List<RoleView> roles,
            List<PanelView> panels,
            List<SampleView> samples,
            List<ExportView> exports,
            @Schema(examples = "[\"cuad\"]") List<String> benchmarks) {}

    /** A model role that a task may call. */
    record RoleView(
            @Schema(examples = "finance.clause-tagger") String name, ModelRole.Kind kind) {}

    /** A part of the page that shows an output. */
    @Schema(
            oneOf = {TextPanel.class, TablePanel.class, ValuePanel.class, PicturePanel.class, ChartPanel.class},
            discriminatorProperty = "type",
            discriminatorMapping = {
                @DiscriminatorMapping(value = "text", schema = TextPanel.class),
                @DiscriminatorMapping(value = "table", schema = TablePanel.class),
                @DiscriminatorMapping(value = "value", schema = ValuePanel.class),
                @DiscriminatorMapping(value = "picture", schema = PicturePanel.class),
                @DiscriminatorMapping(value = "chart", schema = ChartPanel.class)
            })
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = TextPanel.class, name = "text"),
        @JsonSubTypes.Type(value = TablePanel.class, name = "table"),
        @JsonSubTypes.Type(value = ValuePanel.class, name = "value"),
        @JsonSubTypes.Type(value = PicturePanel.class, name = "picture"),
        @JsonSubTypes.Type(value = ChartPanel.class, name = "chart")
    })
    sealed interface PanelView {
        static PanelView of(Panel panel) {
            return switch (panel) {
                case Panel.Text(var title, var pointer) -> new TextPanel(title, pointer);
                case Panel.Value(var title, var pointer) -> new ValuePanel(title, pointer);
                case Panel.Picture(var title, var component) -> new PicturePanel(title, component);
                case Panel.Table(var title, var pointer, var columns) ->
                    new TablePanel(title, pointer, ColumnView.all(columns));
                case Panel.Chart(var title, var pointer, var label, var value, var limits, var levels, var remark) ->
                    new ChartPanel(
                            title,
                            pointer,
                            ColumnView.of(label),
                            ColumnView.of(value),
                            ColumnView.all(limits),
                            ColumnView.all(levels),
                            ColumnView.of(remark));
            };
        }
    }

    record TextPanel(LocalText title, String pointer) implements PanelView {}

    record ValuePanel(LocalText title, String pointer) implements PanelView {}

    record PicturePanel(LocalText title, String component) implements PanelView {}

    record TablePanel(LocalText title, String pointer, List<ColumnView> columns) implements PanelView {}

    /** Limits are of each record; the pointers of levels start at the output. */
    record ChartPanel(
            LocalText title,
            String pointer,
            ColumnView label,
            ColumnView value,
            List<ColumnView> limits,
            List<ColumnView> levels,
            ColumnView remark)
            implements PanelView {}

    record ColumnView(LocalText title, String pointer) {
        static ColumnView of(Panel.Column column) {
            return new ColumnView(column.title(), column.pointer());
        }

        static List<ColumnView> all(List<Panel.Column> columns) {
            return columns.stream().map(ColumnView::of).toList();
        }
    }

    record SampleView(@Schema(examples = "managed-services") String name, LocalText title) {}

    record ExportView(
            @Schema(examples = "docx") String format,

            @Schema(examples = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
            String mediaType) {}

    /** A run with its output. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RunView(
            UUID id,
            @Schema(examples = "finance.contract-review") String task,

            @Schema(
                    description =
                            "as its sender calls it, else the first file's name, else the first words of its longest text",
                    examples = "notes.csv 17")
            String name,

            RunStatus status,

            @Schema(description = "as the task's output schema says", implementation = Object.class)
            @JsonRawValue
            @Nullable
            String output,

            List<Evidence> evidence,

            @Schema(description = "pieces of evidence dropped, since their quote was not in the source")
            int droppedEvidence,

            @Nullable Double confidence,
            @Nullable String reason,
            @Nullable FailureView failure,
            List<ModelVersion> models,
            List<StoredAttachment> attachments,

            @Schema(examples = "{\"playbook\": \"SERVICES_BUYING\"}")
            Map<String, String> fields,

            Instant startedAt,
            long durationMillis,
            @Schema(examples = "analyst") String caller,
            List<DecisionView> decisions,
            List<CommentView> comments,
            List<ExportView> exports) {
        /** One that has just ended. */
        static RunView of(RunRecord run, List<ExportView> exports) {
            return of(run, List.of(), List.of(), List.of(), exports);
        }

        static RunView of(
                RunRecord run,
                List<Decision> decisions,
                List<SecondReview> reviews,
                List<Comment> comments,
                List<ExportView> exports) {
            Map<UUID, SecondReview> byDecision =
                    reviews.stream().collect(Collectors.toMap(SecondReview::decision, review -> review));
            RunRecord.Answered answered = run.ending() instanceof RunRecord.Answered a ? a : null;
            return new RunView(
                    run.id(),
                    run.task(),
                    run.name(),
                    run.ending().status(),
                    run.output(),
                    answered == null ? List.of() : answered.evidence(),
                    answered == null ? 0 : answered.droppedEvidence(),
                    answered == null ? null : answered.confidence(),
                    run.ending() instanceof RunRecord.Abstained(var reason) ? reason : null,
                    run.ending() instanceof RunRecord.Failed(var code, var detail, var remedy)
                            ? new FailureView(code, detail, remedy)
                            : null,
                    run.models(),
                    run.attachments(),
                    run.fields(),
                    run.startedAt(),
                    run.duration().toMillis(),
                    run.caller().name(),
                    decisions.stream()
                            .map(decision -> DecisionView.of(decision, byDecision.get(decision.id())))
                            .toList(),
                    comments.stream().map(CommentView::of).toList(),
                    exports);
        }
    }

    record FailureView(@Schema(examples = "encrypted") String code, String detail, String remedy) {}

    /** What a person decided. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DecisionView(
            UUID id,
            @Schema(examples = "f3") String subject,
            Decision.Verdict verdict,
            @Nullable String comment,

            @Schema(implementation = Object.class) @JsonRawValue @Nullable
            String correction,

            String by,
            Instant at,
            @Nullable SecondReviewView review) {
        static DecisionView of(Decision decision, @Nullable SecondReview review) {
            return new DecisionView(
                    decision.id(),
                    decision.subject(),
                    decision.verdict(),
                    decision.comment(),
                    decision.correction(),
                    decision.by().name(),
                    decision.at(),
                    review == null ? null : SecondReviewView.of(review));
        }
    }

    /** What a person said without deciding; without a subject of the run as a whole. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CommentView(
            UUID id,
            @Schema(examples = "f3") @Nullable String subject,
            @Schema(examples = "See page 7.") String text,
            String by,
            Instant at) {
        static CommentView of(Comment comment) {
            return new CommentView(
                    comment.id(),
                    comment.subject(),
                    comment.text(),
                    comment.by().name(),
                    comment.at());
        }
    }

    /**
     * A comment to be written down.
     *
     * @param subject none for the run as a whole
     */
    record CommentRequest(
            @Schema(examples = "f3") @Nullable String subject,

            @Schema(examples = "See page 7.", required = true) @Nullable
            String text) {}

    /** What a second person thinks of a decision. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SecondReviewView(
            SecondReview.Opinion opinion,

            @Schema(description = "what they would have decided")
            Decision.Verdict verdict,

            @Nullable String reason,
            String by,
            Instant at) {
        static SecondReviewView of(SecondReview review) {
            return new SecondReviewView(
                    review.opinion(),
                    review.verdict(),
                    review.reason(),
                    review.by().name(),
                    review.at());
        }
    }

    /**
     * A second review to be written down.
     *
     * @param verdict needed of who disagrees
     * @param reason needed of who disagrees
     */
    record SecondReviewRequest(
            @Schema(required = true) SecondReview.@Nullable Opinion opinion,
            Decision.@Nullable Verdict verdict,

            @Schema(examples = "The clause is there, on page 7.") @Nullable
            String reason) {}

    /**
     * A decision to be written down.
     *
     * @param correction any JSON
     */
    record DecisionRequest(
            @Schema(examples = "f3", required = true) @Nullable
            String subject,

            @Schema(required = true) Decision.@Nullable Verdict verdict,

            @Schema(examples = "Agreed with the supplier last year.") @Nullable
            String comment,

            @Schema(implementation = Object.class) @Nullable JsonNode correction) {}
}
