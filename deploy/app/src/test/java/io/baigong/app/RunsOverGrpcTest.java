package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.baigong.app.People.Person;
import io.baigong.host.account.Accounts;
import io.baigong.host.rpc.v1.File;
import io.baigong.host.rpc.v1.RunAnswer;
import io.baigong.host.rpc.v1.RunRequest;
import io.baigong.host.rpc.v1.RunsGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs of tasks over gRPC, as a program with stubs of its own sees them. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RunsOverGrpcTest {
    private static final String CODING = "medical.icd-coding";
    private static final String TERMS = "medical.term-normalisation";
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<byte[]> PROBLEM = Metadata.Key.of("problem-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final long PATIENCE_SECONDS = 60;

    @TestHTTPResource("/")
    URI address;

    @Inject
    Accounts accounts;

    private ManagedChannel channel;

    @BeforeEach
    void connect() throws Exception {
        accounts.ensureFirst();
        channel = Channels.to(address);
    }

    @AfterEach
    void disconnect() throws InterruptedException {
        channel.shutdownNow().awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Metadata basic(String name, String password) {
        var headers = new Metadata();
        headers.put(
                AUTHORIZATION,
                "Basic "
                        + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    private RunsGrpc.RunsBlockingStub stub(Person person) {
        return RunsGrpc.newBlockingStub(channel)
                .withInterceptors(
                        MetadataUtils.newAttachHeadersInterceptor(basic(person.signInName(), person.password())));
    }

    private RunsGrpc.RunsStub streams(Person person) {
        return RunsGrpc.newStub(channel)
                .withInterceptors(
                        MetadataUtils.newAttachHeadersInterceptor(basic(person.signInName(), person.password())));
    }

    private static RunRequest coding(String correlation) {
        return RunRequest.newBuilder()
                .setTask(CODING)
                .setInputJson("{\"note\": \"Patient admitted with pneumonia and fever.\", \"language\": \"en\"}")
                .setCorrelationId(correlation)
                .build();
    }

    private static Status.Code code(StatusRuntimeException e) {
        return e.getStatus().getCode();
    }

    private static JsonNode problem(StatusRuntimeException e) throws IOException {
        return new ObjectMapper().readTree(e.getTrailers().get(PROBLEM));
    }

    private static StatusRuntimeException failure(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException e) {
            return e;
        }
        throw new AssertionError("the call succeeded");
    }

    /** Answers of a stream, and how it ended. */
    private static final class Answers implements StreamObserver<RunAnswer> {
        final BlockingQueue<RunAnswer> answers = new LinkedBlockingQueue<>();
        final BlockingQueue<Status> ends = new LinkedBlockingQueue<>();

        @Override
        public void onNext(RunAnswer answer) {
            answers.add(answer);
        }

        @Override
        public void onError(Throwable e) {
            ends.add(Status.fromThrowable(e));
        }

        @Override
        public void onCompleted() {
            ends.add(Status.OK);
        }

        RunAnswer next() throws InterruptedException {
            RunAnswer answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(answer).as("an answer; the call ended with " + ends).isNotNull();
            return answer;
        }

        Status end() throws InterruptedException {
            Status end = ends.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(end).as("an end").isNotNull();
            return end;
        }
    }

    @Test
    void aRunIsAnsweredAsRestAnswersItAndIsInTheJournalOnce() throws IOException {
        Person person = People.ofNewTenant();
        RunAnswer answer = stub(person)
                .run(coding("order 7").toBuilder().setPurpose("coding").build());

        assertThat(answer.getCorrelationId()).isEqualTo("order 7");
        String id = answer.getRun().getId();
        person.asks().get("/api/v1/runs").then().body("id", contains(id));
        JsonNode overRest = new ObjectMapper()
                .readTree(person.asks().get("/api/v1/runs/" + id).asString());
        // As POST has it too: the journal keeps microseconds.
        JsonNode run = new ObjectMapper().readTree(answer.getRun().getJson());
        ((ObjectNode) overRest).set("startedAt", run.path("startedAt"));
        assertThat(run).isEqualTo(overRest);
        assertThat(overRest.path("status").asText()).isEqualTo("ANSWERED");
        person.asks().get("/api/v1/audit/entries").then().body("leaf.entry.subject", hasItem(id));
    }

    @Test
    void filesGoAlong() throws IOException {
        Person person = People.ofNewTenant();
        RunAnswer answer = stub(person)
                .run(RunRequest.newBuilder()
                        .setTask(TERMS)
                        .setInputJson("{\"terms\": \"急性阑尾炎\"}")
                        .addFiles(File.newBuilder()
                                .setComponent("codeList")
                                .setName("C:\\lists\\ours.tsv")
                                .setContent(ByteString.copyFromUtf8("K35.8\t急性阑尾炎\nJ18.9\t肺炎\n")))
                        .build());
        JsonNode run = new ObjectMapper().readTree(answer.getRun().getJson());
        assertThat(run.path("attachments").path(0).path("name").asText()).isEqualTo("ours.tsv");
        assertThat(run.path("output").toString()).contains("K35.8");
    }

    @Test
    void whatIsWrongIsAStatusWithItsProblem() throws IOException {
        Person person = People.ofNewTenant();
        var stub = stub(person);

        var broken = failure(() -> stub.run(RunRequest.newBuilder()
                .setTask(TERMS)
                .setInputJson("{\"terms\":")
                .build()));
        assertThat(code(broken)).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(problem(broken).path("detail").asText()).contains("line 1");
        assertThat(problem(broken).path("status").asInt()).isEqualTo(400);

        var missing = failure(
                () -> stub.run(RunRequest.newBuilder().setTask(TERMS + "x").build()));
        assertThat(code(missing)).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(problem(missing).path("remedy").asText()).contains(TERMS);

        var failed = failure(() -> stub.run(RunRequest.newBuilder()
                .setTask(TERMS)
                .setInputJson("{\"nothing\": 1}")
                .build()));
        assertThat(code(failed)).isEqualTo(Status.Code.INVALID_ARGUMENT);
        String id = problem(failed).path("run").asText();
        person.asks().get("/api/v1/runs/" + id).then().statusCode(200).body("status", equalTo("FAILED"));

        var longPurpose = failure(() ->
                stub.run(coding("x").toBuilder().setPurpose("p".repeat(201)).build()));
        assertThat(code(longPurpose)).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void nobodyIsLetInWithoutCredentials() {
        assertThat(code(failure(() -> RunsGrpc.newBlockingStub(channel).run(coding("x")))))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(code(failure(() -> RunsGrpc.newBlockingStub(channel)
                        .withInterceptors(
                                MetadataUtils.newAttachHeadersInterceptor(basic("analyst", "not the password")))
                        .run(coding("x")))))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void whoLacksTheRoleIsTurnedAwayAndThatIsAudited() {
        Person boss = People.ofNewTenant();
        Person auditor = People.made(boss, "auditor");
        assertThat(code(failure(() -> stub(auditor).run(coding("x"))))).isEqualTo(Status.Code.PERMISSION_DENIED);
        boss.asks().get("/api/v1/runs").then().body("id", hasSize(0));
        boss.asks().get("/api/v1/audit/entries").then().body("leaf.entry.subject", hasItem("gRPC baigong.v1.Runs/Run"));
    }

    @Test
    void aRoleOnOneVerticalRunsItsTasksAlone() throws Exception {
        Person boss = People.ofNewTenant();
        Person coder = People.made(boss, "analyst:medical");
        assertThat(stub(coder).run(coding("own")).hasRun()).isTrue();
        var contract = RunRequest.newBuilder()
                .setTask("finance.contract-review")
                .setInputJson("{\"sample\": \"managed-services\"}")
                .setCorrelationId("not ours")
                .build();
        assertThat(code(failure(() -> stub(coder).run(contract)))).isEqualTo(Status.Code.NOT_FOUND);

        var answers = new Answers();
        StreamObserver<RunRequest> requests = streams(coder).runStream(answers);
        requests.onNext(contract);
        assertThat(answers.next().getProblem().getStatus()).isEqualTo(404);
        requests.onNext(coding("ours"));
        assertThat(answers.next().hasRun()).isTrue();
        requests.onCompleted();
        assertThat(answers.end().isOk()).isTrue();
        assertThat(stub(boss).run(contract).hasRun()).isTrue();
    }

    @Test
    void tenantsSeeNothingOfEachOther() {
        Person one = People.ofNewTenant();
        Person other = People.ofNewTenant();
        String id = stub(one).run(coding("mine")).getRun().getId();
        other.asks().get("/api/v1/runs/" + id).then().statusCode(404);
        other.asks().get("/api/v1/runs").then().body("id", hasSize(0));
    }

    @Test
    void eachRequestOfAStreamHasItsAnswerAndABadOneEndsNoOther() throws Exception {
        Person person = People.ofNewTenant();
        var answers = new Answers();
        StreamObserver<RunRequest> requests = streams(person).runStream(answers);
        int many = 40; // more than may be unanswered
        for (int i = 0; i < many; i++) {
            requests.onNext(coding("r" + i));
        }
        requests.onNext(RunRequest.newBuilder()
                .setTask(TERMS)
                .setInputJson("no JSON")
                .setCorrelationId("bad")
                .build());
        requests.onCompleted();
        assertThat(answers.end().isOk()).isTrue();

        Map<Boolean, List<RunAnswer>> byOutcome =
                answers.answers.stream().collect(Collectors.partitioningBy(RunAnswer::hasRun));
        assertThat(byOutcome.get(true)).extracting(RunAnswer::getCorrelationId).doesNotHaveDuplicates();
        assertThat(byOutcome.get(true)).hasSize(many);
        assertThat(byOutcome.get(false)).singleElement().satisfies(answer -> {
            assertThat(answer.getCorrelationId()).isEqualTo("bad");
            assertThat(answer.getProblem().getStatus()).isEqualTo(400);
        });
        person.asks().queryParam("limit", 100).get("/api/v1/runs").then().body("id", hasSize(many));
    }

    @Test
    void whoLosesTheRoleLosesTheStream() throws Exception {
        Person boss = People.ofNewTenant();
        Person analyst = People.made(boss, "analyst");
        var answers = new Answers();
        StreamObserver<RunRequest> requests = streams(analyst).runStream(answers);
        requests.onNext(coding("before"));
        assertThat(answers.next().hasRun()).isTrue();
        boss.sends(Map.of("disabled", true))
                .patch("/api/v1/accounts/" + analyst.name())
                .then()
                .statusCode(200);
        requests.onNext(coding("after"));
        assertThat(answers.end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        boss.asks().get("/api/v1/runs").then().body("id", hasSize(1));
    }

    @Test
    void aRunOutlivesItsCaller() throws Exception {
        Person person = People.ofNewTenant();
        var review = RunRequest.newBuilder()
                .setTask("finance.contract-review")
                .setInputJson("{\"sample\": \"managed-services\"}")
                .build();
        var stub = RunsGrpc.newFutureStub(channel)
                .withInterceptors(
                        MetadataUtils.newAttachHeadersInterceptor(basic(person.signInName(), person.password())));
        boolean outlived = false;
        // The caller must go after the run has begun and before it has ended, which nobody outside can see: tries until
        // it hit.
        for (long millis = 50; !outlived && millis < 10_000; millis *= 2) {
            int before = person.asks().get("/api/v1/runs").path("size()");
            var answer = stub.run(review);
            Thread.sleep(millis);
            boolean gone = answer.cancel(true);
            for (int look = 0; gone && !outlived && look < 50; look++) {
                Thread.sleep(100);
                int now = person.asks().get("/api/v1/runs").path("size()");
                outlived = now > before;
            }
        }
        assertThat(outlived).isTrue();
    }

    @Test
    void messagesThatAreTooLargeOrCompressedAreNotRead() {
        Person person = People.ofNewTenant();
        var large = coding("large").toBuilder()
                .addFiles(File.newBuilder()
                        .setComponent("codeList")
                        .setName("x")
                        .setContent(ByteString.copyFrom(new byte[17 << 20])))
                .build();
        assertThat(code(failure(() -> stub(person).run(large)))).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(code(failure(() -> stub(person).withCompression("gzip").run(coding("packed")))))
                .isEqualTo(Status.Code.UNIMPLEMENTED);
        person.asks().get("/api/v1/runs").then().body("id", hasSize(0));
        assertThatThrownBy(() -> RunsGrpc.newBlockingStub(channel)
                        .withCompression("gzip")
                        .run(coding("packed")))
                .isInstanceOf(StatusRuntimeException.class);
    }
}
