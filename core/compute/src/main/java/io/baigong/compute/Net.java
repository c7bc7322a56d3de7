package io.baigong.compute;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A net of layers in ONNX Runtime.
 *
 * <p>Thread-safe: each call runs on the thread that makes it. Owns native memory: close it.
 */
public final class Net implements Predictor {
    /** Most numbers that go in at once. */
    private static final int CHUNK = 1 << 22;

    private final NetArtifact artifact;
    private final String sha256;
    private final long parameters;
    private final OnnxCall call;

    private Net(NetArtifact artifact, String sha256, long parameters, byte[] model) throws IOException {
        this.artifact = artifact;
        this.sha256 = sha256;
        this.parameters = parameters;
        this.call = new OnnxCall(model);
    }

    /** Opens an artifact. Throws {@link IOException} that says what is missing or does not fit. */
    public static Net open(ModelFiles files) throws IOException {
        NetArtifact artifact = NetArtifact.read(files);
        try (InputStream in = files.open(ModelFiles.WEIGHTS)) {
            Map<String, Tensor> weights = Safetensors.read(in);
            long parameters = weights.values().stream()
                    .mapToLong(tensor -> tensor.values().length)
                    .sum();
            return new Net(artifact, files.sha256(), parameters, NetGraph.of(artifact, weights));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "the model %s %s can't be used: %s".formatted(artifact.name(), artifact.version(), e.getMessage()),
                    e);
        }
    }

    @Override
    public String name() {
        return artifact.name();
    }

    @Override
    public String version() {
        return artifact.version();
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public long parameters() {
        return parameters;
    }

    @Override
    public Tensor predict(Tensor input) {
        long[] shape = input.shape();
        if (shape.length != artifact.input().size() + 1
                || shape[1] != artifact.input().getFirst()) {
            throw new IllegalArgumentException("the net %s takes [examples, %s], not %s"
                    .formatted(
                            artifact.name(),
                            artifact.input().toString().replaceAll("[\\[\\]]", ""),
                            Arrays.toString(shape)));
        }
        int examples = (int) shape[0];
        int each = examples == 0 ? 1 : input.values().length / examples;
        int step = Math.max(1, CHUNK / Math.max(1, each));
        var parts = new ArrayList<Tensor>();
        for (int from = 0; from < examples; from += step) {
            int to = Math.min(examples, from + step);
            long[] part = shape.clone();
            part[0] = (long) to - from;
            parts.add(call.run(new Tensor(part, Arrays.copyOfRange(input.values(), from * each, to * each)))
                    .getFirst());
        }
        return joined(parts);
    }

    private static Tensor joined(List<Tensor> parts) {
        if (parts.isEmpty()) {
            return new Tensor(new long[] {0, 0}, new float[0]);
        }
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        long[] shape = parts.getFirst().shape().clone();
        shape[0] = parts.stream().mapToLong(part -> part.shape()[0]).sum();
        float[] values = new float[(int) Tensor.size(shape)];
        int at = 0;
        for (Tensor part : parts) {
            System.arraycopy(part.values(), 0, values, at, part.values().length);
            at += part.values().length;
        }
        return new Tensor(shape, values);
    }

    @Override
    public void close() {
        call.close();
    }
}
