package io.baigong.compute;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Where the models of this process run. By the property {@code baigong.compute.device}, or the variable
 * {@code BAIGONG_COMPUTE_DEVICE}: {@code cpu}, {@code cuda}, or, if it is not said, {@code auto}, which is CUDA where ONNX Runtime was
 * built for it and there is a device.
 */
public enum Device {
    /** Dense layers in 8 bits. */
    CPU(EncoderGraph.Precision.INT8, 1),
    /** Dense layers in 32 bits, for 8-bit ones would go back and forth between device and processor; batches are larger. */
    CUDA(EncoderGraph.Precision.FLOAT32, 32);

    private static final System.Logger LOG = System.getLogger(Device.class.getName());
    private static final String SETTING = "baigong.compute.device";

    private static @Nullable Device current;

    private final EncoderGraph.Precision precision;
    private final int batch;

    Device(EncoderGraph.Precision precision, int batch) {
        this.precision = precision;
        this.batch = batch;
    }

    /** The device of this process, chosen at the first call. Throws {@link IllegalStateException} that says why it can't be had. */
    public static synchronized Device current() {
        if (current == null) {
            current = choose(
                    Optional.ofNullable(System.getProperty(SETTING))
                            .or(() -> Optional.ofNullable(System.getenv("BAIGONG_COMPUTE_DEVICE")))
                            .orElse("auto"),
                    providers(),
                    Device::tryCuda);
        }
        return current;
    }

    private static Set<OrtProvider> providers() {
        OnnxRuntime.environment();
        return OrtEnvironment.getAvailableProviders();
    }

    /** Throws when there is no device, or not what it needs. */
    private static Boolean tryCuda() throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            options.addCUDA(0);
        }
        return true;
    }

    static Device choose(String wanted, Set<OrtProvider> providers, Callable<Boolean> tryCuda) {
        return switch (wanted.toLowerCase(Locale.ROOT)) {
            case "cpu" -> CPU;
            case "auto" ->
                lacksForCuda(providers, tryCuda)
                        .map(lack -> cpuFor(lack, providers))
                        .orElse(CUDA);
            case "cuda" -> {
                lacksForCuda(providers, tryCuda).ifPresent(lack -> {
                    throw new IllegalStateException(SETTING + " is cuda, but " + lack);
                });
                yield CUDA;
            }
            default -> throw new IllegalStateException(SETTING + " is auto, cpu or cuda, not " + wanted);
        };
    }

    private static Device cpuFor(String lack, Set<OrtProvider> providers) {
        if (providers.contains(OrtProvider.CUDA)) {
            LOG.log(System.Logger.Level.WARNING, "models in this process run on the CPU: " + lack);
        }
        return CPU;
    }

    private static Optional<String> lacksForCuda(Set<OrtProvider> providers, Callable<Boolean> tryCuda) {
        if (!providers.contains(OrtProvider.CUDA)) {
            return Optional.of("this build's ONNX Runtime is for CPUs; one for GPUs comes with the Maven profile cuda");
        }
        try {
            tryCuda.call();
            return Optional.empty();
        } catch (Exception | LinkageError e) {
            return Optional.of("CUDA can't be used: " + e.getMessage());
        }
    }

    /** Lets a session run here; before it is opened. */
    public void addTo(OrtSession.SessionOptions options) throws OrtException {
        if (this == CUDA) {
            options.addCUDA(0);
        }
    }

    /** In which encoders run best. */
    EncoderGraph.Precision precision() {
        return precision;
    }

    /**
     * Most tokens of a batch.
     *
     * @param onCpu how many it should have on a CPU
     */
    int batchTokens(int onCpu) {
        return onCpu * batch;
    }
}
