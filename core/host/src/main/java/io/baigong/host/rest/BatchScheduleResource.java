package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.host.access.Roles;
import io.baigong.host.batch.BatchSchedule;
import io.baigong.host.batch.BatchSchedules;
import io.baigong.host.batch.EarlierRuns;
import io.baigong.host.batch.RecentRuns;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.run.InvalidInput;
import io.baigong.journal.RunStatus;
import io.baigong.spi.Task;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** When batches begin by themselves. */
@Path("/api/v1/batch-schedules")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Batches")
public class BatchScheduleResource {
    private static final int MOST_FIRINGS = 100;
    private static final int NEXT_TIMES = 3;

    private final BatchSchedules schedules;
    private final Catalogue catalogue;
    private final Callers callers;

    BatchScheduleResource(BatchSchedules schedules, Catalogue catalogue, Callers callers) {
        this.schedules = schedules;
        this.catalogue = catalogue;
        this.callers = callers;
    }

    /**
     * Earlier runs of a period before a due time.
     *
     * @param most at most so many, the newest; 100 000 unless given
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RunsView(
            @Schema(description = "ISO 8601", examples = "P7D") @Nullable
            String period,

            @Schema(implementation = RunStatus.class) @Nullable
            String status,

            @Nullable String model,
            @Nullable String version,
            @Nullable Integer most) {
        static @Nullable RunsView of(@Nullable RecentRuns runs) {
            return runs == null
                    ? null
                    : new RunsView(
                            runs.period(),
                            runs.status() == null ? null : runs.status().name(),
                            runs.model(),
                            runs.version(),
                            runs.most());
        }

        RecentRuns recent() {
            if (period == null) {
                throw ProblemException.invalid("of which period are the runs?", "Send period, such as P7D (ISO 8601).");
            }
            return new RecentRuns(
                    period,
                    Optional.ofNullable(status).map(RunListing::status).orElse(null),
                    model,
                    version,
                    most == null ? EarlierRuns.MOST : most);
        }
    }

    /**
     * A schedule to add.
     *
     * @param cron minute, hour, day of month, month, day of week
     * @param zone an IANA name, UTC unless given
     * @param folder relative to the tenant's folder: its files are run
     * @param runs instead of a folder: these are run again
     * @param fields values that all records share
     */
    public record NewSchedule(
            @Schema(examples = "nightly") @Nullable String name,

            @Schema(examples = "finance.contract-review") @Nullable
            String task,

            @Schema(examples = "30 6 * * MON-FRI") @Nullable String cron,

            @Schema(examples = "Europe/Berlin") @Nullable String zone,

            @Schema(examples = "inbox") @Nullable String folder,
            @Nullable RunsView runs,
            @Nullable Map<String, @Nullable String> fields) {}

    /**
     * A schedule.
     *
     * @param stopped why it does not go on: its maker may make no batches any more
     * @param next the next times at which it is due
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ScheduleView(
            UUID id,
            String name,
            String task,
            String cron,
            String zone,
            @Nullable String folder,
            @Nullable RunsView runs,
            Map<String, String> fields,
            String createdBy,
            Instant createdAt,
            @Nullable String stopped,
            List<OffsetDateTime> next) {
        static ScheduleView of(BatchSchedule schedule) {
            return new ScheduleView(
                    schedule.id(),
                    schedule.name(),
                    schedule.task(),
                    schedule.cron(),
                    schedule.zone(),
                    schedule.folder(),
                    RunsView.of(schedule.runs()),
                    schedule.fields(),
                    schedule.createdBy().name(),
                    schedule.createdAt(),
                    schedule.stopped(),
                    schedule.stopped() == null ? times(schedule.cron(), schedule.zone()) : List.of());
        }
    }

    /** A time that was due: its batch, or why there is none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FiringView(
            Instant dueAt,
            Instant firedAt,
            @Nullable UUID batch,
            @Nullable String refused) {}

    /** The next times of a timetable, in its zone. */
    public record PreviewView(List<OffsetDateTime> next) {}

    private static List<OffsetDateTime> times(String cron, String zone) {
        try {
            return BatchSchedules.preview(cron, zone, NEXT_TIMES);
        } catch (InvalidInput e) {
            throw ProblemException.invalid(e.detail(), e.remedy());
        }
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Operation(operationId = "listBatchSchedules", summary = "When batches begin by themselves")
    @APIResponse(responseCode = "200", description = "All of the tenant")
    public List<ScheduleView> list() {
        return schedules.list().stream().map(ScheduleView::of).toList();
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("preview")
    @Operation(operationId = "previewBatchSchedule", summary = "The next three times of a cron expression")
    @APIResponse(responseCode = "200", description = "In the zone")
    @APIResponse(responseCode = "400", ref = "Problem")
    public PreviewView preview(
            @Parameter(example = "30 6 * * MON-FRI") @QueryParam("cron") @DefaultValue("") String cron,
            @Parameter(example = "Europe/Berlin") @QueryParam("zone") @DefaultValue("UTC") String zone) {
        return new PreviewView(times(cron, zone));
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "addBatchSchedule",
            summary = "Have batches begin by themselves",
            description =
                    "Each time that is due makes one batch in the caller's name: of all files that then lie in a folder,"
                            + " or of the runs of a period before it.")
    @APIResponse(
            responseCode = "201",
            description = "It is scheduled",
            content = @Content(schema = @Schema(implementation = ScheduleView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    public Response add(@Nullable NewSchedule wanted) {
        if (wanted == null || wanted.name() == null || wanted.cron() == null) {
            throw ProblemException.invalid(
                    "a schedule has a name, a task, a cron expression, and a folder or runs",
                    "Send {\"name\": \"nightly\", \"task\": …, \"cron\": \"0 2 * * *\", \"zone\": \"Europe/Berlin\","
                            + " \"folder\": \"inbox\"}.");
        }
        Task<?, ?> task = GivenTask.in(catalogue, callers, wanted.task());
        try {
            BatchSchedule schedule = schedules.add(
                    task,
                    new BatchSchedules.Wanted(
                            wanted.name(),
                            wanted.cron(),
                            wanted.zone() == null ? "UTC" : wanted.zone(),
                            wanted.folder(),
                            wanted.runs() == null ? null : wanted.runs().recent(),
                            GivenFields.of(wanted.fields())),
                    callers.actor());
            return Response.created(URI.create("/api/v1/batch-schedules/" + schedule.id()))
                    .entity(ScheduleView.of(schedule))
                    .build();
        } catch (InvalidInput e) {
            throw ProblemException.invalid(e.detail(), e.remedy());
        }
    }

    @DELETE
    @RolesAllowed(Roles.OPERATOR)
    @Path("{id}")
    @Operation(operationId = "removeBatchSchedule", summary = "Have nothing more begin; its batches stay")
    @APIResponse(responseCode = "204", description = "It is not scheduled any more")
    @APIResponse(responseCode = "404", ref = "Problem")
    public void remove(@PathParam("id") String id) {
        if (!schedules.remove(id(id), callers.actor())) {
            throw none(id);
        }
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("{id}/firings")
    @Operation(operationId = "listBatchFirings", summary = "What became of the newest 100 times that were due")
    @APIResponse(responseCode = "200", description = "Newest first")
    @APIResponse(responseCode = "404", ref = "Problem")
    public List<FiringView> firings(@PathParam("id") String id) {
        UUID schedule = schedules.find(id(id)).orElseThrow(() -> none(id)).id();
        return schedules.firings(schedule, MOST_FIRINGS).stream()
                .map(one -> new FiringView(one.dueAt(), one.firedAt(), one.batch(), one.refused()))
                .toList();
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw none(text);
        }
    }

    private static ProblemException none(String id) {
        return ProblemException.notFound("there is no schedule " + FileNames.last(id), "See /api/v1/batch-schedules.");
    }
}
