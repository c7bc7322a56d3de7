package io.baigong.app.browser;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.baigong.app.Channels;
import io.baigong.host.rpc.v1.RunRequest;
import io.baigong.host.rpc.v1.RunsGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Runs of samples over gRPC, for who has a bearer token. */
final class GrpcRuns implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;

    /** @param suite its address */
    GrpcRuns(String suite) {
        channel = Channels.to(URI.create(suite));
    }

    /** The id of the run. */
    String run(String token, String task, String sample) {
        var headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        return RunsGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(1, TimeUnit.MINUTES)
                .run(RunRequest.newBuilder()
                        .setTask(task)
                        .setInputJson("{\"sample\": \"" + sample + "\"}")
                        .build())
                .getRun()
                .getId();
    }

    /** Why it is not run. */
    Status.Code refusal(String token, String task, String sample) {
        return catchThrowableOfType(StatusRuntimeException.class, () -> run(token, task, sample))
                .getStatus()
                .getCode();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
