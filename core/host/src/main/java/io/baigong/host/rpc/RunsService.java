package io.baigong.host.rpc;

import io.baigong.host.access.Admits;
import io.baigong.host.access.Roles;
import io.baigong.host.rest.RunCalls;
import io.baigong.host.rpc.RpcDoor.Entered;
import io.baigong.host.rpc.v1.Ran;
import io.baigong.host.rpc.v1.RunAnswer;
import io.baigong.host.rpc.v1.RunRequest;
import io.baigong.host.rpc.v1.RunsGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;

/**
 * {@code baigong.v1.Runs}. Methods begin on an event loop, and leave it for a thread of their own while a run lasts: what hands calls
 * to virtual threads in Quarkus 3.33.2 may lose one of their events.
 */
@GrpcService
public class RunsService extends RunsGrpc.RunsImplBase {
    private final RunCalls runs;
    private final Door door;
    private final StreamConfig config;

    RunsService(RunCalls runs, Door door, StreamConfig config) {
        this.runs = runs;
        this.door = door;
        this.config = config;
    }

    @Override
    @Admits({Roles.ANALYST, Roles.OPERATOR})
    public void run(RunRequest request, StreamObserver<RunAnswer> answers) {
        Entered entered = RpcDoor.ENTERED.get();
        var call = (ServerCallStreamObserver<RunAnswer>) answers;
        call.setOnCancelHandler(() -> {}); // the run goes on, and is in the journal
        Thread.startVirtualThread(() -> {
            RunCalls.Answer answer = runs.run(entered.caller(), call(request));
            entered.context().runOnContext(_ -> {
                if (call.isCancelled()) {
                    return;
                }
                switch (answer) {
                    case RunCalls.Ran ran -> {
                        call.onNext(message(request, ran));
                        call.onCompleted();
                    }
                    case RunCalls.Refused(var problem) ->
                        call.onError(RpcProblems.status(problem).asRuntimeException(RpcProblems.trailers(problem)));
                }
            });
        });
    }

    @Override
    @Admits({Roles.ANALYST, Roles.OPERATOR})
    public StreamObserver<RunRequest> runStream(StreamObserver<RunAnswer> answers) {
        return new RunStream(
                runs, door, RpcDoor.ENTERED.get(), (ServerCallStreamObserver<RunAnswer>) answers, config.inFlight());
    }

    static RunCalls.Call call(RunRequest request) {
        return new RunCalls.Call(
                request.getTask(),
                request.getInputJson(),
                request.getFilesList().stream()
                        .map(file -> new RunCalls.Content(
                                file.getComponent(),
                                file.getName(),
                                file.getContent().asReadOnlyByteBuffer()))
                        .toList(),
                request.getPurpose(),
                request.getCorrelationId());
    }

    static RunAnswer message(RunRequest request, RunCalls.Answer answer) {
        var message = RunAnswer.newBuilder().setCorrelationId(request.getCorrelationId());
        return switch (answer) {
            case RunCalls.Ran(var id, var json) ->
                message.setRun(Ran.newBuilder().setId(id.toString()).setJson(json))
                        .build();
            case RunCalls.Refused(var problem) ->
                message.setProblem(RpcProblems.message(problem)).build();
        };
    }
}
