package io.baigong.host.rpc;

import io.baigong.host.access.Caller;
import io.baigong.host.rest.Problem;
import io.baigong.host.rest.Problems;
import io.baigong.host.rest.RunCalls;
import io.baigong.host.rpc.RpcDoor.Entered;
import io.baigong.host.rpc.v1.RunAnswer;
import io.baigong.host.rpc.v1.RunRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Context;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code RunStream}: takes as many requests as may be unanswered, and another for each answer that the caller had room for.
 *
 * <p>Lives on one event loop; each run has a thread of its own.
 */
final class RunStream implements StreamObserver<RunRequest> {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final RunCalls runs;
    private final Door door;
    private final Entered entered;
    private final ServerCallStreamObserver<RunAnswer> call;
    private final Context context;

    private int unanswered;
    private int owed;
    private boolean halfClosed;
    private boolean over;

    RunStream(RunCalls runs, Door door, Entered entered, ServerCallStreamObserver<RunAnswer> call, int inFlight) {
        this.runs = runs;
        this.door = door;
        this.entered = entered;
        this.call = call;
        this.context = entered.context();
        call.setOnCancelHandler(() -> over = true); // runs go on, and are in the journal
        call.setOnReadyHandler(this::askForMore);
        call.disableAutoRequest();
        call.request(inFlight);
    }

    @Override
    public void onNext(RunRequest request) {
        unanswered++;
        Thread.startVirtualThread(() -> {
            RunCalls.Answer answer;
            Problem refusal = null;
            try {
                Caller caller = door.entered(entered.http(), entered.roles(), entered.subject());
                answer = runs.run(caller, RunsService.call(request));
            } catch (RuntimeException e) {
                Problem problem = Problems.of(e);
                answer = new RunCalls.Refused(problem);
                refusal = problem.status() == UNAUTHORIZED || problem.status() == FORBIDDEN ? problem : null;
            }
            RunAnswer message = RunsService.message(request, answer);
            Problem end = refusal;
            context.runOnContext(_ -> answer(message, end));
        });
    }

    private void answer(RunAnswer message, @Nullable Problem end) {
        unanswered--;
        if (over) {
            return;
        }
        if (end != null) {
            over = true;
            call.onError(RpcProblems.status(end).asRuntimeException(RpcProblems.trailers(end)));
            return;
        }
        call.onNext(message);
        owed++;
        askForMore();
        completeIfDone();
    }

    private void askForMore() {
        if (!over && !halfClosed && owed > 0 && call.isReady()) {
            int more = owed;
            owed = 0;
            call.request(more);
        }
    }

    private void completeIfDone() {
        if (halfClosed && unanswered == 0) {
            over = true;
            call.onCompleted();
        }
    }

    @Override
    public void onCompleted() {
        halfClosed = true;
        completeIfDone();
    }

    @Override
    public void onError(Throwable gone) {
        over = true;
    }
}
