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
import io.baigong.host.rpc.RpcStatus;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;

/**
 * {@code inference.GRPCInferenceService}: the Open Inference Protocol over gRPC. Calls of models in this process leave the
 * event loop for threads of their own.
 */
@GrpcService
public class InferenceService extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final InferenceCalls calls;
    private final RemoteInference remote;

    InferenceService(InferenceCalls calls, RemoteInference remote) {
        this.calls = calls;
        this.remote = remote;
    }

    /** What answers a call; may wait. */
    @FunctionalInterface
    private interface Work<A> {
        A answer(String authorization) throws ApiException;
    }

    private static <A> void answer(StreamObserver<A> answers, Work<A> work) {
        var call = (ServerCallStreamObserver<A>) answers;
        call.setOnCancelHandler(() -> {});
        String authorization = Objects.requireNonNullElse(RpcDoor.HEADERS.get().get(AUTHORIZATION), "");
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
                end = () ->
                        call.onError(RpcStatus.of(e.status(), e.getMessage()).asRuntimeException());
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
        if (remote.knows(request.getName())) {
            remote.ready(request, answers);
            return;
        }
        answer(answers, authorization -> {
            calls.describe(authorization, request.getName(), request.getVersion());
            return ModelReadyResponse.newBuilder().setReady(true).build();
        });
    }

    @Override
    @Admits(key = true)
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> answers) {
        if (remote.knows(request.getName())) {
            remote.metadata(request, answers);
            return;
        }
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
        if (remote.knows(request.getModelName())) {
            remote.infer(request, answers);
            return;
        }
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
