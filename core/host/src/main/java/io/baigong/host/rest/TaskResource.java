package io.baigong.host.rest;

import io.baigong.host.access.Roles;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.catalogue.TaskSchemas;
import io.baigong.host.rest.Views.ExportView;
import io.baigong.host.rest.Views.PanelView;
import io.baigong.host.rest.Views.RoleView;
import io.baigong.host.rest.Views.RunView;
import io.baigong.host.rest.Views.SampleView;
import io.baigong.host.rest.Views.TaskView;
import io.baigong.host.run.FinishedRun;
import io.baigong.host.run.RunRequest;
import io.baigong.host.run.TaskRunner;
import io.baigong.spi.Benchmark;
import io.baigong.spi.Outcome;
import io.baigong.spi.Task;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** The tasks of all verticals. */
@Path("/api/v1/tasks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Tasks")
public class TaskResource {
    private final Catalogue catalogue;
    private final TaskSchemas schemas;
    private final TaskRunner runner;
    private final RunExports exports;
    private final Callers callers;

    TaskResource(Catalogue catalogue, TaskSchemas schemas, TaskRunner runner, RunExports exports, Callers callers) {
        this.catalogue = catalogue;
        this.schemas = schemas;
        this.runner = runner;
        this.exports = exports;
        this.callers = callers;
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Operation(operationId = "listTasks", summary = "All tasks, with their schemas, panels and samples")
    public List<TaskView> list() {
        return callers.tasks(catalogue).stream().map(this::view).toList();
    }

    @GET
    @RolesAllowed({Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR, Roles.MODEL_OWNER, Roles.AUDITOR, Roles.ADMINISTRATOR
    })
    @Path("{task}")
    @Operation(operationId = "getTask", summary = "One task")
    @APIResponse(responseCode = "200", description = "The task")
    @APIResponse(responseCode = "404", ref = "Problem")
    public TaskView get(@Parameter(example = "finance.contract-review") @PathParam("task") String task) {
        return view(find(task));
    }

    @POST
    @RolesAllowed({Roles.ANALYST, Roles.OPERATOR})
    @Path("{task}/runs")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            operationId = "createRun",
            summary = "Run a task",
            description = "One part with a file name for each file of the task's input, one part without for each other"
                    + " component; or one part `sample` with the name of a sample. Files up to 50 MiB in all."
                    + " The headers X-Purpose and X-Correlation-Id are kept with the run and in the audit log.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples = {
                                @ExampleObject(name = "sample", value = "{\"sample\": \"managed-services\"}"),
                                @ExampleObject(
                                        name = "upload",
                                        value = "{\"document\": \"(a PDF)\", \"playbook\": \"SERVICES_BUYING\"}")
                            }))
    @APIResponse(
            responseCode = "201",
            description = "The run, which answered or abstained",
            content = @Content(schema = @Schema(implementation = RunView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "413", ref = "Problem")
    @APIResponse(responseCode = "415", ref = "Problem")
    @APIResponse(responseCode = "422", ref = "Problem")
    @APIResponse(responseCode = "503", ref = "Problem")
    public Response run(
            @Parameter(example = "finance.contract-review") @PathParam("task") String id,
            @Context HttpHeaders headers,
            @Parameter(hidden = true) MultipartFormDataInput form)
            throws IOException {
        Task<?, ?> task = find(id);
        try (var input = RunInput.of(task, form)) {
            FinishedRun run = runner.run(new RunRequest(
                    task,
                    input.files(),
                    input.fields(),
                    callers.actor(),
                    OptionalLong.empty(),
                    Callers.occasion(headers)));
            if (run.outcome() instanceof Outcome.Failed<?>(var code, var detail, var remedy)) {
                return Problem.of(code, detail, remedy, run.entry().id()).response();
            }
            return Response.created(URI.create("/api/v1/runs/" + run.entry().id()))
                    .entity(RunView.of(run.entry(), exports.of(run.entry(), input.files())))
                    .build();
        }
    }

    private Task<?, ?> find(String id) {
        return catalogue.find(id).filter(callers::mayTouch).orElseThrow(() -> noTask(id, callers.tasks(catalogue)));
    }

    static ProblemException noTask(String id, List<Task<?, ?>> those) {
        return ProblemException.notFound(
                "there is no task " + id,
                "The tasks are "
                        + String.join(
                                ", ",
                                those.stream().map(task -> task.id().toString()).toList())
                        + ".");
    }

    private TaskView view(Task<?, ?> task) {
        return new TaskView(
                task.id().toString(),
                task.title(),
                schemas.input(task),
                schemas.output(task),
                task.roles().stream()
                        .map(role -> new RoleView(role.name(), role.kind()))
                        .toList(),
                task.panels().stream().map(PanelView::of).toList(),
                task.samples().stream()
                        .map(sample -> new SampleView(sample.name(), sample.title()))
                        .toList(),
                task.exports().stream()
                        .map(export -> new ExportView(export.format(), export.mediaType()))
                        .toList(),
                task.benchmarks().stream().map(Benchmark::name).toList());
    }
}
