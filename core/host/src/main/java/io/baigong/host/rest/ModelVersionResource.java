package io.baigong.host.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.host.access.Roles;
import io.baigong.host.model.Artifacts;
import io.baigong.host.model.ModelLife;
import io.baigong.host.model.ModelReport;
import io.baigong.host.report.ReportPage;
import io.baigong.host.rest.ModelViews.Change;
import io.baigong.host.rest.ModelViews.Entry;
import io.baigong.host.rest.ModelViews.GateOverride;
import io.baigong.host.rest.ModelViews.Promotion;
import io.baigong.host.rest.ModelViews.ToMeasure;
import io.baigong.host.rest.ModelViews.Version;
import io.baigong.host.rest.ModelViews.VersionCard;
import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.artifact.UnsafeArtifactException;
import io.baigong.registry.history.Lineage;
import io.baigong.registry.history.ModelHistory;
import io.baigong.registry.history.RefusedException;
import io.baigong.registry.history.RegistryEvent.Registered;
import io.baigong.registry.history.VersionState;
import io.baigong.spi.ModelException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
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
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.PartType;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Versions of the model of a role: from candidate over gates and a person's word into service, and back. */
@Path("/api/v1/models/{role}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Models")
public class ModelVersionResource {
    private static final int LONGEST_REASON = 2_000;

    private final ModelLife life;
    private final ModelViews views;
    private final Artifacts artifacts;
    private final Callers callers;
    private final ObjectMapper json;

    ModelVersionResource(ModelLife life, ModelViews views, Artifacts artifacts, Callers callers, ObjectMapper json) {
        this.life = life;
        this.views = views;
        this.artifacts = artifacts;
        this.callers = callers;
        this.json = json;
    }

    @GET
    @Path("versions")
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Operation(operationId = "listModelVersions", summary = "The registered versions of a role, newest first")
    @APIResponse(responseCode = "200", description = "The versions")
    @APIResponse(responseCode = "404", ref = "Problem")
    public List<Version> versions(@PathParam("role") String role) {
        return views.versions(role, life.history(role));
    }

    @POST
    @Path("versions")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(
            operationId = "registerModelVersion",
            summary = "Registers a model for a role",
            description =
                    "The part `artifact` is the folder that `./baigong train` wrote, as a zip; the part `lineage`, if it"
                            + " is there, says as JSON where the model comes from. The model is opened once; what can't be opened, or"
                            + " holds files that can run code, is refused.")
    @APIResponse(responseCode = "201", description = "The version, a candidate")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "422", ref = "Problem")
    public Response register(
            @PathParam("role") String role,
            @RestForm("artifact") @Nullable FileUpload artifact,
            @RestForm("lineage") @PartType(MediaType.TEXT_PLAIN) @Nullable String lineage)
            throws IOException {
        if (artifact == null) {
            throw ProblemException.invalid("the part 'artifact' is missing", "Send the model's folder as a zip in it.");
        }
        try {
            var entry = life.register(role, artifact.uploadedFile(), lineage(lineage), callers.actor());
            int number = ((Registered) entry.event()).number();
            return Response.created(URI.create("/api/v1/models/" + role + "/versions/" + number))
                    .entity(views.version(role, life.history(role), number))
                    .build();
        } catch (ModelException e) {
            throw new ProblemException(Problem.of(
                    422,
                    "corrupt",
                    String.valueOf(e.getMessage()),
                    "Register a model of the kind that the role needs, as './baigong train' wrote it."));
        }
    }

    private Lineage lineage(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return Lineage.UNKNOWN;
        }
        try {
            return json.readValue(given, Lineage.class);
        } catch (JsonProcessingException e) {
            throw ProblemException.invalid(
                    "the part 'lineage' is not the JSON of a lineage", "See Lineage in /q/openapi.");
        }
    }

    @GET
    @Path("versions/{number}")
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Operation(operationId = "getModelVersion", summary = "A version with its model card")
    @APIResponse(responseCode = "200", description = "The version")
    @APIResponse(responseCode = "404", ref = "Problem")
    public VersionCard version(@PathParam("role") String role, @PathParam("number") int number) throws IOException {
        ModelHistory history = life.history(role);
        return new VersionCard(
                views.version(role, history, number),
                artifacts.card(history.version(number).registered().artifact()));
    }

    @GET
    @Path("versions/{number}/report")
    @Produces({MediaType.TEXT_HTML, ReportFormat.PDF_TYPE})
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Operation(
            operationId = "getModelReport",
            summary = "What is known of a version, under the headings of Annex IV of the EU AI Act",
            description =
                    "HTML or PDF, in English or Chinese: `?format=pdf&language=zh`, or as Accept and Accept-Language say.")
    @APIResponse(responseCode = "200", description = "The report")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    public Response report(
            @PathParam("role") String role,
            @PathParam("number") int number,
            @QueryParam("format") @Nullable String format,
            @QueryParam("language") @Nullable String language,
            @Context HttpHeaders headers)
            throws IOException {
        ReportFormat wanted = ReportFormat.wanted(format, headers);
        ModelHistory history = life.history(role);
        ModelHistory.Version version = history.version(number);
        ReportPage page = ModelReport.of(
                ReportFormat.language(language, headers),
                role,
                life.tasks(role),
                history,
                version,
                life.gates(role),
                history.state(version) == VersionState.SERVING ? null : life.compare(role, number),
                artifacts.card(version.registered().artifact()));
        return (wanted == ReportFormat.JSON ? ReportFormat.HTML : wanted).file(page, role + "-" + number + "-report");
    }

    @GET
    @Path("versions/{number}/artifact")
    @Produces("application/zip")
    @RolesAllowed({Roles.MODEL_OWNER, Roles.AUDITOR})
    @Operation(
            operationId = "getModelArtifact",
            summary = "The files of a version, as a zip that can be registered again")
    @APIResponse(responseCode = "200", description = "The zip", content = @Content(mediaType = "application/zip"))
    @APIResponse(responseCode = "404", ref = "Problem")
    public Response artifact(@PathParam("role") String role, @PathParam("number") int number) {
        Artifact artifact = life.history(role).version(number).registered().artifact();
        StreamingOutput zipped = out -> {
            try (var zip = new ZipOutputStream(out)) {
                for (String name : artifact.files().keySet()) {
                    zip.putNextEntry(new ZipEntry(name));
                    try (var file = artifacts.open(artifact, name)) {
                        file.transferTo(zip);
                    }
                }
            }
        };
        return Response.ok(zipped)
                .header(HttpHeaders.CONTENT_DISPOSITION, FileNames.disposition(role + "-" + number + ".zip"))
                .build();
    }

    @POST
    @Path("versions/{number}/evaluations")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(
            operationId = "evaluateModelVersion",
            summary = "Has a version measured on the data that the operator keeps back for a benchmark",
            description = "It goes on by itself; its progress stands in the version.")
    @APIResponse(responseCode = "202", description = "It waits or goes on")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    public Response evaluate(
            @PathParam("role") String role, @PathParam("number") int number, @Nullable ToMeasure wanted) {
        if (wanted == null || wanted.benchmark() == null) {
            throw ProblemException.invalid("which benchmark?", "Send {\"benchmark\": …}.");
        }
        life.history(role).version(number);
        try {
            life.evaluate(role, number, wanted.benchmark(), callers.actor());
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    String.valueOf(e.getMessage()), "This role can be measured here on " + life.benchmarks(role) + ".");
        }
        return Response.accepted(views.version(role, life.history(role), number))
                .build();
    }

    @POST
    @Path("versions/{number}/approval")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(
            operationId = "approveModelVersion",
            summary = "Allows a version to serve",
            description =
                    "Refused while a gate is not passed, unless `override` says why it may serve nevertheless; and refused"
                            + " to who registered it.")
    @APIResponse(responseCode = "200", description = "The version, approved")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public Version approve(
            @PathParam("role") String role, @PathParam("number") int number, @Nullable GateOverride wanted) {
        String override =
                wanted == null || wanted.override() == null || wanted.override().isBlank()
                        ? null
                        : reason(wanted.override());
        life.approve(role, number, override, callers.actor());
        return views.version(role, life.history(role), number);
    }

    @POST
    @Path("versions/{number}/promotion")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(
            operationId = "promoteModelVersion",
            summary = "Has an approved version serve, from the next run on, or changes its share of the runs",
            description =
                    "Without `percent` it gets all runs of the role. With less than 100, what serves now keeps the rest; a run has one"
                            + " version to its end, by a hash of its id.")
    @APIResponse(responseCode = "200", description = "The version, serving")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public Version promote(
            @PathParam("role") String role, @PathParam("number") int number, @Nullable Promotion wanted) {
        int percent = wanted == null || wanted.percent() == null ? 100 : wanted.percent();
        if (percent < 1 || percent > 100) {
            throw ProblemException.invalid(
                    "a share is 1 to 100 per cent, not " + percent, "To take a version back, roll back.");
        }
        String reason = reason(wanted == null ? null : new Change(wanted.reason()));
        life.promote(role, number, percent, reason, callers.actor());
        return views.version(role, life.history(role), number);
    }

    @POST
    @Path("versions/{number}/retirement")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "retireModelVersion", summary = "Takes a version out of use for good")
    @APIResponse(responseCode = "200", description = "The version, retired")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public Version retire(@PathParam("role") String role, @PathParam("number") int number, @Nullable Change why) {
        life.retire(role, number, reason(why), callers.actor());
        return views.version(role, life.history(role), number);
    }

    @POST
    @Path("rollback")
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "rollBackModel", summary = "Has serve what served before the last promotion")
    @APIResponse(responseCode = "200", description = "What happened in the role, newest first")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public List<Entry> rollBack(@PathParam("role") String role, @Nullable Change why) {
        life.rollBack(role, reason(why), callers.actor());
        return history(role);
    }

    @GET
    @Path("history")
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Operation(operationId = "getModelHistory", summary = "All that happened in a role, newest first")
    @APIResponse(responseCode = "200", description = "What happened")
    @APIResponse(responseCode = "404", ref = "Problem")
    public List<Entry> history(@PathParam("role") String role) {
        return life.history(role).entries().stream().map(Entry::of).toList().reversed();
    }

    private static String reason(@Nullable Change why) {
        if (why == null || why.reason() == null || why.reason().isBlank()) {
            throw ProblemException.invalid("a reason is missing", "Send {\"reason\": …}; the history keeps it.");
        }
        return reason(why.reason());
    }

    private static String reason(String given) {
        if (given.length() > LONGEST_REASON) {
            throw ProblemException.invalid(
                    "the reason is longer than " + LONGEST_REASON + " characters", "Say it in fewer words.");
        }
        return given.strip();
    }

    @ServerExceptionMapper
    Response refused(RefusedException e) {
        return Problem.of(409, "refused", String.valueOf(e.getMessage()), e.remedy())
                .response();
    }

    @ServerExceptionMapper
    Response unsafe(UnsafeArtifactException e) {
        return Problem.of(422, "hostile", String.valueOf(e.getMessage()), e.remedy())
                .response();
    }

    @ServerExceptionMapper
    Response unknown(NoSuchElementException e) {
        return Problem.of(404, "not-found", String.valueOf(e.getMessage()), "See /api/v1/models.")
                .response();
    }
}
