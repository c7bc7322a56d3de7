package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.host.decay.Alert;
import io.baigong.host.decay.DecayConfig;
import io.baigong.host.decay.DecayMeasures.Found;
import io.baigong.host.decay.Measure;
import io.baigong.host.decay.Measure.Kind;
import io.baigong.host.decay.Measure.State;
import io.baigong.host.decay.Measure.Statistic;
import io.baigong.host.rest.TrainingViews.TrainingView;
import io.baigong.spi.ModelVersion;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The watch of what serves as REST shows it. */
final class DecayViews {
    private DecayViews() {}

    /** All that is watched. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DecayView(
            @Schema(description = "when something was compared last") @Nullable
            Instant looked,

            ThresholdsView thresholds,
            List<TaskDecayView> tasks) {}

    /** From when on a shift is an alert; it must be no chance as well. */
    public record ThresholdsView(
            @Schema(description = "the first runs of versions, so long, are the reference", examples = "PT336H")
            String reference,

            @Schema(description = "the last runs, so long, are the present", examples = "PT168H")
            String window,

            @Schema(examples = "0.25") double psi,
            @Schema(examples = "0.2") double distance,
            @Schema(examples = "0.05") double share,
            @Schema(examples = "0.05") double calibration,

            @Schema(description = "chance of a look to find something where nothing has shifted", examples = "0.001")
            double chance) {
        static ThresholdsView of(DecayConfig config) {
            return new ThresholdsView(
                    config.reference().toString(),
                    config.window().toString(),
                    config.psi(),
                    config.distance(),
                    config.share(),
                    config.calibration(),
                    config.chance());
        }
    }

    /** What is watched of a task. */
    public record TaskDecayView(
            @Schema(examples = "medical.icd-coding") String task,
            List<SeriesView> series,

            @Schema(description = "those that are open, and the last that ended")
            List<AlertView> alerts,

            @Schema(description = "recipes that learn from people's decisions", examples = "[\"codiesp\"]")
            List<String> retraining) {}

    /** Runs that the same versions answered, or all of the task. */
    public record SeriesView(
            String id,

            @Schema(description = "which answered; none for all runs of the task, and for runs that need no model")
            List<ModelVersion> models,

            @Schema(description = "when its first run began")
            Instant since,

            List<MeasureView> measures) {}

    /** How far something is from what it was. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MeasureView(
            Kind kind,
            @Schema(examples = "air_temperature") String name,

            @Schema(
                    description =
                            "population stability index, distance of Kolmogorov and Smirnov, a share, or expected calibration error")
            Statistic statistic,

            @Schema(description = "missing where there are too few runs") @Nullable
            Double value,

            @Schema(description = "a share or an error of the reference") @Nullable
            Double was,

            @Schema(description = "lower end of a share's 95 % interval") @Nullable
            Double low,

            @Schema(description = "upper end") @Nullable Double high,

            @Schema(description = "of so large a difference where nothing has shifted") @Nullable
            Double probability,

            @Schema(description = "runs that it is compared with")
            int reference,

            @Schema(description = "runs of the present") int current,
            State state,

            @Schema(description = "what was found before, oldest first")
            List<PointView> history) {
        static MeasureView of(List<Found> history) {
            Measure last = history.getLast().measure();
            return new MeasureView(
                    last.kind(),
                    last.name(),
                    last.statistic(),
                    number(last.value()),
                    last.was(),
                    last.low(),
                    last.high(),
                    last.probability(),
                    last.reference(),
                    last.current(),
                    last.state(),
                    history.stream()
                            .filter(found -> !Double.isNaN(found.measure().value()))
                            .map(found ->
                                    new PointView(found.at(), found.measure().value()))
                            .toList());
        }
    }

    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }

    /** What a look found. */
    public record PointView(Instant at, double value) {}

    /** Something that drifted. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AlertView(
            UUID id,

            @Schema(examples = "manufacturing.predictive-maintenance")
            String task,

            @Schema(description = "of which series") String series,
            Kind kind,
            @Schema(examples = "air_temperature") String name,
            Statistic statistic,
            Instant opened,
            @Schema(description = "when it was found last") Instant found,
            @Schema(description = "how far it was then") double value,
            @Nullable Double was,

            @Schema(description = "when it had not been found for the length of a window") @Nullable
            Instant ended,

            @Nullable String acknowledgedBy,
            @Nullable Instant acknowledgedAt) {
        static AlertView of(Alert alert) {
            return new AlertView(
                    alert.id(),
                    alert.task(),
                    alert.series(),
                    alert.measure().kind(),
                    alert.measure().name(),
                    alert.measure().statistic(),
                    alert.opened(),
                    alert.found(),
                    alert.value(),
                    alert.was(),
                    alert.ended(),
                    alert.acknowledgedBy(),
                    alert.acknowledgedAt());
        }
    }

    /** A training on what people decided. */
    public record RetrainingRequest(
            @Schema(description = "needed where several learn from decisions", examples = "codiesp") @Nullable
            String recipe,

            @Schema(
                    description =
                            "a training file with what was learned from so far; what the operator has for the recipe unless given")
            @Nullable
            UUID file,

            @Schema(description = "1 unless given") @Nullable
            Long seed) {}

    /** The training, which waits. */
    public record RetrainingView(
            @Schema(description = "judged runs that were added")
            int cases,

            TrainingView training) {}
}
