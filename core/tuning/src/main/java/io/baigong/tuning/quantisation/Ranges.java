package io.baigong.tuning.quantisation;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.baigong.compute.OnnxRuntime;
import io.baigong.compute.Tensor;
import io.baigong.spi.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Watches inner values of a model while it runs on calibration data. Sixteen values are watched in one pass, so that memory does not
 * grow with the model's depth.
 */
final class Ranges {
    private static final int WATCHED = 16;

    /** Numbers of one value that a call adds to the sample that percentiles are taken of. */
    private static final int SAMPLED = 1_024;

    private final Calibration calibration;

    private Ranges(Calibration calibration) {
        this.calibration = calibration;
    }

    /** The range of each value. Throws {@link IOException} when the data does not fit the model. */
    static Map<String, Range> of(ModelProto model, List<String> values, Calibration calibration, Progress progress)
            throws IOException {
        var ranges = new HashMap<String, Range>();
        for (int from = 0; from < values.size(); from += WATCHED) {
            progress.at((double) from / values.size(), "calibrating");
            ranges.putAll(new Ranges(calibration)
                    .pass(model, values.subList(from, Math.min(values.size(), from + WATCHED))));
        }
        return ranges;
    }

    private Map<String, Range> pass(ModelProto model, List<String> values) throws IOException {
        var seen = new LinkedHashMap<String, Seen>();
        values.forEach(value -> seen.put(value, new Seen(value.hashCode())));
        try (var options = new OrtSession.SessionOptions();
                var session = OnnxRuntime.environment().createSession(watching(model, values), options)) {
            for (Calibration.Call call : calibration.calls()) {
                run(session, call.inputs(), seen);
            }
        } catch (OrtException e) {
            throw new IOException("the model can't run on the calibration data: " + e.getMessage(), e);
        }
        var ranges = new HashMap<String, Range>();
        seen.forEach((value, each) -> ranges.put(value, each.range(calibration.percentile())));
        return ranges;
    }

    /** The model with these values among its outputs. */
    private static byte[] watching(ModelProto model, List<String> values) {
        var known = new HashSet<String>();
        model.getGraph().getOutputList().forEach(output -> known.add(output.getName()));
        var floats = TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber()));
        var graph = model.getGraph().toBuilder();
        values.stream()
                .filter(known::add)
                .forEach(value -> graph.addOutput(
                        ValueInfoProto.newBuilder().setName(value).setType(floats)));
        return model.toBuilder().setGraph(graph).build().toByteArray();
    }

    private static void run(OrtSession session, Map<String, Tensor> inputs, Map<String, Seen> seen)
            throws OrtException, IOException {
        var tensors = new HashMap<String, OnnxTensor>();
        try {
            for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
                Tensor tensor = inputs.get(input.getKey());
                if (tensor == null) {
                    throw new IOException("the calibration data has no tensor '%s', which the model takes; it has %s"
                            .formatted(input.getKey(), inputs.keySet()));
                }
                tensors.put(input.getKey(), tensor(tensor, input.getValue()));
            }
            try (OrtSession.Result result = session.run(tensors, seen.keySet())) {
                for (var output : result) {
                    Seen each = seen.get(output.getKey());
                    if (each != null && output.getValue() instanceof OnnxTensor values) {
                        each.add(values.getFloatBuffer());
                    }
                }
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(Tensor tensor, NodeInfo input) throws OrtException, IOException {
        var environment = OnnxRuntime.environment();
        float[] values = tensor.values();
        var bytes = ByteBuffer.allocateDirect(Math.multiplyExact(values.length, Long.BYTES))
                .order(ByteOrder.nativeOrder());
        var type = input.getInfo() instanceof TensorInfo info ? info.type : null;
        return switch (type) {
            case FLOAT ->
                OnnxTensor.createTensor(
                        environment, bytes.asFloatBuffer().put(values).flip(), tensor.shape());
            case INT64 -> {
                var longs = bytes.asLongBuffer();
                for (float value : values) {
                    longs.put((long) value);
                }
                yield OnnxTensor.createTensor(environment, longs.flip(), tensor.shape());
            }
            case INT32 -> {
                var integers = bytes.asIntBuffer();
                for (float value : values) {
                    integers.put((int) value);
                }
                yield OnnxTensor.createTensor(environment, integers.flip(), tensor.shape());
            }
            case null, default ->
                throw new IOException("the model's input '%s' is of %s; calibration data is floats or integers"
                        .formatted(input.getName(), input.getInfo()));
        };
    }

    /** What one value was. */
    private static final class Seen {
        private final SplittableRandom random;
        private float least;
        private float most;
        private float[] sample = new float[SAMPLED];
        private int sampled;

        Seen(long seed) {
            this.random = new SplittableRandom(seed);
        }

        void add(FloatBuffer values) throws IOException {
            int count = values.remaining();
            for (int i = 0; i < count; i++) {
                float value = values.get(i);
                if (!Float.isFinite(value)) {
                    throw new IOException("on the calibration data the model computes " + value);
                }
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            if (sampled + SAMPLED > sample.length) {
                sample = Arrays.copyOf(sample, 2 * sample.length);
            }
            for (int i = 0; i < Math.min(SAMPLED, count); i++) {
                sample[sampled++] = values.get(count <= SAMPLED ? i : random.nextInt(count));
            }
        }

        Range range(double percentile) {
            if (percentile == 100 || sampled == 0) {
                return new Range(least, most);
            }
            float[] sorted = Arrays.copyOf(sample, sampled);
            Arrays.sort(sorted);
            int above = (int) Math.ceil(percentile / 100 * sampled) - 1;
            return new Range(sorted[sampled - 1 - above], sorted[above]);
        }
    }
}
