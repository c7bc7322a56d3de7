package io.baigong.host.rest;

import io.baigong.gateway.key.UsageReport;
import io.baigong.host.access.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the gateway's calls used. */
@Path("/api/v1/usage")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Keys")
public class UsageResource {
    private final UsageReport report;
    private final Callers callers;
    private final InstantSource clock = InstantSource.system();

    UsageResource(UsageReport report, Callers callers) {
        this.report = report;
        this.callers = callers;
    }

    /** How far back a report goes, and in which steps. */
    private enum Period {
        HOUR(Duration.ofHours(1), Duration.ofMinutes(1)),
        DAY(Duration.ofDays(1), Duration.ofMinutes(30)),
        WEEK(Duration.ofDays(7), Duration.ofHours(4)),
        MONTH(Duration.ofDays(30), Duration.ofDays(1));

        private final Duration length;
        private final Duration step;

        Period(Duration length, Duration step) {
            this.length = length;
            this.step = step;
        }
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.ADMINISTRATOR, Roles.AUDITOR})
    @Operation(
            operationId = "getUsage",
            summary = "Calls, failures, tokens and times of the last hour, day, week or month",
            description = "By stretch of time, by model and by key. The suite's own calls have no key.")
    @APIResponse(responseCode = "200", description = "The report")
    @APIResponse(responseCode = "400", ref = "Problem")
    public UsageReport.Report usage(
            @Parameter(description = "hour, day, week or month", example = "day")
                    @QueryParam("period")
                    @DefaultValue("day")
                    String period)
            throws SQLException {
        callers.needAllTasks();
        Period wanted = period(period);
        long step = wanted.step.toSeconds();
        // Whole steps, so that a stretch does not change its bounds from one look to the next.
        Instant to = Instant.ofEpochSecond((clock.instant().getEpochSecond() / step + 1) * step);
        return report.of(to.minus(wanted.length), to, wanted.step);
    }

    private static Period period(String text) {
        try {
            return Period.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("there is no period " + text, "Ask for hour, day, week or month.");
        }
    }
}
