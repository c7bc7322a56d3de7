package io.baigong.host.rest;

import io.baigong.host.access.Roles;
import io.baigong.host.batch.Batch;
import io.baigong.host.batch.BatchWorkers;
import io.baigong.host.batch.Batches;
import io.baigong.host.batch.EarlierRuns;
import io.baigong.host.batch.NewBatch;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.rest.BatchViews.BatchView;
import io.baigong.host.run.InvalidInput;
import io.baigong.journal.RunStatus;
import io.baigong.spi.Task;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Batches whose records are the inputs of earlier runs. */
@Path("/api/v1/batches/rescoring")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Batches")
public class RescoringResource {
    private final Batches batches;
    private final BatchWorkers workers;
    private final Catalogue catalogue;
    private final Callers callers;

    RescoringResource(Batches batches, BatchWorkers workers, Catalogue catalogue, Callers callers) {
        this.batches = batches;
        this.workers = workers;
        this.catalogue = catalogue;
        this.callers = callers;
    }

    /**
     * Which runs to run again; what is left out does not matter.
     *
     * @param name of the batch
     * @param model name of a model that answered
     * @param version of that model
     * @param most at most so many, the newest; 100 000 unless given
     * @param fields values for components that the input of a run does not have
     */
    public record NewRescoring(
            @Schema(examples = "finance.contract-review") @Nullable
            String task,

            @Nullable String name,

            @Schema(implementation = RunStatus.class) @Nullable
            String status,

            @Schema(description = "begun at this moment or later", examples = "2026-03-01") @Nullable
            String from,

            @Schema(description = "begun before this moment") @Nullable
            String to,

            @Nullable String model,
            @Nullable String version,
            @Nullable Integer most,
            @Nullable Map<String, @Nullable String> fields) {}

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createRescoring",
            summary = "Run a task again over runs of the journal",
            description =
                    "The records are the inputs of the tenant's own runs of that task, oldest first. Results and the"
                            + " report say which ended otherwise. Runs that were erased, and those that such a batch has made,"
                            + " are left out.")
    @APIResponse(
            responseCode = "201",
            description = "The batch, which runs",
            content = @Content(schema = @Schema(implementation = BatchView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    public Response create(@Context HttpHeaders headers, @Nullable NewRescoring wanted) throws IOException {
        if (wanted == null) {
            throw ProblemException.invalid("what shall be run again?", "Send {\"task\": …, \"from\": \"2026-03-01\"}.");
        }
        Task<?, ?> task = GivenTask.in(catalogue, callers, wanted.task());
        var runs = new EarlierRuns(
                Optional.ofNullable(wanted.status()).map(RunListing::status).orElse(null),
                Optional.ofNullable(wanted.from()).map(RunListing::moment).orElse(null),
                Optional.ofNullable(wanted.to()).map(RunListing::moment).orElse(null),
                wanted.model(),
                wanted.version(),
                wanted.most() == null ? EarlierRuns.MOST : wanted.most());
        try {
            Batch batch = batches.create(new NewBatch(
                    task,
                    name(wanted),
                    runs,
                    List.of(),
                    GivenFields.of(wanted.fields()),
                    callers.actor(),
                    Callers.occasion(headers)));
            workers.wake();
            return BatchResource.created(batch);
        } catch (InvalidInput e) {
            throw ProblemException.invalid(e.detail(), e.remedy());
        }
    }

    /** As given, or the period: {@code 2026-03-01/2026-04-01} (ISO 8601). */
    private static String name(NewRescoring wanted) {
        return wanted.name() == null || wanted.name().isBlank()
                ? (wanted.from() == null ? ".." : wanted.from()) + "/" + (wanted.to() == null ? ".." : wanted.to())
                : wanted.name();
    }
}
