package io.baigong.host.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.baigong.host.access.Roles;
import io.baigong.host.batch.Batch;
import io.baigong.host.batch.BatchState;
import io.baigong.host.batch.Batches;
import io.baigong.host.batch.RemoteBatches;
import io.baigong.host.batch.RemoteBatches.Conflict;
import io.baigong.host.batch.RemoteBatches.Made;
import io.baigong.host.batch.RemoteBatches.Taken;
import io.baigong.host.batch.RemoteBatches.Wanted;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.rest.BatchViews.BatchView;
import io.baigong.host.rest.BatchViews.RecordView;
import io.baigong.host.run.InvalidInput;
import io.baigong.spi.Task;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Batches whose records are run outside the suite, by {@code ./baigong work}. */
@Path("/api/v1/remote-batches")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Batches")
public class RemoteBatchResource {
    private static final int MOST_RECORDS = 1_000;

    private final RemoteBatches remote;
    private final Batches batches;
    private final Catalogue catalogue;
    private final Callers callers;

    RemoteBatchResource(RemoteBatches remote, Batches batches, Catalogue catalogue, Callers callers) {
        this.remote = remote;
        this.batches = batches;
        this.catalogue = catalogue;
        this.callers = callers;
    }

    /** A batch to begin. */
    public record NewRemoteBatch(
            @Schema(examples = "medical.icd-coding") @Nullable
            String task,

            @Schema(examples = "notes of 2026") @Nullable String name,

            @Schema(description = "how many records it has") @Nullable
            Long total) {}

    /** A record that somebody wants to run. */
    public record WantedRecord(
            @Schema(description = "counted from 0") @Nullable
            Long position,

            @Schema(description = "of the run's input") @Nullable
            String inputSha256) {}

    /** What became of wanted records; those that are neither ended nor taken are to be asked for again. */
    public record TakenRecords(BatchState state, List<RecordView> ended, List<Long> taken) {
        static TakenRecords of(Taken taken) {
            return new TakenRecords(
                    taken.state(),
                    taken.ended().stream().map(one -> RecordView.of(one, true)).toList(),
                    taken.taken());
        }
    }

    /** A record and the run that was made of it. */
    public record MadeRun(
            @Nullable Long position,

            @Schema(implementation = Object.class, description = "components of the task's input, as in JSON Lines")
            @Nullable
            ObjectNode record,

            @Schema(implementation = Object.class, description = "the run as './baigong run --json' writes it")
            @Nullable
            ObjectNode run) {}

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "openRemoteBatch",
            summary = "Begin a batch whose records are run outside the suite",
            description =
                    "For `./baigong work` and the Apache Spark application. It is steered and read as any other batch.")
    @APIResponse(
            responseCode = "201",
            description = "The batch",
            content = @Content(schema = @Schema(implementation = BatchView.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    public Response open(@Context HttpHeaders headers, @Nullable NewRemoteBatch wanted) throws IOException {
        if (wanted == null || wanted.total() == null) {
            throw ProblemException.invalid(
                    "a batch needs a task and a number of records", "Send {\"task\": …, \"total\": …, \"name\": …}.");
        }
        Task<?, ?> task = GivenTask.in(catalogue, callers, wanted.task());
        long total = wanted.total();
        String name = wanted.name() == null || wanted.name().isBlank() ? "remote" : wanted.name();
        Batch batch = answer(() -> remote.open(task, name, total, callers.actor(), Callers.occasion(headers)));
        return BatchResource.created(batch);
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Path("{id}/taken")
    @Operation(operationId = "takeRemoteRecords", summary = "Take records up, or learn what became of them")
    @APIResponse(
            responseCode = "200",
            description = "Which to run now, and what the batch has for those that have ended",
            content = @Content(schema = @Schema(implementation = TakenRecords.class)))
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public TakenRecords take(@PathParam("id") String id, @Nullable List<@Nullable WantedRecord> wanted)
            throws IOException {
        List<Wanted> all = each(
                wanted,
                one -> one.position() == null || one.inputSha256() == null
                        ? null
                        : new Wanted(one.position(), one.inputSha256()),
                Wanted::position);
        Batch batch = find(id);
        return answer(() -> TakenRecords.of(remote.take(batch, all)));
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Path("{id}/runs")
    @Operation(
            operationId = "addRemoteRuns",
            summary = "Keep runs of records that were taken up",
            description =
                    "All or none. Where a record has a run already, that one stays; so sending again does no harm.")
    @APIResponse(responseCode = "200", description = "What the batch has for these records")
    @APIResponse(responseCode = "400", ref = "Problem")
    @APIResponse(responseCode = "404", ref = "Problem")
    @APIResponse(responseCode = "409", ref = "Problem")
    public List<RecordView> add(@PathParam("id") String id, @Nullable List<@Nullable MadeRun> runs) throws IOException {
        List<Made> all = each(
                runs,
                one -> one.position() == null || one.record() == null || one.run() == null
                        ? null
                        : new Made(one.position(), one.record(), one.run()),
                Made::position);
        Batch batch = find(id);
        return answer(() -> remote.end(batch, all, callers.actor()).stream()
                .map(one -> RecordView.of(one, true))
                .toList());
    }

    private Batch find(String id) {
        return batches.find(BatchResource.id(id))
                .filter(Batch::remote)
                .orElseThrow(() -> ProblemException.notFound(
                        "there is no remote batch " + id, "Open one at /api/v1/remote-batches."));
    }

    /** What was sent, as batches have it; each position once. */
    private static <S, T> List<T> each(
            @Nullable List<@Nullable S> sent, Function<S, @Nullable T> reading, ToLongFunction<T> position) {
        if (sent == null || sent.isEmpty() || sent.size() > MOST_RECORDS) {
            throw ProblemException.invalid(
                    "a list of 1 to " + MOST_RECORDS + " records was expected", "Send it in parts.");
        }
        var all = new ArrayList<T>();
        var positions = new HashSet<Long>();
        for (S one : sent) {
            T item = one == null ? null : reading.apply(one);
            if (item == null) {
                throw ProblemException.invalid(
                        "an item lacks a member", "See the description of this call at /q/openapi.");
            }
            if (!positions.add(position.applyAsLong(item))) {
                throw ProblemException.invalid("a position was sent twice", "Send each record once.");
            }
            all.add(item);
        }
        return all;
    }

    /** Work that batches do. */
    @FunctionalInterface
    private interface Work<T> {
        T done() throws IOException, InvalidInput, Conflict;
    }

    private static <T> T answer(Work<T> work) throws IOException {
        try {
            return work.done();
        } catch (InvalidInput e) {
            throw ProblemException.invalid(e.detail(), e.remedy());
        } catch (Conflict e) {
            throw new ProblemException(Problem.of(409, "conflict", e.detail(), e.remedy()));
        }
    }
}
