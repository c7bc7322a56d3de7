package io.baigong.host.llm;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code baigong.cluster.*}: a Kubernetes cluster with Kubeflow Trainer. How to reach it comes from the pod's service account or the
 * file that {@code KUBECONFIG} names.
 */
@ConfigMapping(prefix = "baigong.cluster")
public interface ClusterConfig {
    /** Where TrainJobs are made; none are unless given. */
    Optional<String> namespace();

    /** The ClusterTrainingRuntime that they run in, with the script and the volume. */
    @WithDefault("baigong-tuning")
    String runtime();

    /** Most machines of a training. */
    @WithDefault("1")
    int nodes();

    /** GPUs of each. */
    @WithDefault("8")
    int gpusPerNode();

    /** Memory of one GPU, in GiB. */
    @WithDefault("80")
    double gpuMemory();

    /** Peak of one GPU in 16 bits, dense, in teraflops. */
    @WithDefault("989")
    double gpuTeraflops();

    /** Share of the peak that trainings reach. */
    @WithDefault("0.4")
    double gpuShare();

    /** How the cluster names GPUs. */
    @WithDefault("nvidia.com/gpu")
    String gpuResource();

    /** Where the volume of models, data and results lies in the containers. */
    @WithDefault("/baigong")
    String volume();

    /** How often the cluster is asked how far its TrainJobs are. */
    @WithDefault("PT10S")
    Duration poll();

    /** How long TrainJobs, and the logs of their pods, stay on the cluster after their end. */
    @WithDefault("P1D")
    Duration keep();

    /** Most trainings of a tenant that wait or run. */
    @WithDefault("20")
    int waiting();
}
