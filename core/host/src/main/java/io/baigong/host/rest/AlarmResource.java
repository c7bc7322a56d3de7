package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.host.access.Roles;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.telemetry.Alarm;
import io.baigong.host.telemetry.Alarm.Cause;
import io.baigong.host.telemetry.Alarms;
import io.baigong.host.telemetry.TelemetryLines;
import io.baigong.journal.Decision;
import io.baigong.journal.Decision.Verdict;
import io.baigong.journal.Journal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Machines that are listened to, and their alarms. */
@Path("/api/v1/telemetry")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Telemetry")
public class AlarmResource {
    private static final int MOST = 1000;
    private static final int LONGEST_TEXT = 2000;
    private static final int LONGEST_NAME = 200;
    private static final Duration LONGEST_SHELF = Duration.ofDays(30);

    private final Alarms alarms;
    private final TelemetryLines lines;
    private final Catalogue catalogue;
    private final Journal journal;
    private final Callers callers;

    AlarmResource(Alarms alarms, TelemetryLines lines, Catalogue catalogue, Journal journal, Callers callers) {
        this.alarms = alarms;
        this.lines = lines;
        this.catalogue = catalogue;
        this.journal = journal;
        this.callers = callers;
    }

    /** A line of machines. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LineView(
            String name,
            String task,
            boolean connected,
            int machines,

            @Schema(description = "kept in full, of the last day")
            int readings,

            @Schema(description = "the moment of the last run") @Nullable
            Instant scored,

            @Schema(description = "how that ended; empty for an answer")
            String ended,

            @Schema(description = "what became of readings and messages since the start")
            Map<String, Long> counts) {}

    /** An alarm, over all runs that tell of it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AlarmView(
            UUID id,
            String task,
            String line,
            @Schema(description = "the machine") String source,
            @Schema(description = "what of it") String part,
            Alarm.State state,
            Instant opened,

            @Schema(description = "the last run that told of it") @Nullable
            UUID run,

            Instant seen,

            @Schema(description = "highest probability so far")
            double peak,

            @Schema(description = "when the machine came back to normal") @Nullable
            Instant ended,

            @Nullable String acknowledgedBy,
            @Nullable Instant acknowledgedAt,
            @Nullable String assignedTo,
            @Nullable Instant shelvedUntil,
            @Nullable String closedBy,
            @Nullable Instant closedAt,
            @Nullable Cause cause,
            @Nullable String comment) {
        static AlarmView of(Alarm alarm) {
            return new AlarmView(
                    alarm.id(),
                    alarm.task(),
                    alarm.line(),
                    alarm.source(),
                    alarm.part(),
                    alarm.state(Instant.now()),
                    alarm.opened(),
                    alarm.run(),
                    alarm.seen(),
                    alarm.peak(),
                    alarm.ended(),
                    alarm.acknowledgedBy(),
                    alarm.acknowledgedAt(),
                    alarm.assignedTo(),
                    alarm.shelvedUntil(),
                    alarm.closedBy(),
                    alarm.closedAt(),
                    alarm.cause(),
                    alarm.comment());
        }
    }

    /** Who is to look after it. */
    public record Assignment(@Nullable String to) {}

    /** Until when nobody wants to hear of it. */
    public record Shelving(@Nullable Instant until) {}

    /** Why it was raised. */
    public record Closing(@Nullable Cause cause, @Nullable String comment) {}

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Path("lines")
    @Operation(
            operationId = "listTelemetryLines",
            summary = "Lines of machines that are listened to, and how they stand")
    public List<LineView> lines() {
        String tenant = callers.actor().tenant();
        return lines.status().stream()
                .filter(line -> line.tenant().equals(tenant)
                        && catalogue.find(line.task()).filter(callers::mayTouch).isPresent())
                .map(line -> new LineView(
                        line.name(),
                        line.task(),
                        line.connected(),
                        line.machines(),
                        line.readings(),
                        line.scored(),
                        line.ended(),
                        line.counts()))
                .toList();
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Path("alarms")
    @Operation(
            operationId = "listAlarms",
            summary = "Alarms of machines that are listened to, those that last first",
            description = "At most 1,000. One that lasts is one alarm, over however many runs.")
    public List<AlarmView> list() {
        return alarms.list(MOST).stream().map(AlarmView::of).toList();
    }

    @POST
    @RolesAllowed({Roles.ANALYST, Roles.OPERATOR})
    @Path("alarms/{id}/acknowledgement")
    @Operation(operationId = "acknowledgeAlarm", summary = "Say that somebody looks after it")
    @APIResponse(responseCode = "200", description = "The alarm")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public AlarmView acknowledge(@PathParam("id") String id) {
        return changed(alarms.acknowledge(found(id).id(), callers.actor()));
    }

    @POST
    @RolesAllowed({Roles.ANALYST, Roles.OPERATOR})
    @Path("alarms/{id}/assignment")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "assignAlarm", summary = "Say who is to look after it")
    @APIResponse(responseCode = "200", description = "The alarm")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public AlarmView assign(@PathParam("id") String id, @Nullable Assignment assignment) {
        String to = assignment == null ? null : assignment.to();
        if (to == null || to.isBlank() || to.length() > LONGEST_NAME) {
            throw ProblemException.invalid(
                    "nobody is named, or by more than 200 characters", "Send {\"to\": \"li.wei\"}.");
        }
        return changed(alarms.assign(found(id).id(), callers.actor(), to));
    }

    @POST
    @RolesAllowed({Roles.ANALYST, Roles.OPERATOR})
    @Path("alarms/{id}/shelving")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "shelveAlarm", summary = "Say until when nobody wants to hear of it; 30 days at most")
    @APIResponse(responseCode = "200", description = "The alarm")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public AlarmView shelve(@PathParam("id") String id, @Nullable Shelving shelving) {
        Instant now = Instant.now();
        Instant until = shelving == null ? null : shelving.until();
        if (until == null || !until.isAfter(now) || until.isAfter(now.plus(LONGEST_SHELF))) {
            throw ProblemException.invalid(
                    "an alarm is shelved until a moment within the next 30 days",
                    "Send {\"until\": \"" + now.plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.HOURS) + "\"}.");
        }
        return changed(alarms.shelve(found(id).id(), callers.actor(), until));
    }

    @POST
    @RolesAllowed({Roles.ANALYST, Roles.OPERATOR})
    @Path("alarms/{id}/closing")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "closeAlarm",
            summary = "Close it, with what caused it",
            description =
                    "The cause is a decision on the last run that told of the alarm, and so a label as any other.")
    @APIResponse(responseCode = "200", description = "The alarm")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public AlarmView close(@PathParam("id") String id, @Nullable Closing closing) {
        Cause cause = closing == null ? null : closing.cause();
        if (closing == null || cause == null) {
            throw ProblemException.invalid(
                    "an alarm is closed with its cause", "Send {\"cause\": \"" + Cause.REPAIRED + "\"}.");
        }
        String comment = closing.comment();
        if (comment != null && comment.length() > LONGEST_TEXT) {
            throw ProblemException.invalid("a comment has at most 2,000 characters", "Shorten it.");
        }
        Optional<Alarm> closed = alarms.close(found(id).id(), callers.actor(), cause, comment);
        closed.ifPresent(alarm -> label(alarm, cause, comment));
        return changed(closed);
    }

    private void label(Alarm alarm, Cause cause, @Nullable String comment) {
        if (alarm.run() != null) {
            journal.append(new Decision(
                    Journal.newId(),
                    alarm.run(),
                    alarm.subject(),
                    cause == Cause.FALSE_ALARM ? Verdict.REJECTED : Verdict.ACCEPTED,
                    comment,
                    "{\"step\": \"CLOSED\", \"cause\": \"" + cause + "\"}",
                    callers.actor(),
                    Instant.now()));
        }
    }

    private static AlarmView changed(Optional<Alarm> alarm) {
        return alarm.map(AlarmView::of)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        409,
                        "refused",
                        "this alarm is closed, or somebody looks after it already",
                        "See /api/v1/telemetry/alarms for how it stands.")));
    }

    private Alarm found(String id) {
        try {
            return alarms.find(UUID.fromString(id)).orElseThrow(() -> none(id));
        } catch (IllegalArgumentException e) {
            throw none(id);
        }
    }

    private static ProblemException none(String id) {
        return ProblemException.notFound(
                "there is no alarm " + FileNames.last(id), "See /api/v1/telemetry/alarms for those that there are.");
    }
}
