package io.baigong.host.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.host.access.Admits;
import io.baigong.host.run.InvalidInput;
import io.baigong.host.training.TrainingFile;
import io.baigong.host.training.TrainingFiles;
import io.baigong.journal.Actor;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** {@code /v1/files}, as OpenAI's API has it, for what trainings learn from. */
@Path("/v1/files")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@PermitAll // but for the key
@Tag(name = "OpenAI")
public class FilesResource {
    /** What files are for here. */
    static final String PURPOSE = "fine-tune";

    private static final String PREFIX = "file-";

    private final TrainingFiles files;
    private final TrainingKeys keys;

    FilesResource(TrainingFiles files, TrainingKeys keys) {
        this.files = files;
        this.keys = keys;
    }

    /** A file. */
    public record FileObject(
            String id,
            String object,
            long bytes,
            @JsonProperty("created_at") long createdAt,
            String filename,
            String purpose,
            String status) {
        static FileObject of(TrainingFile file) {
            return new FileObject(
                    name(file.id()),
                    "file",
                    file.bytes(),
                    file.createdAt().getEpochSecond(),
                    file.name(),
                    PURPOSE,
                    "processed");
        }
    }

    /** Files, as OpenAI's API has lists. */
    public record FileList(
            String object,
            List<FileObject> data,
            @JsonProperty("has_more") boolean hasMore) {}

    /** A file that is gone. */
    public record Deleted(String id, String object, boolean deleted) {}

    /** What callers name the file by. */
    static String name(UUID file) {
        return PREFIX + file;
    }

    /** The file that a caller names. */
    static UUID file(String id) throws ApiException {
        try {
            if (id.startsWith(PREFIX)) {
                return UUID.fromString(id.substring(PREFIX.length()));
            }
        } catch (IllegalArgumentException e) {
            // As one that there is not.
        }
        throw none();
    }

    private static ApiException none() {
        return ApiException.notFound("There is no such file. GET /v1/files lists those that there are.", "id");
    }

    @POST
    @Admits(key = true)
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(operationId = "createFile", summary = "Keeps a file to learn from")
    public FileObject create(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @RestForm("file") @Nullable FileUpload file,
            @RestForm("purpose") @Nullable String purpose)
            throws ApiException {
        return keys.act(authorization, by -> {
            if (file == null) {
                throw ApiException.invalid("file is missing", "file");
            }
            if (!PURPOSE.equals(purpose)) {
                throw ApiException.invalid("purpose must be '" + PURPOSE + "'", "purpose");
            }
            return FileObject.of(kept(file, by));
        });
    }

    private TrainingFile kept(FileUpload file, Actor by) throws ApiException {
        try {
            return files.add(file.uploadedFile(), file.fileName(), by);
        } catch (InvalidInput e) {
            throw ApiException.invalid(e.detail() + ". " + e.remedy(), "file");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @GET
    @Admits(key = true)
    @Operation(operationId = "listFiles", summary = "Files to learn from, newest first")
    public FileList list(@HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) throws ApiException {
        return keys.act(
                authorization,
                by -> new FileList(
                        "list", files.list().stream().map(FileObject::of).toList(), false));
    }

    @GET
    @Admits(key = true)
    @Path("{id}")
    @Operation(operationId = "retrieveFile", summary = "A file to learn from")
    public FileObject get(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @PathParam("id") String id)
            throws ApiException {
        return keys.act(authorization, by -> FileObject.of(files.find(file(id)).orElseThrow(FilesResource::none)));
    }

    @DELETE
    @Admits(key = true)
    @Path("{id}")
    @Operation(operationId = "deleteFile", summary = "Deletes a file that no training needs any more")
    public Deleted delete(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, @PathParam("id") String id)
            throws ApiException {
        return keys.act(authorization, by -> {
            try {
                if (!files.remove(file(id), by)) {
                    throw none();
                }
                return new Deleted(id, "file", true);
            } catch (InvalidInput e) {
                throw ApiException.invalid(e.detail() + ". " + e.remedy(), "id");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @ServerExceptionMapper
    Response refused(ApiException e) {
        return ModelsResource.answer(e);
    }
}
