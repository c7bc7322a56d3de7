package io.baigong.host.rest;

import io.baigong.host.access.Roles;
import io.baigong.host.model.ModelBundles;
import io.baigong.host.model.ModelLife;
import io.baigong.host.rest.ModelViews.Version;
import io.baigong.registry.artifact.UnsafeArtifactException;
import io.baigong.registry.history.RegistryEvent.Registered;
import io.baigong.spi.ModelException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.net.URI;
import java.util.NoSuchElementException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Versions as one file each, from suite to suite. */
@Path("/api/v1/models/{role}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Models")
public class ModelBundleResource {
    private final ModelBundles bundles;
    private final ModelLife life;
    private final ModelViews views;
    private final Callers callers;

    ModelBundleResource(ModelBundles bundles, ModelLife life, ModelViews views, Callers callers) {
        this.bundles = bundles;
        this.life = life;
        this.views = views;
        this.callers = callers;
    }

    @GET
    @Path("versions/{number}/bundle")
    @Produces("application/zip")
    @RolesAllowed({Roles.MODEL_OWNER, Roles.AUDITOR})
    @Operation(
            operationId = "exportModelVersion",
            summary = "A version as one file, which another suite can import",
            description =
                    "A zip: `manifest.json` with lineage, signature, metrics, gates and each file's SHA-256; `bom.json`, a"
                            + " CycloneDX 1.6 bill of materials with the model card; the model's files in `files/`.")
    @APIResponse(responseCode = "200", description = "The bundle", content = @Content(mediaType = "application/zip"))
    @APIResponse(responseCode = "404", ref = "Problem")
    public Response export(@PathParam("role") String role, @PathParam("number") int number) throws IOException {
        ModelBundles.Export export = bundles.export(role, number);
        StreamingOutput written = export::to;
        return Response.ok(written)
                .header(HttpHeaders.CONTENT_DISPOSITION, FileNames.disposition(role + "-" + number + "-bundle.zip"))
                .build();
    }

    @POST
    @Path("bundles")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(
            operationId = "importModelVersion",
            summary = "Takes in a version that another suite exported",
            description =
                    "The part `bundle` is the file. Every file is compared with its SHA-256. It becomes a candidate, whatever it was"
                            + " before: it is measured and approved here.")
    @APIResponse(responseCode = "201", description = "The version, a candidate")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "422", ref = "Problem")
    public Response take(@PathParam("role") String role, @RestForm("bundle") @Nullable FileUpload bundle)
            throws IOException {
        if (bundle == null) {
            throw ProblemException.invalid("the part 'bundle' is missing", "Send the exported file in it.");
        }
        try {
            var entry = bundles.register(role, bundle.uploadedFile(), callers.actor());
            int number = ((Registered) entry.event()).number();
            Version version = views.version(role, life.history(role), number);
            return Response.created(URI.create("/api/v1/models/" + role + "/versions/" + number))
                    .entity(version)
                    .build();
        } catch (ModelException e) {
            throw new ProblemException(Problem.of(
                    422,
                    "corrupt",
                    String.valueOf(e.getMessage()),
                    "Import a bundle whose model opens in the suite that exported it."));
        }
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
