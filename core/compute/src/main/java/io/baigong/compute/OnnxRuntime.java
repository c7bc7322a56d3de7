package io.baigong.compute;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The one ONNX Runtime of this process. */
public final class OnnxRuntime {
    /**
     * ONNX Runtime 1.29 matches the process's command line by recursion, a frame a character, so that a class path of 12,000
     * characters overruns a Java thread's usual stack and ends the process. A thread with a large stack starts it instead.
     */
    private static final long STARTING_STACK_BYTES = 64L << 20;

    private OnnxRuntime() {}

    /** The environment, started at the first call. */
    public static OrtEnvironment environment() {
        return Holder.ENVIRONMENT;
    }

    /**
     * How models are opened: so that they give the same on all processors. Without VNNI, x86 adds pairs of 8-bit products in 16 bits,
     * where they may saturate; there ONNX Runtime now takes unsigned weights, which is exact and slower.
     */
    public static OrtSession.SessionOptions options() throws OrtException {
        var options = new OrtSession.SessionOptions();
        options.addConfigEntry("session.x64quantprecision", "1");
        return options;
    }

    private static final class Holder {
        static final OrtEnvironment ENVIRONMENT = start();
    }

    private static OrtEnvironment start() {
        var starting = new FutureTask<>(OrtEnvironment::getEnvironment);
        Thread.ofPlatform().name("onnx-start").stackSize(STARTING_STACK_BYTES).start(starting);
        try {
            return starting.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("ONNX Runtime does not start: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ONNX Runtime was starting", e);
        }
    }
}
