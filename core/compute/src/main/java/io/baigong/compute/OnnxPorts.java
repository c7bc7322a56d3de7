package io.baigong.compute;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What goes into an ONNX graph and what comes out. Weights are passed over, not read, so it takes little memory however large the
 * model is.
 *
 * @param inputs without those that the file holds values for
 */
public record OnnxPorts(List<Port> inputs, List<Port> outputs) {
    /** Inputs and outputs that a graph may declare, each. */
    private static final int MOST = 1_000;

    /** Bytes of one declaration. */
    private static final int LONGEST = 1 << 16;

    /** Weights that have names; the largest nets have some thousands. */
    private static final int MOST_WEIGHTS = 100_000;

    private static final int LONGEST_NAME = 1_000;

    public OnnxPorts {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * A value.
     *
     * @param type of its elements in lower case, such as {@code float} or {@code int64}; for what is no tensor its kind, such as {@code
     *     sequence}
     * @param shape its axes: a size, a name for any size, or {@code ?}
     */
    public record Port(String name, String type, List<String> shape) {
        public Port {
            shape = List.copyOf(shape);
        }
    }

    /** Reads a model, which is not closed. Throws {@link IOException} that says what is wrong with it. */
    public static OnnxPorts read(InputStream in) throws IOException {
        var coded = CodedInputStream.newInstance(in);
        coded.setSizeLimit(Integer.MAX_VALUE);
        try {
            OnnxPorts found = null;
            for (int tag = coded.readTag(); tag != 0; tag = coded.readTag()) {
                if (tag == message(ModelProto.GRAPH_FIELD_NUMBER)) {
                    int outer = coded.pushLimit(coded.readRawVarint32());
                    found = graph(coded);
                    coded.popLimit(outer);
                } else {
                    pass(coded, tag);
                }
            }
            if (found == null) {
                throw new IOException("the file is no ONNX model: it holds no graph");
            }
            return found;
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("the file is no ONNX model, or not all of one: " + e.getMessage(), e);
        }
    }

    private static int message(int field) {
        return (field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    private static void pass(CodedInputStream coded, int tag) throws IOException {
        if (!coded.skipField(tag)) {
            throw new IOException("the file is no ONNX model: a group ends that did not begin");
        }
    }

    private static OnnxPorts graph(CodedInputStream coded) throws IOException {
        var inputs = new ArrayList<Port>();
        var outputs = new ArrayList<Port>();
        var held = new HashSet<String>();
        for (int tag = coded.readTag(); tag != 0; tag = coded.readTag()) {
            if (tag == message(GraphProto.INPUT_FIELD_NUMBER)) {
                add(inputs, coded);
            } else if (tag == message(GraphProto.OUTPUT_FIELD_NUMBER)) {
                add(outputs, coded);
            } else if (tag == message(GraphProto.INITIALIZER_FIELD_NUMBER)) {
                tensor(coded, held);
            } else {
                pass(coded, tag);
            }
        }
        inputs.removeIf(input -> held.contains(input.name())); // files before IR version 4 name weights among inputs
        return new OnnxPorts(inputs, outputs);
    }

    private static byte[] bounded(CodedInputStream coded, int longest) throws IOException {
        int bytes = coded.readRawVarint32();
        if (bytes < 0 || bytes > longest) {
            throw new IOException(
                    "the model declares an input, an output or a name in more than " + longest + " bytes");
        }
        return coded.readRawBytes(bytes);
    }

    private static void add(List<Port> ports, CodedInputStream coded) throws IOException {
        if (ports.size() == MOST) {
            throw new IOException("the model declares more than " + MOST + " inputs or outputs");
        }
        ports.add(port(ValueInfoProto.parseFrom(bounded(coded, LONGEST))));
    }

    /** Passes over a tensor but for its name. */
    private static void tensor(CodedInputStream coded, Set<String> names) throws IOException {
        int outer = coded.pushLimit(coded.readRawVarint32());
        for (int tag = coded.readTag(); tag != 0; tag = coded.readTag()) {
            if (tag == message(TensorProto.NAME_FIELD_NUMBER)) {
                names.add(new String(bounded(coded, LONGEST_NAME), StandardCharsets.UTF_8));
                if (names.size() > MOST_WEIGHTS) {
                    throw new IOException("the model holds more than " + MOST_WEIGHTS + " weights");
                }
            } else {
                pass(coded, tag);
            }
        }
        coded.popLimit(outer);
    }

    private static Port port(ValueInfoProto value) {
        TypeProto type = value.getType();
        if (!type.hasTensorType()) {
            String kind = type.getValueCase().name().toLowerCase(Locale.ROOT);
            return new Port(value.getName(), kind.replace("_type", ""), List.of());
        }
        TypeProto.Tensor tensor = type.getTensorType();
        TensorProto.DataType elements = TensorProto.DataType.forNumber(tensor.getElemType());
        return new Port(
                value.getName(),
                elements == null ? "?" : elements.name().toLowerCase(Locale.ROOT),
                tensor.getShape().getDimList().stream().map(OnnxPorts::axis).toList());
    }

    private static String axis(TensorShapeProto.Dimension axis) {
        return switch (axis.getValueCase()) {
            case DIM_VALUE -> String.valueOf(axis.getDimValue());
            case DIM_PARAM -> axis.getDimParam();
            case VALUE_NOT_SET -> "?";
        };
    }
}
