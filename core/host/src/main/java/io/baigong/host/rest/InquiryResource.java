package io.baigong.host.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.baigong.host.access.Roles;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.reference.ReferenceStore;
import io.baigong.host.run.PlatformJson;
import io.baigong.spi.Inquiry;
import io.baigong.spi.References;
import io.baigong.spi.TaskId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Questions beside a task. */
@Path("/api/v1/tasks/{task}/inquiries")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Tasks")
public class InquiryResource {
    private static final int MOST_BYTES = 2 << 20;

    private final Catalogue catalogue;
    private final Callers callers;
    private final ReferenceStore references;

    InquiryResource(Catalogue catalogue, Callers callers, ReferenceStore references) {
        this.catalogue = catalogue;
        this.callers = callers;
        this.references = references;
    }

    @POST
    @Path("{inquiry}")
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER})
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "ask",
            summary = "Look something up beside a task, or check an input before it is given",
            description = "Asks no model and leaves no entry in the journal. A question has up to 2 MiB.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples = @ExampleObject(name = "code-search", value = "{\"words\": \"kidney failure\"}")))
    @APIResponse(
            responseCode = "200",
            description = "The answer",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "413", ref = "Problem")
    public JsonNode ask(
            @Parameter(example = "medical.icd-coding") @PathParam("task") String task,
            @Parameter(example = "code-search") @PathParam("inquiry") String name,
            @Parameter(hidden = true) InputStream body)
            throws IOException {
        return PlatformJson.mapper()
                .valueToTree(answer(
                        find(task, name),
                        body.readNBytes(MOST_BYTES + 1),
                        references.of(TaskId.parse(task).vertical())));
    }

    private static <Q extends Record> Record answer(Inquiry<Q, ?> inquiry, byte[] body, References references)
            throws IOException {
        if (body.length > MOST_BYTES) {
            throw new ProblemException(
                    Problem.of(413, "too-large", "a question has at most 2 MiB", "Ask about less at once."));
        }
        Q question;
        try {
            question = PlatformJson.mapper().readValue(body, inquiry.questionType());
        } catch (JacksonException e) {
            throw ProblemException.invalid(
                    "this is no question of " + inquiry.name(), "Send a JSON object; see /q/openapi for an example.");
        }
        if (question == null) {
            throw ProblemException.invalid("null is no question", "Send a JSON object, {} at least.");
        }
        return inquiry.answer(question, references);
    }

    private Inquiry<?, ?> find(String task, String name) {
        return catalogue.find(task).filter(callers::mayTouch).stream()
                .flatMap(one -> one.inquiries().stream())
                .filter(inquiry -> inquiry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "there is no inquiry " + FileNames.last(name) + " beside " + FileNames.last(task),
                        "See /api/v1/tasks for the tasks."));
    }
}
