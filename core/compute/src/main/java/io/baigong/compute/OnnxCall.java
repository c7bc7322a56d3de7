package io.baigong.compute;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * An ONNX model of one input, in ONNX Runtime, that runs on the thread that calls it.
 *
 * <p>Thread-safe. Owns native memory: close it.
 */
final class OnnxCall implements AutoCloseable {
    private final OrtEnvironment environment = OnnxRuntime.environment();
    private final OrtSession session;
    private final String input;

    /** Read by runs, written by closing: freeing a session in use ends the process. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private boolean closed;

    OnnxCall(byte[] model) throws IOException {
        try (var options = OnnxRuntime.options()) {
            Device.current().addTo(options);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(model, options);
            input = session.getInputNames().iterator().next();
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime can't open the model: " + e.getMessage(), e);
        }
    }

    /** All outputs, in the order of the model. Throws {@link IllegalArgumentException} for a shape that it can't take. */
    List<Tensor> run(Tensor value) {
        FloatBuffer numbers = ByteBuffer.allocateDirect(Math.multiplyExact(value.values().length, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .put(value.values())
                .flip();
        use.readLock().lock();
        try {
            if (closed) {
                throw new CancellationException("the model has been closed");
            }
            try (var tensor = OnnxTensor.createTensor(environment, numbers, value.shape());
                    var result = session.run(Map.of(input, tensor))) {
                var outputs = new ArrayList<Tensor>();
                for (var output : result) {
                    var each = (OnnxTensor) output.getValue();
                    FloatBuffer copied = each.getFloatBuffer(); // each call copies
                    float[] values = new float[copied.remaining()];
                    copied.get(values);
                    outputs.add(new Tensor(each.getInfo().getShape(), values));
                }
                return outputs;
            }
        } catch (OrtException e) {
            throw new IllegalArgumentException("the model can't take this input: " + e.getMessage(), e);
        } finally {
            use.readLock().unlock();
        }
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("closing a model failed", e);
        } finally {
            use.writeLock().unlock();
        }
    }
}
