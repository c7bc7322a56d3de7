package io.baigong.host.mlflow;

import io.baigong.host.access.Roles;
import io.baigong.host.mlflow.MlflowException.Code;
import io.baigong.host.mlflow.Views.Done;
import io.baigong.host.mlflow.Views.FileInfo;
import io.baigong.host.model.Artifacts;
import io.baigong.host.model.ModelLife;
import io.baigong.host.rest.Callers;
import io.baigong.registry.artifact.Artifact;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.NoSuchElementException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * MLflow's proxy of artifacts (mlflow_artifacts.proto): {@code EXPERIMENT/RUN/artifacts/PATH} are files of a run, {@code
 * models/NAME/VERSION/FILE} those of a version, which are read only.
 */
@Path("/api/2.0/mlflow-artifacts/artifacts")
@RunOnVirtualThread
@org.eclipse.microprofile.openapi.annotations.tags.Tag(name = "MLflow")
public class ArtifactsResource {
    private static final String MODELS = "models";
    private static final String ROOT = "artifacts";

    private final Runs runs;
    private final RunArtifacts files;
    private final Artifacts store;
    private final Stages stages;
    private final ModelLife life;
    private final Callers callers;

    ArtifactsResource(Runs runs, RunArtifacts files, Artifacts store, Stages stages, ModelLife life, Callers callers) {
        this.runs = runs;
        this.files = files;
        this.store = store;
        this.stages = stages;
        this.life = life;
        this.callers = callers;
    }

    /** What a folder holds; names are without the folder. */
    @Schema(name = "MlflowArtifactList")
    public record Listing(List<FileInfo> files) {}

    /**
     * A place of a run.
     *
     * @param path below the run's root; empty for the root
     */
    private record Place(Runs.Run run, String path) {}

    private Place place(String given) {
        String[] steps = ArtifactPath.of(given).split("/", 4);
        if (steps.length < 3 || !steps[2].equals(ROOT)) {
            throw MlflowException.invalid(
                    "Invalid path: files of runs are in EXPERIMENT/RUN/artifacts, as a run's artifact_uri says.");
        }
        Runs.Run run = runs.find(steps[1]);
        if (!String.valueOf(run.experiment()).equals(steps[0])) {
            throw MlflowException.missing("Run " + run.number() + " is not of that experiment.");
        }
        return new Place(run, steps.length == 4 ? steps[3] : "");
    }

    private static boolean isOfModel(String path) {
        return path.equals(MODELS) || path.startsWith(MODELS + "/");
    }

    private Artifact artifact(String role, String number) {
        String name = stages.model(role);
        try {
            return life.history(name)
                    .version(stages.version(name, number))
                    .registered()
                    .artifact();
        } catch (NoSuchElementException e) {
            throw MlflowException.missing(String.valueOf(e.getMessage()));
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.AUDITOR, Roles.MODEL_OWNER})
    @Operation(operationId = "mlflowProxyListArtifacts", summary = "What a folder of a run or a version holds")
    public Listing list(@QueryParam("path") @Nullable String path) {
        String given = ArtifactPath.of(path);
        if (isOfModel(given)) {
            String[] steps = given.split("/", -1);
            if (steps.length != 3) {
                throw MlflowException.invalid("Invalid path: files of a version are in models/NAME/VERSION.");
            }
            return new Listing(artifact(steps[1], steps[2]).files().entrySet().stream()
                    .map(file ->
                            new FileInfo(file.getKey(), false, file.getValue().bytes()))
                    .toList());
        }
        Place place = place(given);
        return new Listing(files.list(place.run(), place.path()).stream()
                .map(file -> new FileInfo(
                        file.path().substring(file.path().lastIndexOf('/') + 1), file.isDir(), file.fileSize()))
                .toList());
    }

    @GET
    @Path("{path:.+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed({Roles.AUDITOR, Roles.MODEL_OWNER})
    @Operation(operationId = "mlflowProxyGetArtifact", summary = "A file of a run or a version")
    public Response get(@PathParam("path") String path) throws IOException {
        String given = ArtifactPath.of(path);
        Artifact.Part part;
        if (isOfModel(given)) {
            String[] steps = given.split("/", -1);
            Artifact artifact = artifact(steps.length > 1 ? steps[1] : "", steps.length > 2 ? steps[2] : "");
            Artifact.Part kept = steps.length == 4 ? artifact.files().get(steps[3]) : null;
            if (kept == null) {
                throw MlflowException.missing("The version has no file of that name.");
            }
            part = kept;
        } else {
            Place place = place(given);
            part = files.find(place.run(), place.path());
        }
        check(part);
        // To be saved, never shown: what strangers logged may be a page with scripts.
        return Response.ok(store.open(part), MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .build();
    }

    /** What is not what was kept does not leave at all, rather than breaking off at its end. */
    private void check(Artifact.Part part) {
        try (InputStream in = store.open(part)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.getLogger(ArtifactsResource.class.getName())
                    .log(System.Logger.Level.ERROR, "a kept file can't be served", e);
            throw new MlflowException(
                    Code.INTERNAL_ERROR,
                    "The file with SHA-256 " + part.sha256()
                            + " is gone or was changed where it is kept, and is not served."
                            + " Log it again, or have the operator restore it.");
        }
    }

    @PUT
    @Path("{path:.+}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowProxyPutArtifact", summary = "Keeps a file of a run")
    public Done put(@PathParam("path") String path, InputStream content) throws IOException {
        Place place = place(writable(path));
        if (place.run().deleted()) {
            throw MlflowException.invalid("Run " + place.run().number() + " is deleted; restore it first.");
        }
        ArtifactPath.of(place.path());
        // On disk before its row; and no transaction waits for a slow sender.
        files.put(place.run(), place.path(), store.add(content), callers.actor());
        return Views.DONE;
    }

    private static String writable(String path) {
        String given = ArtifactPath.of(path);
        if (isOfModel(given)) {
            throw MlflowException.invalid("Files of versions never change; register another version.");
        }
        return given;
    }

    @DELETE
    @Path("{path:.+}")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.MODEL_OWNER)
    @Operation(operationId = "mlflowProxyDeleteArtifact", summary = "Forgets a file or a folder of a run")
    public Done delete(@PathParam("path") String path) {
        Place place = place(writable(path));
        if (!files.delete(place.run(), place.path(), callers.actor())) {
            throw MlflowException.missing("The run has no file of that path.");
        }
        return Views.DONE;
    }
}
