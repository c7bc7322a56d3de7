package io.baigong.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.app.People.Person;
import io.baigong.host.access.Roles;
import io.baigong.host.account.Accounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** MLflow's own client for Java tracks runs here. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MlflowTest {
    @TestHTTPResource("/")
    URI address;

    @Inject
    Accounts accounts;

    private Person owner;
    private MlflowClient client;

    @BeforeEach
    void people() throws Exception {
        accounts.ensureFirst();
        owner = People.made(People.first(), Roles.MODEL_OWNER);
        client = client(owner);
    }

    @AfterEach
    void close() {
        client.close();
    }

    private MlflowClient client(Person person) {
        return client(address, person);
    }

    static MlflowClient client(URI address, Person person) {
        String host = address.toString().replaceAll("/$", "");
        return new MlflowClient(new BasicMlflowHostCreds(host, person.signInName(), person.password()));
    }

    private static String fresh(String name) {
        return name + " " + UUID.randomUUID();
    }

    private static Metric metric(String key, double value, long at, long step) {
        return Metric.newBuilder()
                .setKey(key)
                .setValue(value)
                .setTimestamp(at)
                .setStep(step)
                .build();
    }

    @Test
    void experimentsAreMadeFoundRenamedDeletedAndRestored() {
        String name = fresh("churn");
        String id = client.createExperiment(name);
        client.setExperimentTag(id, "team", "制造");

        Experiment made = client.getExperiment(id);
        assertThat(made.getName()).isEqualTo(name);
        assertThat(made.getLifecycleStage()).isEqualTo("active");
        assertThat(made.getTagsList())
                .extracting(tag -> tag.getKey() + "=" + tag.getValue())
                .containsExactly("team=制造");
        assertThat(made.getCreationTime()).isPositive();
        assertThat(client.getExperimentByName(name)).contains(made);
        assertThat(client.getExperimentByName(fresh("none"))).isEmpty();
        assertThat(client.getExperimentByName("Default"))
                .get()
                .extracting(Experiment::getExperimentId)
                .isEqualTo("0");
        refused(() -> client.createExperiment(name), 400, "RESOURCE_ALREADY_EXISTS");

        String renamed = fresh("renamed");
        client.renameExperiment(id, renamed);
        assertThat(client.searchExperiments("name LIKE '" + renamed + "%' AND tags.team = '制造'")
                        .getItems())
                .extracting(Experiment::getExperimentId)
                .containsExactly(id);

        client.deleteExperiment(id);
        assertThat(client.searchExperiments("name = '" + renamed + "'").getItems())
                .isEmpty();
        assertThat(client.searchExperiments("name = '" + renamed + "'", ViewType.DELETED_ONLY, 10, List.of("name DESC"))
                        .getItems())
                .hasSize(1);
        refused(() -> client.createRun(id), 400, "INVALID_PARAMETER_VALUE");
        client.restoreExperiment(id);
        assertThat(client.getExperiment(id).getLifecycleStage()).isEqualTo("active");
        refused(() -> client.deleteExperiment("0"), 400, "INVALID_PARAMETER_VALUE");
        refused(() -> client.getExperiment("999999999"), 404, "RESOURCE_DOES_NOT_EXIST");
        refused(() -> client.getExperiment("x"), 404, "RESOURCE_DOES_NOT_EXIST");
    }

    private static void refused(Runnable call, int status, String code) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(MlflowHttpException.class, e -> {
            assertThat(e.getStatusCode()).isEqualTo(status);
            assertThat(e.getBodyMessage()).contains("\"error_code\":\"" + code + "\"");
        });
    }

    @Test
    void aRunKeepsWhatIsLogged() {
        String experiment = client.createExperiment(fresh("runs"));
        RunInfo begun = client.createRun(CreateRun.newBuilder()
                .setExperimentId(experiment)
                .setRunName("first")
                .setStartTime(1_000)
                .addTags(RunTag.newBuilder().setKey("mlflow.source.git.commit").setValue("abc"))
                .build());
        String id = begun.getRunId();
        assertThat(begun.getStatus()).isEqualTo(RunStatus.RUNNING);
        assertThat(begun.getUserId()).isEqualTo(owner.name());
        assertThat(begun.getArtifactUri()).isEqualTo("mlflow-artifacts:/" + experiment + "/" + id + "/artifacts");

        client.logParam(id, "depth", "6");
        client.logParam(id, "depth", "6"); // as a client that tries again
        refused(() -> client.logParam(id, "depth", "7"), 400, "INVALID_PARAMETER_VALUE");
        client.logMetric(id, "loss", 0.5, 10, 0);
        client.logMetric(id, "loss", Double.NaN, 20, 1);
        client.logMetric(id, "loss", 0.25, 30, 2);
        client.logBatch(
                id,
                List.of(metric("auc", 0.9, 30, 2), metric("loss", Double.POSITIVE_INFINITY, 25, 1)),
                List.of(Param.newBuilder().setKey("rate").setValue("0.1").build()),
                List.of(RunTag.newBuilder().setKey("k").setValue("v").build()));
        client.setTag(id, "gone", "soon");
        client.deleteTag(id, "gone");
        client.setTerminated(id, RunStatus.FINISHED, 2_000);

        Run run = client.getRun(id);
        assertThat(run.getInfo().getStatus()).isEqualTo(RunStatus.FINISHED);
        assertThat(run.getInfo().getStartTime()).isEqualTo(1_000);
        assertThat(run.getInfo().getEndTime()).isEqualTo(2_000);
        assertThat(run.getInfo().getRunName()).isEqualTo("first");
        assertThat(run.getData().getMetricsList())
                .containsExactly(metric("auc", 0.9, 30, 2), metric("loss", 0.25, 30, 2));
        assertThat(run.getData().getParamsList())
                .extracting(param -> param.getKey() + "=" + param.getValue())
                .containsExactly("depth=6", "rate=0.1");
        assertThat(run.getData().getTagsList())
                .extracting(RunTag::getKey)
                .containsExactly("k", "mlflow.runName", "mlflow.source.git.commit");
        assertThat(client.getMetricHistory(id, "loss"))
                .extracting(Metric::getValue)
                .containsExactly(0.5, Double.NaN, Double.POSITIVE_INFINITY, 0.25);

        client.deleteRun(id);
        assertThat(client.listRunInfos(experiment)).isEmpty();
        refused(() -> client.logMetric(id, "loss", 1), 400, "INVALID_PARAMETER_VALUE");
        client.restoreRun(id);
        assertThat(client.listRunInfos(experiment)).hasSize(1);
        refused(() -> client.getRun("0".repeat(32)), 404, "RESOURCE_DOES_NOT_EXIST");
        refused(() -> client.getRun("../../etc/passwd"), 404, "RESOURCE_DOES_NOT_EXIST");
    }

    /** A batch with one fault keeps nothing. */
    @Test
    void aBatchIsKeptWholeOrNotAtAll() {
        String id = client.createRun().getRunId();
        Metric good = metric("good", 1, 1, 0);
        refused(
                () -> client.logBatch(id, List.of(good, metric("../bad", 1, 1, 0)), null, null),
                400,
                "INVALID_PARAMETER_VALUE");
        assertThat(client.getRun(id).getData().getMetricsList()).isEmpty();
        refused(
                () -> client.logBatch(id, java.util.Collections.nCopies(1_001, good), null, null),
                400,
                "INVALID_PARAMETER_VALUE");
    }

    @Test
    void runsAreSearchedByWhatTheyAre() {
        String experiment = client.createExperiment(fresh("search"));
        for (int i = 0; i < 5; i++) {
            String id = client.createRun(CreateRun.newBuilder()
                            .setExperimentId(experiment)
                            .setRunName("run " + i)
                            .setStartTime(100 + i)
                            .build())
                    .getRunId();
            client.logMetric(id, "loss", 9, 1, 0);
            client.logMetric(id, "loss", i / 10.0, 2, 1);
            client.logParam(id, "model", i % 2 == 0 ? "tree" : "net");
        }
        assertThat(names(experiment, "metrics.loss < 0.25 and params.model = 'tree'"))
                .containsExactly("run 2", "run 0");
        assertThat(names(experiment, "params.model LIKE 'N%'")).isEmpty();
        assertThat(names(experiment, "params.model ILIKE 'N%' AND attributes.start_time > 101"))
                .containsExactly("run 3");
        assertThat(names(experiment, "attributes.run_name IN ('run 1', 'run 4') AND status = 'RUNNING'"))
                .containsExactly("run 4", "run 1");
        refused(() -> names(experiment, "metrics.loss <"), 400, "INVALID_PARAMETER_VALUE");
        refused(() -> names(experiment, "a = 1; drop table mlflow_run"), 400, "INVALID_PARAMETER_VALUE");

        var page = client.searchRuns(List.of(experiment), "", ViewType.ACTIVE_ONLY, 2, List.of("metrics.loss DESC"));
        assertThat(page.getItems())
                .extracting(run -> run.getInfo().getRunName())
                .containsExactly("run 4", "run 3");
        assertThat(page.hasNextPage()).isTrue();
        var next = page.getNextPage();
        assertThat(next.getItems())
                .extracting(run -> run.getInfo().getRunName())
                .containsExactly("run 2", "run 1");
        assertThat(next.getNextPage().getItems()).hasSize(1);
        assertThat(next.getNextPage().hasNextPage()).isFalse();
    }

    private List<String> names(String experiment, String filter) {
        return client.searchRuns(List.of(experiment), filter, ViewType.ACTIVE_ONLY, 100).getItems().stream()
                .map(run -> run.getInfo().getRunName())
                .toList();
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
        String experiment = client.createExperiment(fresh("ours"));
        String run = client.createRun(experiment).getRunId();
        try (var stranger = client(People.ofNewTenant())) {
            refused(() -> stranger.getExperiment(experiment), 404, "RESOURCE_DOES_NOT_EXIST");
            refused(() -> stranger.getRun(run), 404, "RESOURCE_DOES_NOT_EXIST");
            refused(() -> stranger.logMetric(run, "loss", 1), 404, "RESOURCE_DOES_NOT_EXIST");
            assertThat(stranger.searchExperiments().getItems())
                    .extracting(Experiment::getName)
                    .containsExactly("Default");
            // Each has a default of its own.
            String own = stranger.createRun().getRunId();
            assertThat(stranger.listRunInfos("0")).extracting(RunInfo::getRunId).containsExactly(own);
            refused(() -> client.getRun(own), 404, "RESOURCE_DOES_NOT_EXIST");
        }
    }

    @Test
    void errorsAreInMlflowsForm() {
        try (var nobody = new MlflowClient(address.toString().replaceAll("/$", ""));
                var wrong = client(new Person(owner.name(), owner.signInName(), "wrong"));
                var analyst = client(People.made(People.first(), Roles.ANALYST))) {
            refused(nobody::searchExperiments, 401, "UNAUTHENTICATED");
            refused(wrong::searchExperiments, 401, "UNAUTHENTICATED");
            refused(analyst::searchExperiments, 403, "PERMISSION_DENIED");
            assertThat(analyst.getRegisteredModel("manufacturing.process-failure")
                            .getName())
                    .isEqualTo("manufacturing.process-failure");
        }
        try (var auditor = client(People.made(People.first(), Roles.AUDITOR))) {
            assertThat(auditor.searchExperiments().getItems()).isNotEmpty();
            refused(() -> auditor.createExperiment(fresh("no")), 403, "PERMISSION_DENIED");
        }
        refused(() -> client.sendPost("traces/search", "{}"), 404, "ENDPOINT_NOT_FOUND");
        refused(() -> client.sendPost("runs/create", "{"), 400, "INVALID_PARAMETER_VALUE");
        refused(() -> client.sendPost("runs/log-metric", "{\"timestamp\": \"soon\"}"), 400, "INVALID_PARAMETER_VALUE");
        owner.sends(Map.of("experiment_ids", List.of("0"), "page_token", "../.."))
                .post("/api/2.0/mlflow/runs/search")
                .then()
                .statusCode(400);
    }
}
