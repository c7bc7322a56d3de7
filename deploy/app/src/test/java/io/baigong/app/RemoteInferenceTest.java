package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.baigong.host.account.Accounts;
import io.baigong.host.kserve.proto.GRPCInferenceServiceGrpc;
import io.baigong.host.kserve.proto.InferParameter;
import io.baigong.host.kserve.proto.InferTensorContents;
import io.baigong.host.kserve.proto.ModelInferRequest;
import io.baigong.host.kserve.proto.ModelInferRequest.InferInputTensor;
import io.baigong.host.kserve.proto.ModelInferResponse;
import io.baigong.host.kserve.proto.ModelMetadataRequest;
import io.baigong.host.kserve.proto.ModelReadyRequest;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Models on a server that speaks the Open Inference Protocol over REST, asked over gRPC. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RemoteInferenceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LENGTH = "Inference-Header-Content-Length";

    @TestHTTPResource("/")
    URI address;

    @Inject
    Accounts accounts;

    private ManagedChannel channel;
    private HttpServer server;
    private GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub stub;

    @BeforeEach
    void connect() throws Exception {
        accounts.ensureFirst();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/models/there", RemoteInferenceTest::answer);
        server.start();
        var first = People.first();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v2";
        first.sends(Map.of("url", url, "protocol", "KSERVE"))
                .put("/api/v1/gateway/backends/mirror")
                .then()
                .statusCode(204);
        first.sends(Map.of("targets", List.of(Map.of("backend", "mirror", "model", "there"))))
                .put("/api/v1/gateway/models/mirrored")
                .then()
                .statusCode(204);
        String secret =
                first.sends(Map.of("name", "mirrored")).post("/api/v1/keys").path("secret");
        channel = Channels.to(address);
        stub = stub("Bearer " + secret);
    }

    private GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub stub(String authorization) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
        return GRPCInferenceServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        channel.shutdownNow().awaitTermination(60, TimeUnit.SECONDS);
        server.stop(0);
        People.first().asks().delete("/api/v1/gateway/models/mirrored").then().statusCode(204);
        People.first().asks().delete("/api/v1/gateway/backends/mirror").then().statusCode(204);
    }

    /** A server whose model gives its inputs back, in the way in which they came. */
    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        if (!path.endsWith("/infer")) {
            send(
                    exchange,
                    path.endsWith("/ready") ? 200 : path.contains("/versions/9") ? 404 : 200,
                    ("{\"name\":\"there\",\"versions\":[\"3\"],\"platform\":\"onnxruntime_onnx\","
                                    + "\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[-1,2]}],\"outputs\":[]}")
                            .getBytes(StandardCharsets.UTF_8),
                    null);
            return;
        }
        String header = exchange.getRequestHeaders().getFirst(LENGTH);
        int length = header == null ? body.length : Integer.parseInt(header);
        JsonNode request = JSON.readTree(body, 0, length);
        ObjectNode reply = JSON.createObjectNode();
        reply.put("model_name", "there").put("model_version", "3");
        reply.set("id", request.path("id"));
        ArrayNode outputs = reply.putArray("outputs");
        for (JsonNode input : request.path("inputs")) {
            ObjectNode output = outputs.addObject();
            output.set("name", input.path("name"));
            output.set("datatype", input.path("datatype"));
            output.set("shape", input.path("shape"));
            if (input.has("data")) {
                output.set("data", input.path("data"));
            } else {
                assertThat(request.at("/parameters/binary_data_output").asBoolean())
                        .isTrue();
                output.putObject("parameters").set("binary_data_size", input.at("/parameters/binary_data_size"));
            }
        }
        if (request.at("/parameters/refuse").asBoolean()) {
            send(exchange, 400, "{\"error\":\"x must not be so\"}".getBytes(StandardCharsets.UTF_8), null);
            return;
        }
        if (request.at("/parameters/rant").asBoolean()) {
            String error = "{\"error\":\"" + "风险".repeat(50_000) + "\"}";
            send(exchange, 400, error.getBytes(StandardCharsets.UTF_8), null);
            return;
        }
        if (request.at("/parameters/lie").asBoolean()) {
            ((ObjectNode) outputs.get(0)).putObject("parameters").put("binary_data_size", 1_000);
        }
        byte[] json = JSON.writeValueAsBytes(reply);
        byte[] binary = Arrays.copyOfRange(body, length, body.length);
        byte[] answer = Arrays.copyOf(json, json.length + binary.length);
        System.arraycopy(binary, 0, answer, json.length, binary.length);
        send(exchange, 200, answer, header == null ? null : String.valueOf(json.length));
    }

    private static void send(HttpExchange exchange, int status, byte[] body, @Nullable String length)
            throws IOException {
        if (length != null) {
            exchange.getResponseHeaders().set(LENGTH, length);
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static InferInputTensor.Builder input(String name, String datatype, long size) {
        return InferInputTensor.newBuilder().setName(name).setDatatype(datatype).addShape(size);
    }

    private static ModelInferRequest.Builder request(InferInputTensor.Builder... inputs) {
        var request = ModelInferRequest.newBuilder().setModelName("mirrored").setId("42");
        for (InferInputTensor.Builder input : inputs) {
            request.addInputs(input);
        }
        return request;
    }

    @Test
    void contentsByTypeGoAsJson() {
        var contents = List.of(
                input("b", "BOOL", 2)
                        .setContents(InferTensorContents.newBuilder()
                                .addBoolContents(true)
                                .addBoolContents(false)),
                input("i", "INT8", 1)
                        .setContents(InferTensorContents.newBuilder().addIntContents(-8)),
                input("l", "INT64", 1)
                        .setContents(InferTensorContents.newBuilder().addInt64Contents(Long.MIN_VALUE)),
                input("u", "UINT32", 1)
                        .setContents(InferTensorContents.newBuilder().addUintContents(-1)),
                input("v", "UINT64", 1)
                        .setContents(InferTensorContents.newBuilder().addUint64Contents(-1L)),
                input("f", "FP32", 2)
                        .setContents(InferTensorContents.newBuilder()
                                .addFp32Contents(0.1f)
                                .addFp32Contents(-3e38f)),
                input("d", "FP64", 1)
                        .setContents(InferTensorContents.newBuilder().addFp64Contents(0.1)),
                input("t", "BYTES", 1)
                        .setContents(InferTensorContents.newBuilder()
                                .addBytesContents(ByteString.copyFromUtf8("风险 \"quoted\""))));
        ModelInferResponse answer = stub.modelInfer(
                request(contents.toArray(InferInputTensor.Builder[]::new)).build());
        assertThat(answer.getModelName()).isEqualTo("mirrored");
        assertThat(answer.getModelVersion()).isEqualTo("3");
        assertThat(answer.getId()).isEqualTo("42");
        assertThat(answer.getRawOutputContentsCount()).isZero();
        for (int i = 0; i < contents.size(); i++) {
            assertThat(answer.getOutputs(i).getName()).isEqualTo(contents.get(i).getName());
            assertThat(answer.getOutputs(i).getShapeList())
                    .isEqualTo(contents.get(i).getShapeList());
            assertThat(answer.getOutputs(i).getContents())
                    .isEqualTo(contents.get(i).getContents());
        }
    }

    @Test
    void rawContentsGoAsTheyAreAndComeBackRaw() {
        ByteString first = ByteString.copyFrom(new byte[] {0, 1, 2, 3, (byte) 0xff, 5, 6, 7});
        ByteString second = ByteString.copyFrom(new byte[] {9, 9});
        ModelInferResponse answer = stub.modelInfer(request(input("x", "FP32", 2), input("h", "FP16", 1))
                .addRawInputContents(first)
                .addRawInputContents(second)
                .build());
        assertThat(answer.getRawOutputContentsList()).containsExactly(first, second);
        assertThat(answer.getOutputs(1).getDatatype()).isEqualTo("FP16");
        assertThat(answer.getOutputs(0).hasContents()).isFalse();
    }

    @Test
    void aModelSaysWhatItIs() {
        var metadata = stub.modelMetadata(
                ModelMetadataRequest.newBuilder().setName("mirrored").build());
        assertThat(metadata.getName()).isEqualTo("mirrored");
        assertThat(metadata.getVersionsList()).containsExactly("3");
        assertThat(metadata.getInputs(0).getShapeList()).containsExactly(-1L, 2L);
        assertThat(stub.modelReady(ModelReadyRequest.newBuilder()
                                .setName("mirrored")
                                .setVersion("3")
                                .build())
                        .getReady())
                .isTrue();
    }

    private static Status status(Runnable call) {
        try {
            call.run();
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }

    private static InferParameter yes() {
        return InferParameter.newBuilder().setBoolParam(true).build();
    }

    @Test
    void whatIsWrongIsAStatusThatSaysWhat() {
        var good = input("x", "FP32", 1)
                .setContents(InferTensorContents.newBuilder().addFp32Contents(1));
        assertThat(status(() -> stub("Bearer bg-nobody")
                                .modelInfer(request(good).build()))
                        .getCode())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        Status refused = status(() ->
                stub.modelInfer(request(good).putParameters("refuse", yes()).build()));
        assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getDescription()).contains("x must not be so");
        Status rant = status(
                () -> stub.modelInfer(request(good).putParameters("rant", yes()).build()));
        assertThat(rant.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(rant.getDescription()).startsWith("{\"error\":\"风险风险").hasSizeLessThan(1000);
        Status lie = status(
                () -> stub.modelInfer(request(good).putParameters("lie", yes()).build()));
        assertThat(lie.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(lie.getDescription()).contains("mirror can't be read");
        Status halves = status(() -> stub.modelInfer(
                request(good).addRawInputContents(ByteString.EMPTY).build()));
        assertThat(halves.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        var noNumber = input("x", "FP32", 1)
                .setContents(InferTensorContents.newBuilder().addFp32Contents(Float.NaN));
        assertThat(status(() -> stub.modelInfer(request(noNumber).build())).getDescription())
                .contains("send raw_input_contents");
        var half = input("x", "FP16", 1)
                .setContents(InferTensorContents.newBuilder().addFp32Contents(1));
        assertThat(status(() -> stub.modelInfer(request(half).build())).getDescription())
                .contains("FP16");
        assertThat(status(() -> stub.modelMetadata(ModelMetadataRequest.newBuilder()
                                .setName("mirrored")
                                .setVersion("9")
                                .build()))
                        .getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
    }
}
