package io.baigong.host.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.baigong.host.access.Roles;
import io.baigong.host.batch.BatchSource;
import io.baigong.host.batch.BatchSources;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.run.InvalidInput;
import io.baigong.spi.Task;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Folders whose files become batches. */
@Path("/api/v1/batch-sources")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Batches")
public class BatchSourceResource {
    private static final int MOST_FILES = 100;

    private final BatchSources sources;
    private final Catalogue catalogue;
    private final Callers callers;

    BatchSourceResource(BatchSources sources, Catalogue catalogue, Callers callers) {
        this.sources = sources;
        this.catalogue = catalogue;
        this.callers = callers;
    }

    /**
     * A folder to watch.
     *
     * @param folder relative to the tenant's folder
     * @param fields values that all records share
     */
    public record NewSource(
            @Schema(examples = "finance.contract-review") @Nullable
            String task,

            @Schema(examples = "inbox") @Nullable String folder,
            @Nullable Map<String, @Nullable String> fields) {}

    /**
     * A folder that is watched.
     *
     * @param stopped why it is not watched any more: its maker may make no batches
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SourceView(
            UUID id,
            String task,
            String folder,
            Map<String, String> fields,
            String createdBy,
            Instant createdAt,
            @Nullable String stopped) {
        static SourceView of(BatchSource source) {
            return new SourceView(
                    source.id(),
                    source.task(),
                    source.folder(),
                    source.fields(),
                    source.createdBy().name(),
                    source.createdAt(),
                    source.stopped());
        }
    }

    /** A file that was taken: its batch, or why it was refused. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SourceFile(
            String name,
            String sha256,
            @Nullable UUID batch,
            @Nullable String refused,
            Instant at) {}

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Operation(operationId = "listBatchSources", summary = "Folders that are watched")
    @APIResponse(responseCode = "200", description = "All of the tenant")
    public List<SourceView> list() {
        return sources.list().stream().map(SourceView::of).toList();
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "addBatchSource",
            summary = "Watch a folder",
            description =
                    "Each file that lies in it or comes into it, and is complete, becomes one batch in the caller's name.")
    @APIResponse(
            responseCode = "201",
            description = "It is watched",
            content = @Content(schema = @Schema(implementation = SourceView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    public Response add(@Nullable NewSource wanted) {
        if (wanted == null || wanted.task() == null || wanted.folder() == null) {
            throw ProblemException.invalid(
                    "a source has a task and a folder", "Send {\"task\": …, \"folder\": \"inbox\"}.");
        }
        Task<?, ?> task = GivenTask.in(catalogue, callers, wanted.task());
        try {
            BatchSource source = sources.add(task, wanted.folder(), GivenFields.of(wanted.fields()), callers.actor());
            return Response.created(URI.create("/api/v1/batch-sources/" + source.id()))
                    .entity(SourceView.of(source))
                    .build();
        } catch (InvalidInput e) {
            throw ProblemException.invalid(e.detail(), e.remedy());
        }
    }

    @DELETE
    @RolesAllowed(Roles.OPERATOR)
    @Path("{id}")
    @Operation(operationId = "removeBatchSource", summary = "Watch a folder no more; its batches stay")
    @APIResponse(responseCode = "204", description = "It is not watched any more")
    @APIResponse(responseCode = "404", ref = "Problem")
    public void remove(@PathParam("id") String id) {
        if (!sources.remove(id(id), callers.actor())) {
            throw none(id);
        }
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("{id}/files")
    @Operation(operationId = "listBatchSourceFiles", summary = "What became of the newest 100 files of a folder")
    @APIResponse(responseCode = "200", description = "Newest first")
    @APIResponse(responseCode = "404", ref = "Problem")
    public List<SourceFile> files(@PathParam("id") String id) {
        UUID source = id(id);
        if (sources.list().stream().noneMatch(one -> one.id().equals(source))) {
            throw none(id);
        }
        return sources.files(source, MOST_FILES).stream()
                .map(seen -> new SourceFile(seen.name(), seen.sha256(), seen.batch(), seen.refused(), seen.at()))
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
        return ProblemException.notFound("no folder is watched as " + FileNames.last(id), "See /api/v1/batch-sources.");
    }
}
