package io.baigong.host.kserve;

import io.baigong.gateway.proxy.ApiException;
import io.baigong.host.access.Admits;
import io.baigong.host.kserve.InferenceModels.Described;
import io.baigong.host.kserve.InferenceModels.Description;
import io.baigong.host.kserve.InferenceModels.Inferred;
import io.baigong.host.kserve.proto.GRPCInferenceServiceGrpc;
import io.baigong.host.kserve.proto.ModelInferRequest;
import io.baigong.host.kserve.proto.ModelInferResponse;
import io.baigong.host.kserve.proto.ModelMetadataRequest;
import io.baigong.host.kserve.proto.ModelMetadataResponse;
import io.baigong.host.kserve.proto.ModelReadyRequest;
import io.baigong.host.kserve.proto.ModelReadyResponse;
import io.baigong.host.kserve.proto.ServerLiveRequest;
import io.baigong.host.kserve.proto.ServerLiveResponse;
import io.baigong.host.kserve.proto.ServerMetadataRequest;
import io.baigong.host.kserve.proto.ServerMetadataResponse;
import io.baigong.host.kserve.proto.ServerReadyRequest;
import io.baigong.host.kserve.proto.ServerReadyResponse;
import io.baigong.host.rest.Problems;
import io.baigong.host.rpc.RpcDoor;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;

/** {@code inference.GRPCInferenceService}: the Open Inference Protocol over gRPC. Methods leave the event loop for threads of their own. */
@GrpcService
public class InferenceService extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
    private final InferenceCalls calls;

    InferenceService(InferenceCalls calls) {
        this.calls = calls;
    }

    /** What answers a call; may wait. */
    @FunctionalInterface
    private interface Work<A> {
        A answer(String authorization) throws ApiException;
    }

    private static <A> void answer(StreamObserver<A> answers, Work<A> work) {
        var call = (ServerCallStreamObserver<A>) answers;
        call.setOnCancelHandler(() -> {});
        String authorization = RpcDoor.AUTHORIZATION.get();
        Context context = Objects.requireNonNull(Vertx.currentContext());
        Thread.startVirtualThread(() -> {
            Runnable end;
            try {
                A answer = work.answer(authorization);
                end = () -> {
                    call.onNext(answer);
                    call.onCompleted();
                };
            } catch (ApiException e) {
                end = () -> call.onError(
                        status(e.status()).withDescription(e.getMessage()).asRuntimeException());
            } catch (RuntimeException e) {
                String fault = Problems.of(e).detail();
                end = () -> call.onError(Status.INTERNAL.withDescription(fault).asRuntimeException());
            }
            Runnable then = end;
            context.runOnContext(_ -> {
                if (!call.isCancelled()) {
                    then.run();
                }
            });
        });
    }

    private static Status status(int http) {
        return switch (http) {
            case 400 -> Status.INVALID_ARGUMENT;
            case 401 -> Status.UNAUTHENTICATED;
            case 404 -> Status.NOT_FOUND;
            case 429 -> Status.RESOURCE_EXHAUSTED;
            case 503 -> Status.UNAVAILABLE;
            default -> Status.INTERNAL;
        };
    }

    @Override
    @Admits(anyone = true)
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> answers) {
        answers.onNext(ServerLiveResponse.newBuilder().setLive(true).build());
        answers.onCompleted();
    }

    @Override
    @Admits(anyone = true)
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> answers) {
        answers.onNext(ServerReadyResponse.newBuilder().setReady(true).build());
        answers.onCompleted();
    }

    @Override
    @Admits(anyone = true)
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> answers) {
        answers.onNext(ServerMetadataResponse.newBuilder()
                .setName("baigong")
                .setVersion("2")
                .build());
        answers.onCompleted();
    }

    @Override
    @Admits(key = true)
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> answers) {
        answer(answers, authorization -> {
            calls.describe(authorization, request.getName(), request.getVersion());
            return ModelReadyResponse.newBuilder().setReady(true).build();
        });
    }

    @Override
    @Admits(key = true)
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> answers) {
        answer(answers, authorization -> {
            Description description = calls.describe(authorization, request.getName(), request.getVersion());
            return ModelMetadataResponse.newBuilder()
                    .setName(description.name())
                    .setPlatform(description.platform())
                    .addAllInputs(tensors(description.inputs()))
                    .addAllOutputs(tensors(description.outputs()))
                    .build();
        });
    }

    private static List<ModelMetadataResponse.TensorMetadata> tensors(List<Described> described) {
        return described.stream()
                .map(tensor -> ModelMetadataResponse.TensorMetadata.newBuilder()
                        .setName(tensor.name())
                        .setDatatype(tensor.datatype())
                        .addAllShape(tensor.shape())
                        .build())
                .toList();
    }

    @Override
    @Admits(key = true)
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> answers) {
        answer(answers, authorization -> {
            Inferred inferred = calls.infer(
                    authorization,
                    request.getModelName(),
                    request.getModelVersion(),
                    () -> new InferenceCalls.Request(
                            TensorMessages.inputs(request),
                            request.getOutputsList().stream()
                                    .map(ModelInferRequest.InferRequestedOutputTensor::getName)
                                    .toList(),
                            request.getSerializedSize()));
            return TensorMessages.response(request, inferred.outputs());
        });
    }
}
