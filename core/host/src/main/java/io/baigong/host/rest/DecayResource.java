package io.baigong.host.rest;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.baigong.host.access.Roles;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.decay.Alert;
import io.baigong.host.decay.DecayAlerts;
import io.baigong.host.decay.DecayConfig;
import io.baigong.host.decay.DecayMeasures;
import io.baigong.host.decay.DecayMeasures.Found;
import io.baigong.host.decay.DecaySeries;
import io.baigong.host.decay.Series;
import io.baigong.host.rest.DecayViews.AlertView;
import io.baigong.host.rest.DecayViews.DecayView;
import io.baigong.host.rest.DecayViews.MeasureView;
import io.baigong.host.rest.DecayViews.RetrainingRequest;
import io.baigong.host.rest.DecayViews.RetrainingView;
import io.baigong.host.rest.DecayViews.SeriesView;
import io.baigong.host.rest.DecayViews.TaskDecayView;
import io.baigong.host.rest.DecayViews.ThresholdsView;
import io.baigong.host.rest.TrainingViews.TrainingView;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.training.Retraining;
import io.baigong.spi.Corrections;
import io.baigong.spi.Task;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How inputs, answers and people's decisions move away from what they were, and the training that follows. */
@Path("/api/v1/decay")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Models")
public class DecayResource {
    private static final int MOST_ALERTS = 200;
    private static final Duration HISTORY = Duration.ofDays(60);

    private final Catalogue catalogue;
    private final DecaySeries series;
    private final DecayMeasures measures;
    private final DecayAlerts alerts;
    private final DecayConfig config;
    private final Retraining retraining;
    private final Callers callers;

    DecayResource(
            Catalogue catalogue,
            DecaySeries series,
            DecayMeasures measures,
            DecayAlerts alerts,
            DecayConfig config,
            Retraining retraining,
            Callers callers) {
        this.catalogue = catalogue;
        this.series = series;
        this.measures = measures;
        this.alerts = alerts;
        this.config = config;
        this.retraining = retraining;
        this.callers = callers;
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Operation(
            operationId = "getDecay",
            summary = "Drift of inputs and answers, agreement and calibration, and alerts, by task",
            description = "As the last look found it. A reference is the first runs that the same versions answered.")
    @APIResponse(responseCode = "200", description = "The tasks of which runs were read, or that have alerts")
    public DecayView decay() {
        Map<String, List<Series>> standing = series.all().stream().collect(groupingBy(Series::task));
        List<Found> all = measures.since(Instant.now().minus(HISTORY));
        Map<String, List<Found>> found = all.stream().collect(groupingBy(Found::task));
        Map<String, List<Alert>> raised = alerts.list(MOST_ALERTS).stream().collect(groupingBy(Alert::task));
        return new DecayView(
                all.stream().map(Found::at).max(Instant::compareTo).orElse(null),
                ThresholdsView.of(config),
                callers.tasks(catalogue).stream()
                        .filter(task -> standing.containsKey(task.id().toString())
                                || raised.containsKey(task.id().toString()))
                        .map(task -> view(
                                task,
                                standing.getOrDefault(task.id().toString(), List.of()),
                                found.getOrDefault(task.id().toString(), List.of()),
                                raised.getOrDefault(task.id().toString(), List.of())))
                        .toList());
    }

    private TaskDecayView view(Task<?, ?> task, List<Series> standing, List<Found> found, List<Alert> raised) {
        // What was found longer ago is no present any more.
        Instant last = found.stream()
                .map(Found::at)
                .filter(Instant.now().minus(config.window())::isBefore)
                .max(Instant::compareTo)
                .orElse(Instant.MAX);
        return new TaskDecayView(
                task.id().toString(),
                standing.stream()
                        .map(one -> new SeriesView(
                                one.id(),
                                one.models(),
                                one.first(),
                                measures(
                                        found.stream()
                                                .filter(each -> each.series().equals(one.id()))
                                                .toList(),
                                        last)))
                        .toList(),
                raised.stream().map(AlertView::of).toList(),
                task.corrections().stream().map(Corrections::recipe).toList());
    }

    /** Those of the last look, with what was found before. */
    private static List<MeasureView> measures(List<Found> found, Instant last) {
        return found.stream()
                .collect(groupingBy(each -> each.measure().key(), LinkedHashMap::new, toList()))
                .values()
                .stream()
                .filter(history -> history.getLast().at().equals(last))
                .map(MeasureView::of)
                .toList();
    }

    @POST
    @RolesAllowed(Roles.MODEL_OWNER)
    @Path("alerts/{id}/acknowledgement")
    @Operation(operationId = "acknowledgeDecayAlert", summary = "Say that somebody looks after an alert")
    @APIResponse(responseCode = "200", description = "The alert")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public AlertView acknowledge(@PathParam("id") String id) {
        UUID alert = id(id);
        if (alerts.find(alert).isEmpty()) {
            throw none(id);
        }
        return alerts.acknowledge(alert, callers.actor())
                .map(AlertView::of)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        409,
                        "refused",
                        "this alert is over, or somebody looks after it already",
                        "See /api/v1/decay for those that are open.")));
    }

    @POST
    @RolesAllowed(Roles.MODEL_OWNER)
    @Path("{task}/retraining")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "retrain",
            summary = "Have a model made of what was learned from so far and of what people decided since",
            description =
                    "Judged runs become cases of the recipe's data, which are kept as a training file; the training"
                            + " waits, runs and becomes a candidate as any other. Takes `{}` where the operator has the recipe's data.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = RetrainingRequest.class),
                            examples =
                                    @ExampleObject(name = "retrain", value = "{\"recipe\": \"codiesp\", \"seed\": 1}")))
    @APIResponse(
            responseCode = "201",
            description = "The training, which waits",
            content = @Content(schema = @Schema(implementation = RetrainingView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    public Response retrain(
            @Parameter(example = "medical.icd-coding") @PathParam("task") String task,
            @Nullable RetrainingRequest request)
            throws IOException {
        Task<?, ?> known = catalogue
                .find(task)
                .filter(callers::mayTouch)
                .orElseThrow(() ->
                        ProblemException.notFound("there is no task " + FileNames.last(task), "See /api/v1/tasks."));
        var wanted = request == null ? new RetrainingRequest(null, null, null) : request;
        try {
            Retraining.Begun begun = retraining.begin(
                    known,
                    new Retraining.Wanted(wanted.recipe(), wanted.file(), wanted.seed() == null ? 1 : wanted.seed()),
                    callers.actor());
            return Response.created(
                            URI.create("/api/v1/training/jobs/" + begun.job().id()))
                    .entity(new RetrainingView(begun.cases(), TrainingView.of(begun.job())))
                    .build();
        } catch (InvalidInput e) {
            throw ProblemException.invalid(e.detail(), e.remedy());
        }
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw none(text);
        }
    }

    private static ProblemException none(String id) {
        return ProblemException.notFound("there is no alert " + FileNames.last(id), "See /api/v1/decay.");
    }
}
