package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.baigong.host.account.Accounts;
import io.baigong.host.rpc.v1.CallPart;
import io.baigong.host.rpc.v1.CallRequest;
import io.baigong.host.rpc.v1.CallsGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of models over WebSockets and gRPC, in the running suite. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(ChatServerResource.class)
class CallStreamsTest {
    private static final String QUESTION =
            "{\"model\":\"house\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]}";
    private static final Metadata.Key<byte[]> ERROR = Metadata.Key.of("error-bin", Metadata.BINARY_BYTE_MARSHALLER);

    @TestHTTPResource("/")
    URI address;

    @Inject
    Accounts accounts;

    private final ObjectMapper json = new ObjectMapper();
    private ManagedChannel channel;

    @BeforeEach
    void connect() throws Exception {
        accounts.ensureFirst();
        channel = Channels.to(address);
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        channel.shutdownNow().awaitTermination(60, TimeUnit.SECONDS);
    }

    private static String key(String name) {
        return People.first()
                .sends(Map.of("name", name, "requestsPerMinute", 4))
                .post("/api/v1/keys")
                .path("secret");
    }

    private CallsGrpc.CallsBlockingStub stub(String secret) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + secret);
        return CallsGrpc.newBlockingStub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private List<CallPart> call(String secret, String operation, String request) {
        var parts = new ArrayList<CallPart>();
        stub(secret)
                .call(CallRequest.newBuilder()
                        .setOperation(operation)
                        .setRequestJson(request)
                        .build())
                .forEachRemaining(parts::add);
        return parts;
    }

    private static String content(JsonNode chunk) {
        return chunk.at("/choices/0/delta/content").asText();
    }

    @Test
    void grpcAnswersWholeOrEventByEvent() throws Exception {
        String secret = key("over gRPC");
        List<CallPart> whole = call(secret, "chat/completions", QUESTION.formatted("false"));
        assertThat(whole).hasSize(1);
        assertThat(json.readTree(whole.getFirst().getAnswer().getJson())
                        .at("/choices/0/message/content")
                        .asText())
                .isEqualTo("Because.");
        assertThat(whole.getFirst().getAnswer().getHeadersMap()).containsEntry("x-baigong-backend", "there");

        List<CallPart> events = call(secret, "chat/completions", QUESTION.formatted("true"));
        assertThat(events).hasSize(3);
        assertThat(content(json.readTree(events.get(0).getEventJson()))).isEqualTo("Be");
        assertThat(content(json.readTree(events.get(1).getEventJson()))).isEqualTo("cause.");
        assertThat(events.get(2).getAnswer().getJson()).isEmpty();

        List<CallPart> vectors =
                call(secret, "embeddings", "{\"model\":\"all-minilm-l6-v2\",\"input\":\"Risk passes on delivery.\"}");
        assertThat(json.readTree(vectors.getFirst().getAnswer().getJson()).at("/data/0/embedding"))
                .hasSize(384);
    }

    @Test
    void grpcSaysWhatIsWrongByAStatusAndTheErrorOfV1() throws Exception {
        String secret = key("wrong over gRPC");
        assertThat(status(
                                secret,
                                "chat/completions",
                                QUESTION.formatted("false").replace("house", "nobody"))
                        .getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(status(secret, "moderations", "{}").getDescription()).contains("chat/completions");
        assertThat(status("bg-" + "0".repeat(40), "chat/completions", QUESTION.formatted("false"))
                        .getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        try {
            call(secret, "chat/completions", "{\"model\":");
            throw new AssertionError("it was answered");
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(json.readTree(e.getTrailers().get(ERROR))
                            .at("/error/type")
                            .asText())
                    .isEqualTo("invalid_request_error");
        }
    }

    @Test
    void grpcSaysALongErrorWithoutItsWords() throws Exception {
        String secret = key("long over gRPC");
        try {
            call(secret, "long".repeat(2_000), "{}");
            throw new AssertionError("it was answered");
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(e.getStatus().getDescription())
                    .startsWith("There is no operation 'long")
                    .hasSizeLessThanOrEqualTo(1001);
            var error = json.readTree(e.getTrailers().get(ERROR)).path("error");
            assertThat(error.path("message").asText()).contains("over HTTP");
            assertThat(error.path("param").asText()).isEqualTo("operation");
        }
    }

    private Status status(String secret, String operation, String request) {
        try {
            call(secret, operation, request);
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }

    private WebSocket open(String secret, Heard heard) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + secret)
                .buildAsync(URI.create(address.toString().replace("http:", "ws:") + "v1/chat/completions"), heard)
                .join();
    }

    @Test
    void aSocketAnswersManyCallsUnderTheLimitsOfItsKey() throws Exception {
        var heard = new Heard();
        WebSocket socket = open(key("over a WebSocket"), heard);
        for (int round = 0; round < 2; round++) {
            socket.sendText("{\"correlationId\":\"7\",\"request\":" + QUESTION.formatted("true") + "}", true)
                    .join();
            assertThat(content(heard.next().path("event"))).isEqualTo("Be");
            assertThat(content(heard.next().path("event"))).isEqualTo("cause.");
            JsonNode end = heard.next();
            assertThat(end.path("status").asInt()).isEqualTo(200);
            assertThat(end.path("correlationId").asText()).isEqualTo("7");
        }
        for (int round = 0; round < 3; round++) {
            socket.sendText("{\"request\":" + QUESTION.formatted("false") + "}", true)
                    .join();
            JsonNode answer = heard.next();
            assertThat(answer.path("status").asInt()).isEqualTo(round < 2 ? 200 : 429);
        }
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertThatThrownBy(() -> open("bg-" + "0".repeat(40), new Heard()))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(401));
    }
}
