package io.baigong.compute;

import static io.baigong.compute.OnnxGraph.attribute;
import static io.baigong.compute.OnnxGraph.attributes;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A memory of rows, which answers how far a row is from the nearest of them.
 *
 * <p>Thread-safe: each call runs on the thread that makes it. Owns native memory: close it.
 */
final class Memory implements Predictor {
    /** Distances that are held at once, at the most. */
    private static final int CHUNK = 1 << 22;

    private final MemoryArtifact artifact;
    private final String sha256;
    private final long parameters;
    private final int rows;
    private final OnnxCall call;

    private Memory(MemoryArtifact artifact, String sha256, Map<String, Tensor> weights) throws IOException {
        this.artifact = artifact;
        this.sha256 = sha256;
        this.parameters = weights.values().stream()
                .mapToLong(tensor -> tensor.values().length)
                .sum();
        Tensor kept = weight(weights, MemoryArtifact.ROWS, 2);
        this.rows = (int) kept.shape()[0];
        this.call = new OnnxCall(graph(artifact.features(), weights, kept));
    }

    /** Opens an artifact. Throws {@link IOException} that says what is missing or does not fit. */
    static Memory open(ModelFiles files) throws IOException {
        MemoryArtifact artifact = MemoryArtifact.read(files);
        try (InputStream in = files.open(ModelFiles.WEIGHTS)) {
            return new Memory(artifact, files.sha256(), Safetensors.read(in));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "the model %s %s can't be used: %s".formatted(artifact.name(), artifact.version(), e.getMessage()),
                    e);
        }
    }

    private static Tensor weight(Map<String, Tensor> weights, String name, int axes) {
        Tensor tensor = weights.get(name);
        if (tensor == null || tensor.shape().length != axes || tensor.values().length == 0) {
            throw new IllegalArgumentException("a memory needs %s with %d axes, and has %s"
                    .formatted(name, axes, tensor == null ? "none" : Arrays.toString(tensor.shape())));
        }
        return tensor;
    }

    /** The square of a distance is that of the row, less twice the product, and that of what is kept. */
    private static byte[] graph(int features, Map<String, Tensor> weights, Tensor kept) {
        Tensor projection = weight(weights, MemoryArtifact.PROJECTION, 2);
        Tensor shift = weight(weights, MemoryArtifact.SHIFT, 1);
        long dimensions = kept.shape()[1];
        if (projection.shape()[0] != features
                || projection.shape()[1] != dimensions
                || shift.shape()[0] != dimensions) {
            throw new IllegalArgumentException("rows of %d numbers, projected by %s and shifted by %s, are not %s"
                    .formatted(
                            features,
                            Arrays.toString(projection.shape()),
                            Arrays.toString(shift.shape()),
                            Arrays.toString(kept.shape())));
        }
        float[] twice = new float[kept.values().length];
        float[] squares = new float[(int) kept.shape()[0]];
        for (int i = 0; i < twice.length; i++) {
            float value = kept.values()[i];
            twice[i] = -2 * value;
            squares[i / (int) dimensions] += value * value;
        }
        var graph = new OnnxGraph();
        String input = graph.floatInput("input", "examples", "features");
        String row = graph.node(
                "",
                "Gemm",
                List.of(
                        input,
                        graph.constant(MemoryArtifact.PROJECTION, projection),
                        graph.constant(MemoryArtifact.SHIFT, shift)));
        String partly = graph.node(
                "",
                "Gemm",
                List.of(
                        row,
                        graph.constant("twice", new Tensor(kept.shape(), twice).transposed()),
                        graph.constant("squares", new Tensor(new long[] {squares.length}, squares))));
        String nearest = graph.node("", "ReduceMin", List.of(partly), attributes("axes", 1), attribute("keepdims", 1));
        String own = graph.node("", "ReduceSumSquare", List.of(row), attributes("axes", 1), attribute("keepdims", 1));
        String square = graph.node("", "Relu", List.of(graph.node("", "Add", List.of(nearest, own))));
        graph.rename(graph.node("", "Sqrt", List.of(square)), "output");
        graph.output("output", "examples", "outputs");
        return graph.bytes();
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
        if (shape.length != 2 || shape[1] != artifact.features()) {
            throw new IllegalArgumentException("the memory %s takes [rows, %d], not %s"
                    .formatted(artifact.name(), artifact.features(), Arrays.toString(shape)));
        }
        int examples = (int) shape[0];
        float[] distances = new float[examples];
        int step = Math.max(1, CHUNK / rows);
        for (int from = 0; from < examples; from += step) {
            int to = Math.min(examples, from + step);
            float[] part = Arrays.copyOfRange(input.values(), from * artifact.features(), to * artifact.features());
            float[] answers = call.run(new Tensor(new long[] {(long) to - from, shape[1]}, part))
                    .getFirst()
                    .values();
            System.arraycopy(answers, 0, distances, from, answers.length);
        }
        return new Tensor(new long[] {examples, 1}, distances);
    }

    @Override
    public void close() {
        call.close();
    }
}
