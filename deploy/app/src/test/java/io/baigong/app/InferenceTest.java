package io.baigong.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.google.protobuf.ByteString;
import io.agroal.api.AgroalDataSource;
import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.baigong.host.kserve.proto.GRPCInferenceServiceGrpc;
import io.baigong.host.kserve.proto.InferTensorContents;
import io.baigong.host.kserve.proto.ModelInferRequest;
import io.baigong.host.kserve.proto.ModelInferResponse;
import io.baigong.host.kserve.proto.ModelMetadataRequest;
import io.baigong.host.kserve.proto.ModelReadyRequest;
import io.baigong.host.kserve.proto.ServerLiveRequest;
import io.baigong.host.kserve.proto.ServerReadyRequest;
import io.baigong.journal.Tenancy;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Open Inference Protocol in REST and gRPC, with the encoder that /v1 has too. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class InferenceTest {
    private static final String ENCODER = "all-minilm-l6-v2";
    private static final List<String> TEXTS = List.of("The seller bears the risk.", "风险由卖方承担。");

    @TestHTTPResource("/")
    URI address;

    @Inject
    Accounts accounts;

    @Inject
    AgroalDataSource database;

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

    private static String key(Map<String, Object> wanted) {
        return People.first().sends(wanted).post("/api/v1/keys").path("secret");
    }

    private GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub stub(String secret) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + secret);
        return GRPCInferenceServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static ValidatableResponse infer(String secret, String json) {
        return given().header("Authorization", "Bearer " + secret)
                .contentType(ContentType.JSON)
                .body(json)
                .post("/v2/models/" + ENCODER + "/infer")
                .then();
    }

    private static String texts(String shape, String data) {
        return "{\"id\": \"42\", \"inputs\": [{\"name\": \"text\", \"datatype\": \"BYTES\", \"shape\": " + shape
                + ", \"data\": " + data + "}]}";
    }

    /** What /v1 says of the same texts. */
    private static List<Float> overOpenAi(String secret) {
        List<List<Float>> vectors = given().header("Authorization", "Bearer " + secret)
                .contentType(ContentType.JSON)
                .body(Map.of("model", ENCODER, "input", TEXTS))
                .post("/v1/embeddings")
                .path("data.embedding");
        return vectors.stream().flatMap(List::stream).toList();
    }

    private static Status.Code code(Runnable call) {
        try {
            call.run();
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    @Test
    void theServerAndItsModelsSayWhatTheyAre() {
        given().get("/v2").then().statusCode(200).body("name", equalTo("baigong"));
        given().get("/v2/health/live").then().statusCode(200).body("live", equalTo(true));
        given().get("/v2/health/ready").then().statusCode(200).body("ready", equalTo(true));
        String secret = key(Map.of("name", "looks"));
        given().header("Authorization", "Bearer " + secret)
                .get("/v2/models/" + ENCODER)
                .then()
                .statusCode(200)
                .body("inputs[0].datatype", equalTo("BYTES"))
                .body("outputs[0].shape", contains(-1, 384));
        given().header("Authorization", "Bearer " + secret)
                .get("/v2/models/" + ENCODER + "/ready")
                .then()
                .statusCode(200)
                .body("ready", equalTo(true));
        given().header("Authorization", "Bearer " + secret)
                .get("/v2/models/nothing")
                .then()
                .statusCode(404)
                .body("error", containsString("nothing"));

        var nobody = GRPCInferenceServiceGrpc.newBlockingStub(channel);
        assertThat(nobody.serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                .isTrue();
        assertThat(nobody.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
                .isTrue();
        var metadata = stub(secret)
                .modelMetadata(
                        ModelMetadataRequest.newBuilder().setName(ENCODER).build());
        assertThat(metadata.getOutputs(0).getShapeList()).containsExactly(-1L, 384L);
        assertThat(stub(secret)
                        .modelReady(
                                ModelReadyRequest.newBuilder().setName(ENCODER).build())
                        .getReady())
                .isTrue();
        assertThat(code(() -> stub(secret)
                        .modelReady(ModelReadyRequest.newBuilder()
                                .setName(ENCODER)
                                .setVersion("7")
                                .build())))
                .isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void textsBecomeTheVectorsThatTheOtherApiGives() {
        String secret = key(Map.of("name", "vectors"));
        List<Float> expected = overOpenAi(secret);
        String data = "[\"" + String.join("\", \"", TEXTS) + "\"]";
        for (String shape : List.of("[2]", "[2, 1]")) {
            List<Float> values = infer(secret, texts(shape, data))
                    .statusCode(200)
                    .body("id", equalTo("42"))
                    .body("model_name", equalTo(ENCODER))
                    .body("outputs[0].datatype", equalTo("FP32"))
                    .body("outputs[0].shape", contains(2, 384))
                    .extract()
                    .path("outputs[0].data");
            assertThat(values).isEqualTo(expected);
        }

        var request = ModelInferRequest.newBuilder()
                .setModelName(ENCODER)
                .setId("43")
                .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                        .setName("text")
                        .setDatatype("BYTES")
                        .addShape(2)
                        .setContents(InferTensorContents.newBuilder()
                                .addAllBytesContents(TEXTS.stream()
                                        .map(ByteString::copyFromUtf8)
                                        .toList())))
                .build();
        ModelInferResponse typed = stub(secret).modelInfer(request);
        assertThat(typed.getId()).isEqualTo("43");
        assertThat(typed.getOutputs(0).getContents().getFp32ContentsList()).isEqualTo(expected);
        assertThat(typed.getRawOutputContentsCount()).isZero();

        var raw = request.toBuilder().addRawInputContents(raw(TEXTS));
        raw.getInputsBuilder(0).clearContents();
        ModelInferResponse answer = stub(secret).modelInfer(raw.build());
        List<Float> values = new ArrayList<>();
        var floats = answer.getRawOutputContents(0)
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        while (floats.hasRemaining()) {
            values.add(floats.get());
        }
        assertThat(values).isEqualTo(expected);
        assertThat(answer.getOutputs(0).hasContents()).isFalse();
        assertThat(answer.getOutputs(0).getShapeList()).containsExactly(2L, 384L);
    }

    private static ByteString raw(List<String> texts) {
        ByteString raw = ByteString.EMPTY;
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            var length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, bytes.length);
            raw = raw.concat(ByteString.copyFrom(length)).concat(ByteString.copyFrom(bytes));
        }
        return raw;
    }

    @Test
    void whatDoesNotFitIsToldWithBothShapes() {
        String secret = key(Map.of("name", "errors"));
        infer(secret, texts("[3]", "[\"a\", \"b\"]"))
                .statusCode(400)
                .body("error", allOf(containsString("[3]"), containsString("[2]")));
        infer(secret, texts("[1, 2]", "[\"a\", \"b\"]"))
                .statusCode(400)
                .body("error", allOf(containsString("[n, 1]"), containsString("[1, 2]")));
        infer(secret, texts("[-1]", "[\"a\"]")).statusCode(400);
        infer(secret, texts("[9223372036854775807, 9]", "[\"a\"]")).statusCode(400);
        infer(secret, texts("[1]", "[7]")).statusCode(400);
        infer(secret, texts("[1]", "[\"\"]")).statusCode(400);
        infer(secret, "{\"inputs\":").statusCode(400).body("error", containsString("JSON"));
        infer(secret, "{}").statusCode(400).body("error", containsString("one input"));

        var request = ModelInferRequest.newBuilder()
                .setModelName(ENCODER)
                .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                        .setName("text")
                        .setDatatype("BYTES")
                        .addShape(1));
        for (byte[] raw : List.of(new byte[] {1, 0, 0}, new byte[] {9, 0, 0, 0, 65}, new byte[] {-1, -1, -1, -1})) {
            assertThat(code(() -> stub(secret)
                            .modelInfer(request.clone()
                                    .addRawInputContents(ByteString.copyFrom(raw))
                                    .build())))
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        assertThat(code(() -> stub(secret)
                        .modelInfer(request.clone()
                                .addRawInputContents(raw(List.of("a")))
                                .addRawInputContents(raw(List.of("b")))
                                .build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void keysLimitsAndUsageAreThoseOfTheGateway() throws Exception {
        Person person = People.first();
        infer("bg-" + "0".repeat(40), texts("[1]", "[\"a\"]")).statusCode(401);
        assertThat(code(() -> stub("nothing")
                        .modelInfer(ModelInferRequest.newBuilder()
                                .setModelName(ENCODER)
                                .build())))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        // An account's password is no key.
        person.asks()
                .contentType(ContentType.JSON)
                .body(texts("[1]", "[\"a\"]"))
                .post("/v2/models/" + ENCODER + "/infer")
                .then()
                .statusCode(401);

        var made = person.sends(Map.of("name", "few", "requestsPerMinute", 1)).post("/api/v1/keys");
        String secret = made.path("secret");
        String id = made.path("key.id");
        infer(secret, texts("[1]", "[\"The seller bears the risk.\"]")).statusCode(200);
        infer(secret, texts("[1]", "[\"a\"]")).statusCode(429).body("error", containsString("calls a minute"));
        String spent = key(Map.of("name", "spent", "tokensPerDay", 10));
        infer(spent, texts("[1]", "[\"The seller bears the risk.\"]")).statusCode(429);

        for (int look = 0; look < 100 && tokens(id) == 0; look++) {
            Thread.sleep(100);
        }
        assertThat(tokens(id)).isEqualTo(8); // as /v1/embeddings counts this text
    }

    private long tokens(String key) throws Exception {
        return Tenancy.platform().call(() -> {
            try (var connection = database.getConnection();
                    var select = connection.prepareStatement("select coalesce(sum(input_tokens), 0) from gateway_usage"
                            + " where key_id = ?::uuid and operation = 'infer' and backend = 'in process'")) {
                select.setString(1, key);
                try (var rows = select.executeQuery()) {
                    rows.next();
                    return rows.getLong(1);
                }
            }
        });
    }
}
