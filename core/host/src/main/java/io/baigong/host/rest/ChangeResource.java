package io.baigong.host.rest;

import io.baigong.host.access.Grants;
import io.baigong.host.access.RequestTenancy;
import io.baigong.host.access.Roles;
import io.baigong.host.change.Change;
import io.baigong.host.change.Changes;
import io.baigong.host.change.Hearing;
import io.baigong.host.run.PlatformJson;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What changes, as it changes: server-sent events. */
@Path("/api/v1/events")
@RunOnVirtualThread
@Tag(name = "Events")
public class ChangeResource {
    /** A stream ends after so long, and its reader comes back, so that whose sign-in or role is gone hears no more. */
    private static final Duration LASTS = Duration.ofMinutes(1);

    /** A sign of life, for those in between who hang up on the silent. */
    private static final Duration SILENT = Duration.ofSeconds(5);

    /** Readers come back after so many milliseconds. */
    private static final String BACK = "retry: 500\n";

    private final Changes changes;
    private final Callers callers;
    private final SecurityIdentity identity;

    ChangeResource(Changes changes, Callers callers, SecurityIdentity identity) {
        this.changes = changes;
        this.callers = callers;
        this.identity = identity;
    }

    /**
     * The data of an event.
     *
     * @param subject what of that kind changed: the id of a run, a batch, a training, an alarm or an alert, or a role of models
     */
    public record Changed(
            @Schema(examples = "run") String kind,

            @Schema(description = "null where much of that kind changed") @Nullable
            String subject) {
        static Changed of(Change change) {
            return new Changed(change.kind().word(), change.subject());
        }
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "hearOfChanges",
            summary = "Tells what changes, of what the caller may list",
            description =
                    "An event `change` says of which kind the thing is (run, batch, training, model, alarm, alert) and names it;"
                            + " ask for it anew. A stream ends after a minute: come back with `Last-Event-ID`, as browsers do, and"
                            + " nothing is missed. After more than four minutes each kind is told once, without a name.")
    @APIResponse(
            responseCode = "200",
            description = "Events without end",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = Changed.class)))
    public Response hear(
            @Parameter(description = "the last id that was heard") @HeaderParam("Last-Event-ID") @Nullable
                    String last) {
        Grants grants = identity.getAttribute(RequestTenancy.GRANTS);
        Hearing hearing = changes.hear(callers.actor(), grants == null ? new Grants(List.of()) : grants, last);
        StreamingOutput events = out -> {
            try (hearing) {
                tell(hearing, out);
            }
        };
        return Response.ok(events, MediaType.SERVER_SENT_EVENTS)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no")
                .build();
    }

    private static void tell(Hearing hearing, OutputStream out) throws IOException {
        write(out, BACK);
        Hearing.Heard heard = next(hearing, Duration.ZERO);
        long end = System.nanoTime() + LASTS.toNanos();
        while (true) {
            for (Change change : heard.changes()) {
                write(
                        out,
                        "event: change\ndata: " + PlatformJson.mapper().writeValueAsString(Changed.of(change))
                                + "\n\n");
            }
            // By itself it is no event, but is what the reader comes back with.
            write(out, "id: " + heard.mark() + "\n\n");
            out.flush();
            long left = end - System.nanoTime();
            if (heard.over() || left <= 0) {
                return;
            }
            heard = next(hearing, Duration.ofNanos(Math.min(left, SILENT.toNanos())));
        }
    }

    private static Hearing.Heard next(Hearing hearing, Duration most) throws InterruptedIOException {
        try {
            return hearing.next(most);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
