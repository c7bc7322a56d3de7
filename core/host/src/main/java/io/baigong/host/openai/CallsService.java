package io.baigong.host.openai;

import io.baigong.gateway.proxy.ApiException;
import io.baigong.gateway.proxy.MessageExchange;
import io.baigong.gateway.proxy.ModelProxy;
import io.baigong.gateway.proxy.Operation;
import io.baigong.host.access.Admits;
import io.baigong.host.rpc.RpcDoor;
import io.baigong.host.rpc.RpcStatus;
import io.baigong.host.rpc.v1.CallAnswer;
import io.baigong.host.rpc.v1.CallPart;
import io.baigong.host.rpc.v1.CallRequest;
import io.baigong.host.rpc.v1.CallsGrpc;
import io.grpc.Metadata;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code baigong.v1.Calls}: the operations of {@code /v1} over gRPC. Stays on the call's event loop. */
@GrpcService
public class CallsService extends CallsGrpc.CallsImplBase {
    private static final Metadata.Key<byte[]> ERROR = Metadata.Key.of("error-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final int OK = 200;

    private final ModelProxy proxy;

    CallsService(ModelProxy proxy) {
        this.proxy = proxy;
    }

    @Override
    @Admits(key = true)
    public void call(CallRequest request, StreamObserver<CallPart> parts) {
        var exchange = new Answering(request, RpcDoor.HEADERS.get(), (ServerCallStreamObserver<CallPart>) parts);
        Optional<Operation> operation = Arrays.stream(Operation.values())
                .filter(each -> each.path().equals(request.getOperation()))
                .findFirst();
        if (operation.isPresent()) {
            proxy.handle(exchange, operation.get());
        } else {
            exchange.failed(ApiException.notFound(
                    "There is no operation '" + request.getOperation() + "', but "
                            + List.of(Operation.values()).stream()
                                    .map(Operation::path)
                                    .toList() + ".",
                    "operation"));
        }
    }

    /** A call and its answer. */
    private static final class Answering extends MessageExchange {
        private final CallRequest request;
        private final Metadata headers;
        private final ServerCallStreamObserver<CallPart> call;
        private @Nullable Source held;

        private Answering(CallRequest request, Metadata headers, ServerCallStreamObserver<CallPart> call) {
            this.request = request;
            this.headers = headers;
            this.call = call;
            call.setOnCancelHandler(this::leave);
            call.setOnReadyHandler(this::goOn);
        }

        @Override
        public @Nullable String header(String name) {
            return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
        }

        @Override
        public void read(int most, Consumer<byte[]> asked, Consumer<Throwable> failed) {
            take(request.getRequestJson().getBytes(StandardCharsets.UTF_8), most, asked, failed);
        }

        @Override
        protected void event(String json) {
            call.onNext(CallPart.newBuilder().setEventJson(json).build());
        }

        @Override
        protected void end(Head head, Buffer answer) {
            if (head.status() == OK) {
                call.onNext(CallPart.newBuilder()
                        .setAnswer(CallAnswer.newBuilder()
                                .setJson(answer.toString(StandardCharsets.UTF_8))
                                .putAllHeaders(head.headers()))
                        .build());
                call.onCompleted();
            } else {
                fail(
                        head.status(),
                        "the server " + head.headers().get("x-baigong-backend") + " refused",
                        answer,
                        ApiException.tooLong(head.status()));
            }
        }

        @Override
        public void failed(ApiException failure) {
            fail(
                    failure.status(),
                    String.valueOf(failure.getMessage()),
                    Buffer.buffer(failure.json()),
                    failure.withoutWords());
        }

        /** Ends the call with the error; with {@code brief} where that is too long. */
        private void fail(int status, String why, Buffer error, ApiException brief) {
            var trailers = new Metadata();
            trailers.put(
                    ERROR,
                    error.length() <= RpcStatus.MOST_BODY_BYTES
                            ? error.getBytes()
                            : brief.json().getBytes(StandardCharsets.UTF_8));
            call.onError(RpcStatus.of(status, why).asRuntimeException(trailers));
        }

        @Override
        protected void hold(Source source) {
            if (!call.isReady()) {
                source.pause();
                held = source;
            }
        }

        private void goOn() {
            Source source = held;
            held = null;
            if (source != null) {
                source.resume();
            }
        }
    }
}
