package io.baigong.compute;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An encoder in ONNX Runtime. Sequences of all callers share a {@link BatchQueue}; each core runs one batch at a time.
 *
 * <p>Thread-safe. Owns native memory: close it.
 */
final class EncoderSession implements AutoCloseable {
    /** Class and separator tokens of BERT's uncased vocabulary. */
    private static final int CLS = 101;

    private static final int SEP = 102;

    /** One pool for all encoders, a thread per core, so that sessions don't fight over them. */
    private static final ForkJoinPool CORES = new ForkJoinPool(
            Runtime.getRuntime().availableProcessors(), ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true);

    private final OrtEnvironment environment = OnnxRuntime.environment();
    private final OrtSession session;
    private final BatchQueue<Sequence> queue;

    /** Read by runs, written by closing: freeing a session in use ends the process. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private boolean closed;

    /**
     * One sequence: tokens {@code [start, end)} of a text, without markers.
     *
     * @param taker told the result {@code [tokens + 2, columns]}, markers first and last; called from any thread
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Sequence(long[] ids, int start, int end, Consumer<FloatBuffer> taker) {
        int length() {
            return end - start;
        }
    }

    /** @param batchTokens most tokens of a batch, unless one sequence alone has more */
    EncoderSession(byte[] model, int batchTokens) {
        this(batchTokens, options -> OnnxRuntime.environment().createSession(model, options));
    }

    /** Opens a file, which never passes through Java's heap. */
    EncoderSession(Path model, int batchTokens) {
        this(batchTokens, options -> OnnxRuntime.environment().createSession(model.toString(), options));
    }

    private EncoderSession(int batchTokens, Opening opening) {
        this.queue = new BatchQueue<>(sequence -> sequence.length() + 2, batchTokens);
        try (var options = OnnxRuntime.options()) {
            Device.current().addTo(options);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            session = opening.open(options);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses the encoder: " + e.getMessage(), e);
        }
    }

    /** Token ids between their markers, {@code [1, tokens]}, with so many tokens at the most. */
    static Tensor marked(long[] ids, int maxTokens) {
        int inner = Math.min(ids.length, maxTokens - 2);
        float[] values = new float[inner + 2];
        values[0] = CLS;
        for (int i = 0; i < inner; i++) {
            values[i + 1] = ids[i];
        }
        values[inner + 1] = SEP;
        return new Tensor(new long[] {1, values.length}, values);
    }

    private interface Opening {
        OrtSession open(OrtSession.SessionOptions options) throws OrtException;
    }

    /** Throws {@link IllegalArgumentException} unless the model reads token ids and writes so many numbers a token. */
    void check(int width) {
        try {
            NodeInfo ids = session.getInputInfo().get("input_ids");
            boolean reads = session.getNumInputs() == 1
                    && ids != null
                    && ids.getInfo() instanceof TensorInfo info
                    && info.type == OnnxJavaType.INT32;
            if (!reads) {
                throw new IllegalArgumentException(
                        "the model's one input is not input_ids, 32-bit [sequences, tokens], but "
                                + session.getInputInfo().values());
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime can't tell the model's inputs: " + e.getMessage(), e);
        }
        int[] values = new int[1];
        run(List.of(new Sequence(new long[0], 0, 0, hidden -> values[0] = hidden.remaining())));
        if (values[0] != 2 * width) {
            throw new IllegalArgumentException("the model writes %d numbers for two tokens, where %d are expected"
                    .formatted(values[0], 2 * width));
        }
    }

    /**
     * Runs all sequences; returns when each taker has been told.
     *
     * <p>Their place in the queue is by the thread's {@link Priority#current}. Throws {@link CancellationException} when the thread
     * is interrupted; what still waits then leaves the queue.
     */
    void run(List<Sequence> sequences) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the encoder is closed");
            }
            var call = queue.add(
                    sequences.stream()
                            .sorted(Comparator.comparingInt(Sequence::length).reversed())
                            .toList(),
                    Priority.current());
            // A batch may take several sequences along; then some of these find nothing to do.
            sequences.forEach(_ -> CORES.execute(this::runNext));
            await(call);
            @Nullable Throwable failure = call.failure();
            if (failure != null) {
                throw new IllegalStateException(failure.getMessage(), failure);
            }
        } finally {
            use.readLock().unlock();
        }
    }

    /** How it has been asked since it was opened. */
    Batching batching() {
        return queue.count();
    }

    private void await(BatchQueue.Call<Sequence> call) {
        boolean interrupted = false;
        while (true) {
            try {
                call.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                queue.giveUp(call);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the caller no longer waits");
        }
    }

    private void runNext() {
        var batch = queue.take();
        if (batch == null) {
            return;
        }
        try {
            runBatch(batch.contents());
            batch.done();
        } catch (Throwable e) { // whatever it is, its callers must not wait for ever
            queue.failed(batch, e);
        }
    }

    private void runBatch(List<Sequence> batch) {
        int tokens = batch.getFirst().length() + 2;
        IntBuffer ids = ByteBuffer.allocateDirect(4 * batch.size() * tokens)
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
        for (Sequence sequence : batch) {
            ids.put(CLS);
            for (int i = sequence.start(); i < sequence.end(); i++) {
                ids.put((int) sequence.ids()[i]);
            }
            ids.put(SEP);
        }
        long[] shape = {batch.size(), tokens};
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids.flip(), shape);
                OrtSession.Result result = session.run(Map.of("input_ids", idTensor))) {
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            int size = values.capacity() / batch.size();
            for (int row = 0; row < batch.size(); row++) {
                batch.get(row).taker().accept(values.slice(row * size, size));
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime could not run the encoder: " + e.getMessage(), e);
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
            throw new IllegalStateException("ONNX Runtime could not close the encoder: " + e.getMessage(), e);
        } finally {
            use.writeLock().unlock();
        }
    }
}
