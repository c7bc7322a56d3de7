package io.baigong.host.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.host.cli.Baigong.Failure;
import io.baigong.host.rpc.v1.RunAnswer;
import io.baigong.host.rpc.v1.RunRequest;
import io.baigong.host.rpc.v1.RunsGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection for each way into a suite; each method is one run, and fails unless it was answered. */
final class ProtocolClients implements AutoCloseable {
    private static final String BOUNDARY = "baigong-bench-protocols";
    private static final int PATIENCE_SECONDS = 120;

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest form;
    private final ManagedChannel channel;
    private final RunRequest message;
    private final RunsGrpc.RunsBlockingStub stub;
    private final BlockingQueue<String> streamed = new LinkedBlockingQueue<>();
    private final StreamObserver<RunRequest> stream;
    private final String text;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    /**
     * Connects.
     *
     * @param input JSON
     * @param fields the same as a form has it
     */
    ProtocolClients(BenchSuite suite, String task, String input, Map<String, String> fields) throws IOException {
        String authorization =
                suite.request("/").build().headers().firstValue("Authorization").orElseThrow();
        var body = new StringBuilder();
        fields.forEach((name, value) -> body.append(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(BOUNDARY, name, value)));
        form = suite.request("/api/v1/tasks/" + task + "/runs")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofString(body + "--" + BOUNDARY + "--\r\n"))
                .version(HttpClient.Version.HTTP_1_1)
                .build();

        URI address = suite.address("/");
        channel = ManagedChannelBuilder.forAddress(address.getHost(), address.getPort())
                .usePlaintext()
                .build();
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
        var credentials = MetadataUtils.newAttachHeadersInterceptor(headers);
        message = RunRequest.newBuilder().setTask(task).setInputJson(input).build();
        stub = RunsGrpc.newBlockingStub(channel).withInterceptors(credentials);
        stream = RunsGrpc.newStub(channel).withInterceptors(credentials).runStream(new StreamObserver<>() {
            @Override
            public void onNext(RunAnswer answer) {
                streamed.add(answer.hasRun() ? "" : answer.getProblem().getDetail());
            }

            @Override
            public void onError(Throwable e) {
                streamed.add(String.valueOf(e.getMessage()));
            }

            @Override
            public void onCompleted() {}
        });

        text = new ObjectMapper()
                .createObjectNode()
                .set("input", new ObjectMapper().readTree(input))
                .toString();
        socket = http.newWebSocketBuilder()
                .header("Authorization", authorization)
                .buildAsync(
                        URI.create(suite.address("/api/v1/tasks/" + task + "/stream")
                                .toString()
                                .replaceFirst("http", "ws")),
                        new Listening())
                .join();
    }

    private final class Listening implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                heard.add(parts.toString());
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable e) {
            heard.add(String.valueOf(e.getMessage()));
        }
    }

    void rest() throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(form, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new Failure("REST answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    void grpc() {
        if (!stub.run(message).hasRun()) {
            throw new Failure("gRPC answered without a run");
        }
    }

    void grpcStream() throws InterruptedException {
        stream.onNext(message);
        String problem = streamed.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (problem == null || !problem.isEmpty()) {
            throw new Failure("gRPC's stream did not answer: " + problem);
        }
    }

    void webSocket() throws InterruptedException {
        socket.sendText(text, true).join();
        String answer = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null || !answer.startsWith("{\"run\":")) {
            throw new Failure("the WebSocket did not answer: " + answer);
        }
    }

    @Override
    public void close() {
        socket.abort();
        stream.onCompleted();
        channel.shutdownNow();
        http.shutdownNow();
    }
}
