package io.baigong.host.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.host.access.Roles;
import io.baigong.host.batch.Batch;
import io.baigong.host.batch.BatchOrigin;
import io.baigong.host.batch.BatchReport;
import io.baigong.host.batch.BatchReportPage;
import io.baigong.host.batch.BatchState;
import io.baigong.host.batch.BatchWorkers;
import io.baigong.host.batch.Batches;
import io.baigong.host.batch.NewBatch;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.report.Language;
import io.baigong.host.rest.BatchViews.BatchView;
import io.baigong.host.rest.BatchViews.RecordView;
import io.baigong.host.rest.BatchViews.ReportView;
import io.baigong.host.run.GivenFile;
import io.baigong.host.run.InvalidInput;
import io.baigong.journal.RunStatus;
import io.baigong.journal.Tenancy;
import io.baigong.spi.Task;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;
import org.jspecify.annotations.Nullable;

/** Batches: many records for one task. */
@Path("/api/v1/batches")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Batches")
public class BatchResource {
    private static final String RECORDS = "records";
    private static final String JSON_LINES = "application/x-ndjson";

    private final Batches batches;
    private final BatchWorkers workers;
    private final Catalogue catalogue;
    private final Callers callers;
    private final ObjectMapper json;

    BatchResource(Batches batches, BatchWorkers workers, Catalogue catalogue, Callers callers, ObjectMapper json) {
        this.batches = batches;
        this.workers = workers;
        this.catalogue = catalogue;
        this.callers = callers;
        this.json = json;
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Operation(operationId = "listBatches", summary = "Batches, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of the list",
            headers =
                    @Header(
                            name = RunListing.TOTAL,
                            description = "how many batches there are",
                            schema = @Schema(type = SchemaType.INTEGER)),
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = BatchView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    public Response list(
            @QueryParam("task") @Nullable String task,
            @Parameter(schema = @Schema(implementation = BatchState.class)) @QueryParam("state") @Nullable String state,
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("50") String limit) {
        Batches.Page page = batches.list(
                task,
                state == null ? null : constant(BatchState.class, state),
                RunListing.number("offset", offset, 0, Integer.MAX_VALUE),
                RunListing.number("limit", limit, 1, RunListing.MOST_RUNS));
        return Response.ok(page.batches().stream().map(BatchView::of).toList())
                .header(RunListing.TOTAL, page.total())
                .build();
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            operationId = "createBatch",
            summary = "Run a task over many records",
            description =
                    "The part `task` names the task. Each part `records` is a file: JSON Lines or CSV with a record a"
                            + " line, whose members are components of the task's input and, if wanted, `name`; a document, which is"
                            + " a record by itself; or a zip of these. Every other part is shared by all records. Up to 50 MiB in"
                            + " all. The batch runs by itself; nothing of it is kept where one record can't be read.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples =
                                    @ExampleObject(
                                            name = "contracts",
                                            value =
                                                    "{\"task\": \"finance.contract-review\", \"records\": \"(a zip of PDFs)\"}")))
    @APIResponse(
            responseCode = "201",
            description = "The batch, which runs",
            content = @Content(schema = @Schema(implementation = BatchView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "413", ref = "Problem")
    public Response create(@Context HttpHeaders headers, @Parameter(hidden = true) MultipartFormDataInput form)
            throws IOException {
        RunInput given = RunInput.parts(form);
        List<GivenFile> records = new ArrayList<>();
        List<GivenFile> shared = new ArrayList<>();
        given.files().forEach(file -> (file.component().equals(RECORDS) ? records : shared).add(file));
        Map<String, String> fields = given.fields();
        Task<?, ?> task = GivenTask.in(catalogue, callers, fields.remove("task"));
        if (records.isEmpty()) {
            throw ProblemException.invalid("no file with records was sent", "Send at least one part records.");
        }
        String asked = fields.remove("name");
        String name = asked == null || asked.isBlank() ? records.getFirst().name() : asked;
        try {
            Batch batch = batches.create(new NewBatch(
                    task,
                    name,
                    new BatchOrigin.Files(records),
                    shared,
                    fields,
                    callers.actor(),
                    Callers.occasion(headers)));
            workers.wake();
            return created(batch);
        } catch (InvalidInput e) {
            throw ProblemException.invalid(e.detail(), e.remedy());
        }
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("{id}")
    @Operation(operationId = "getBatch", summary = "A batch and how far it is")
    @APIResponse(responseCode = "200", description = "The batch")
    @APIResponse(responseCode = "404", ref = "Problem")
    public BatchView get(@PathParam("id") String id) {
        return BatchView.of(find(id));
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Path("{id}/pause")
    @Operation(operationId = "pauseBatch", summary = "Take up no further record for now")
    @APIResponse(responseCode = "200", description = "The batch")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public BatchView pause(@PathParam("id") String id) {
        UUID batch = find(id).id();
        return changed(batch, () -> batches.pause(batch), "only a batch that runs can be paused");
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Path("{id}/resume")
    @Operation(operationId = "resumeBatch", summary = "Go on after a pause")
    @APIResponse(responseCode = "200", description = "The batch")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public BatchView resume(@PathParam("id") String id) {
        UUID batch = find(id).id();
        return changed(batch, () -> batches.resume(batch), "only a batch that is paused can go on");
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Path("{id}/cancellation")
    @Operation(operationId = "cancelBatch", summary = "End a batch for good; what is done stays")
    @APIResponse(responseCode = "200", description = "The batch")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public BatchView cancel(@PathParam("id") String id) {
        UUID batch = find(id).id();
        return changed(batch, () -> batches.cancel(batch), "only a batch that has not ended can be cancelled");
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Path("{id}/rerun")
    @Operation(operationId = "rerunFailures", summary = "Run the records again that failed")
    @APIResponse(responseCode = "200", description = "The batch")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public BatchView rerun(@PathParam("id") String id) {
        UUID batch = find(id).id();
        return changed(
                batch,
                () -> batches.rerunFailed(batch) > 0,
                "there is no failed record that could be run again, or the batch was cancelled");
    }

    private BatchView changed(UUID batch, BooleanSupplier change, String otherwise) {
        if (!change.getAsBoolean()) {
            throw new ProblemException(Problem.of(409, "conflict", otherwise, "See the state of the batch."));
        }
        workers.wake();
        return BatchView.of(batches.find(batch).orElseThrow());
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("{id}/records")
    @Operation(operationId = "listBatchRecords", summary = "The records of a batch in their order, without outputs")
    @APIResponse(responseCode = "200", description = "A page of the list")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    public List<RecordView> records(
            @PathParam("id") String id,
            @Parameter(schema = @Schema(implementation = RunStatus.class)) @QueryParam("status") @Nullable
                    String status,
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("50") String limit) {
        List<RecordView> page = new ArrayList<>();
        batches.results(
                find(id).id(),
                status == null ? null : constant(RunStatus.class, status),
                RunListing.number("offset", offset, 0, Integer.MAX_VALUE),
                RunListing.number("limit", limit, 1, RunListing.MOST_RUNS),
                result -> page.add(RecordView.of(result, false)));
        return page;
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("{id}/results")
    @Produces(JSON_LINES)
    @Operation(operationId = "getBatchResults", summary = "All records with their outputs, as JSON Lines")
    @APIResponse(responseCode = "200", description = "A line a record", content = @Content(mediaType = JSON_LINES))
    @APIResponse(responseCode = "404", ref = "Problem")
    public Response results(@PathParam("id") String id) {
        Batch batch = find(id);
        var tenancy = Tenancy.of(batch.createdBy().tenant());
        StreamingOutput lines = out -> {
            var buffered = new BufferedOutputStream(out, 1 << 16);
            tenancy.run(() -> batches.results(batch.id(), null, 0, Long.MAX_VALUE, result -> {
                try {
                    buffered.write(json.writeValueAsBytes(RecordView.of(result, true)));
                    buffered.write('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            buffered.flush();
        };
        return Response.ok(lines, JSON_LINES)
                .header(HttpHeaders.CONTENT_DISPOSITION, FileNames.disposition(batch.name() + "-results.jsonl"))
                .build();
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR})
    @Path("{id}/report")
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML, ReportFormat.PDF_TYPE})
    @Operation(
            operationId = "getBatchReport",
            summary = "What became of the records so far",
            description = "As JSON, or as a page for people in HTML or PDF: as `format` says, or else `Accept`.")
    @APIResponse(
            responseCode = "200",
            description = "The report",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ReportView.class)),
                @Content(mediaType = MediaType.TEXT_HTML),
                @Content(mediaType = ReportFormat.PDF_TYPE)
            })
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    public Response report(
            @PathParam("id") String id,
            @Parameter(description = "json, html or pdf") @QueryParam("format") @Nullable String format,
            @Parameter(description = "of a page for people, en or zh; else as Accept-Language says")
                    @QueryParam("language")
                    @Nullable
                    String language,
            @Context HttpHeaders headers)
            throws IOException {
        ReportFormat wanted = ReportFormat.wanted(format, headers);
        Language reader = ReportFormat.language(language, headers);
        Batch batch = find(id);
        Task<?, ?> task = catalogue
                .find(batch.task())
                .orElseThrow(() -> ProblemException.notFound(
                        "the suite has no task " + batch.task() + " any more", "Install its vertical again."));
        var report = new BatchReport(task.outputType());
        batches.results(batch.id(), null, 0, Long.MAX_VALUE, report::add);
        return wanted == ReportFormat.JSON
                ? Response.ok(ReportView.of(batch, report), MediaType.APPLICATION_JSON_TYPE)
                        .build()
                : wanted.file(BatchReportPage.of(reader, batch, task.title(), report), batch.name() + "-report");
    }

    /** The answer to who made a batch. */
    static Response created(Batch batch) {
        return Response.created(URI.create("/api/v1/batches/" + batch.id()))
                .entity(BatchView.of(batch))
                .build();
    }

    private Batch find(String id) {
        return batches.find(id(id))
                .orElseThrow(() -> ProblemException.notFound("there is no batch " + id, "See /api/v1/batches."));
    }

    static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.notFound("there is no batch " + FileNames.last(text), "A batch's id is a UUID.");
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    "there is no " + FileNames.last(text),
                    "It is one of " + Arrays.toString(type.getEnumConstants()) + ".");
        }
    }
}
