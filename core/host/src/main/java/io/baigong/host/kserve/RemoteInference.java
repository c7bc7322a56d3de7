package io.baigong.host.kserve;

import io.baigong.gateway.proxy.ApiException;
import io.baigong.gateway.proxy.MessageExchange;
import io.baigong.gateway.proxy.TensorProxy;
import io.baigong.gateway.proxy.TensorProxy.Question;
import io.baigong.host.kserve.RestBodies.Body;
import io.baigong.host.kserve.proto.ModelInferRequest;
import io.baigong.host.kserve.proto.ModelInferResponse;
import io.baigong.host.kserve.proto.ModelMetadataRequest;
import io.baigong.host.kserve.proto.ModelMetadataResponse;
import io.baigong.host.kserve.proto.ModelReadyRequest;
import io.baigong.host.kserve.proto.ModelReadyResponse;
import io.baigong.host.rpc.RpcDoor;
import io.baigong.host.rpc.RpcStatus;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls over gRPC for models on servers elsewhere, which are asked over REST. Begins and ends on the call's event loop; what may be long
 * is read on threads of its own.
 */
@ApplicationScoped
class RemoteInference {
    /** Of Triton's extension for binary tensor data. */
    private static final String JSON_LENGTH = "inference-header-content-length";

    private final TensorProxy proxy;

    RemoteInference(TensorProxy proxy) {
        this.proxy = proxy;
    }

    /** Whether a model is on such servers. */
    boolean knows(String model) {
        return proxy.knows(model);
    }

    void ready(ModelReadyRequest request, StreamObserver<ModelReadyResponse> answers) {
        ask(
                request.getName(),
                request.getVersion(),
                Question.READY,
                () -> new Body(new byte[0], Optional.empty()),
                _ -> ModelReadyResponse.newBuilder().setReady(true).build(),
                answers);
    }

    void metadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> answers) {
        ask(
                request.getName(),
                request.getVersion(),
                Question.METADATA,
                () -> new Body(new byte[0], Optional.empty()),
                body -> RestBodies.metadata(request.getName(), body.bytes()),
                answers);
    }

    void infer(ModelInferRequest request, StreamObserver<ModelInferResponse> answers) {
        ask(
                request.getModelName(),
                request.getModelVersion(),
                Question.INFER,
                () -> RestBodies.request(request),
                body -> RestBodies.response(request, body),
                answers);
    }

    private interface Writing {
        Body body() throws ApiException;
    }

    private interface Reading<A> {
        A answer(Body body) throws IOException;
    }

    private <A> void ask(
            String model,
            String version,
            Question question,
            Writing writing,
            Reading<A> reading,
            StreamObserver<A> answers) {
        proxy.handle(
                new Answering<>(writing, reading, (ServerCallStreamObserver<A>) answers),
                model,
                Optional.of(version).filter(each -> !each.isEmpty()),
                question);
    }

    /** A call and its answer. */
    private static final class Answering<A> extends MessageExchange {
        private final Metadata headers = RpcDoor.HEADERS.get();
        private final Context context = Objects.requireNonNull(Vertx.currentContext());
        private final Writing writing;
        private final Reading<A> reading;
        private final ServerCallStreamObserver<A> call;
        private @Nullable String jsonLength;

        private Answering(Writing writing, Reading<A> reading, ServerCallStreamObserver<A> call) {
            this.writing = writing;
            this.reading = reading;
            this.call = call;
            call.setOnCancelHandler(this::leave);
        }

        @Override
        public @Nullable String header(String name) {
            return name.equals(JSON_LENGTH)
                    ? jsonLength
                    : headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
        }

        @Override
        public void read(int most, Consumer<byte[]> asked, Consumer<Throwable> failed) {
            Thread.startVirtualThread(() -> {
                try {
                    Body body = writing.body();
                    context.runOnContext(_ -> {
                        jsonLength = body.header().orElse(null);
                        take(body.bytes(), most, asked, failed);
                    });
                } catch (ApiException | RuntimeException e) {
                    context.runOnContext(_ -> failed.accept(e));
                }
            });
        }

        @Override
        protected void event(String json) {
            throw new IllegalStateException("tensors are not streamed");
        }

        @Override
        protected void hold(Source source) {
            throw new IllegalStateException("tensors are not streamed");
        }

        @Override
        protected void end(Head head, Buffer answer) {
            var body = new Body(
                    answer.getBytes(), Optional.ofNullable(head.headers().get(JSON_LENGTH)));
            if (head.status() != 200) {
                fail(RpcStatus.of(head.status(), answer.toString()));
                return;
            }
            Thread.startVirtualThread(() -> {
                try {
                    A message = reading.answer(body);
                    context.runOnContext(_ -> {
                        if (!call.isCancelled()) {
                            call.onNext(message);
                            call.onCompleted();
                        }
                    });
                } catch (IOException | RuntimeException e) {
                    context.runOnContext(_ -> fail(Status.UNAVAILABLE.withDescription(
                            "The answer of " + head.headers().get("x-baigong-backend") + " can't be read.")));
                }
            });
        }

        @Override
        public void failed(ApiException failure) {
            fail(RpcStatus.of(failure.status(), failure.getMessage()));
        }

        private void fail(Status status) {
            if (!call.isCancelled()) {
                call.onError(status.asRuntimeException());
            }
        }
    }
}
