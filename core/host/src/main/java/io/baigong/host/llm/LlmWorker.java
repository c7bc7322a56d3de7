package io.baigong.host.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.baigong.host.llm.TrainJobs.Status;
import io.baigong.host.run.BackgroundWorkers;
import io.baigong.host.run.PlatformJson;
import io.baigong.tuning.llm.Gpus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings what people want and what the cluster does into line: rows without a TrainJob get one, those whose TrainJob is over end, and
 * cancelled ones lose theirs, as others do a while after their end. It compares both sides anew each time, so that nothing is missed while the suite or the cluster is down;
 * every step may be done twice, so that each instance does it without a lock.
 */
@ApplicationScoped
public class LlmWorker {
    private static final System.Logger LOG = System.getLogger(LlmWorker.class.getName());
    private static final Duration SHUTDOWN = Duration.ofSeconds(10);

    /** Answers that asking again does not change. */
    private static final List<Integer> FINAL = List.of(400, 403, 404, 413, 422);

    private final LlmTrainings trainings;
    private final ClusterConfig config;
    private final TrainJobManifest manifest;
    private final BackgroundWorkers workers = new BackgroundWorkers("language-model trainings");
    private @Nullable KubernetesClient client;
    private long nextLook = System.nanoTime();
    private boolean down;

    /** What could not be settled the last time. */
    private final Set<UUID> stuck = new HashSet<>();

    LlmWorker(LlmTrainings trainings, ClusterConfig config) {
        this.trainings = trainings;
        this.config = config;
        manifest = new TrainJobManifest(config);
    }

    void start(@Observes StartupEvent started) {
        if (config.namespace().isEmpty()) {
            return;
        }
        check(config);
        // The next look is what tries again; a client that waits would have the others wait.
        KubernetesClient cluster = new KubernetesClientBuilder()
                .editOrNewConfig()
                .withRequestRetryBackoffLimit(0)
                .endConfig()
                .build();
        client = cluster;
        var jobs = new TrainJobs(cluster, config.namespace().get());
        workers.start(1, () -> () -> {
            look(jobs);
            return false;
        });
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        workers.stop(SHUTDOWN);
        if (client != null) {
            client.close();
        }
    }

    /** Throws {@link IllegalArgumentException} for GPUs on which nothing can be planned. */
    static void check(ClusterConfig config) {
        try {
            var _ = new Gpus(
                    config.nodes(), config.gpusPerNode(), config.gpuMemory(), config.gpuTeraflops(), config.gpuShare());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("baigong.cluster: " + e.getMessage(), e);
        }
    }

    private void look(TrainJobs jobs) {
        // Rows before TrainJobs: one that is running in the rows has its TrainJob already.
        List<LlmTraining> unsettled = trainings.unsettled();
        if (unsettled.isEmpty() || System.nanoTime() - nextLook < 0) {
            return;
        }
        nextLook = System.nanoTime() + config.poll().toNanos();
        Map<String, Status> all;
        try {
            all = jobs.all();
        } catch (KubernetesClientException e) {
            if (!down) {
                LOG.log(Level.WARNING, "the cluster can't be asked, and will be again: " + e.getMessage());
            }
            down = true;
            return;
        }
        down = false;
        unsettled.forEach(training -> tryToSettle(training, jobs, all.get(training.jobName())));
    }

    /** One that can't be settled keeps none of the others waiting. */
    private void tryToSettle(LlmTraining training, TrainJobs jobs, @Nullable Status status) {
        try {
            settle(training, jobs, status);
            stuck.remove(training.id());
        } catch (RuntimeException e) {
            if (stuck.add(training.id())) {
                // Its words may be a person's.
                LOG.log(
                        Level.WARNING,
                        "language-model training " + training.id() + " can't be settled, and is tried again: "
                                + e.getClass().getName());
            }
        }
    }

    private void settle(LlmTraining training, TrainJobs jobs, @Nullable Status status) {
        switch (training.state()) {
            case QUEUED -> make(training, jobs);
            case RUNNING -> end(training, jobs, status);
            case SUCCEEDED, FAILED, CANCELLED -> remove(training, jobs, status);
        }
    }

    private void make(LlmTraining training, TrainJobs jobs) {
        if (!trainings.making(training)) {
            return;
        }
        try {
            jobs.make(manifest.of(training, model(training)));
        } catch (KubernetesClientException e) {
            if (!FINAL.contains(e.getCode())) {
                throw e;
            }
            trainings.fail(training, "the cluster refuses its TrainJob: " + e.getMessage());
            return;
        }
        trainings.made(training);
    }

    private void remove(LlmTraining training, TrainJobs jobs, @Nullable Status status) {
        if (status == null) {
            trainings.absent(training);
        } else {
            jobs.delete(training.jobName());
        }
    }

    private void end(LlmTraining training, TrainJobs jobs, @Nullable Status status) {
        if (status == null) {
            trainings.fail(training, "its TrainJob was deleted in the cluster");
            return;
        }
        String name = training.jobName();
        switch (status.phase()) {
            case COMPLETE ->
                jobs.result(name, manifest.out(training) + "/model")
                        .ifPresentOrElse(
                                result -> trainings.succeed(training, result),
                                () -> trainings.fail(
                                        training,
                                        "its TrainJob is complete, and no pod tells the digest of what lies in "
                                                + manifest.out(training)));
            case FAILED ->
                trainings.fail(
                        training,
                        status.message()
                                + jobs.lastWords(name)
                                        .map(words -> ": " + words)
                                        .orElse(""));
            case RUNNING -> {}
        }
    }

    private static String model(LlmTraining training) {
        try {
            return PlatformJson.mapper()
                    .readTree(training.recipe())
                    .at("/baseModel/name")
                    .asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
