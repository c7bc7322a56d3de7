package io.baigong.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OrtEnvironment;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.baigong.compute.OnnxPorts.Port;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnnxPortsTest {
    private static final NetArtifact NET = new NetArtifact(
            NetArtifact.FORMAT, "net", "1", List.of(4), List.of(new NetLayer(NetLayer.Kind.DENSE, 3, 0)));

    private static byte[] net() {
        return NetGraph.of(
                NET,
                Map.of(
                        "0.weight",
                        new Tensor(new long[] {4, 3}, new float[12]),
                        "0.bias",
                        new Tensor(new long[] {3}, new float[3])));
    }

    private static OnnxPorts read(byte[] model) throws IOException {
        return OnnxPorts.read(new ByteArrayInputStream(model));
    }

    @Test
    void aGraphSaysWhatGoesInAndWhatComesOut() throws Exception {
        OnnxPorts ports = read(net());

        assertThat(ports.inputs()).containsExactly(new Port("input", "float", List.of("examples", "features")));
        assertThat(ports.outputs()).containsExactly(new Port("output", "float", List.of("examples", "outputs")));
        // ONNX Runtime's own reading of the same file.
        try (var session = OrtEnvironment.getEnvironment().createSession(net())) {
            assertThat(session.getInputNames())
                    .containsExactlyElementsOf(
                            ports.inputs().stream().map(Port::name).toList());
            assertThat(session.getOutputNames())
                    .containsExactlyElementsOf(
                            ports.outputs().stream().map(Port::name).toList());
        }
    }

    /** Files of IR version 3 name each weight among the inputs (onnx/docs/IR.md). */
    @Test
    void weightsAreNoInputs() throws IOException {
        var model = ModelProto.newBuilder()
                .setGraph(GraphProto.newBuilder()
                        .addInput(ValueInfoProto.newBuilder().setName("W"))
                        .addInput(ValueInfoProto.newBuilder()
                                .setName("ids")
                                .setType(TypeProto.newBuilder()
                                        .setTensorType(TypeProto.Tensor.newBuilder()
                                                .setElemType(TensorProto.DataType.INT64.getNumber()))))
                        .addInitializer(TensorProto.newBuilder()
                                .setName("W")
                                .setRawData(ByteString.copyFrom(new byte[1 << 20]))))
                .build();

        assertThat(read(model.toByteArray()).inputs()).containsExactly(new Port("ids", "int64", List.of()));
    }

    @Test
    void whatIsCutOffOrNoModelIsRefused() {
        byte[] whole = net();
        for (int length = 0; length < whole.length; length += 7) {
            byte[] part = Arrays.copyOf(whole, length);
            try {
                assertThat(read(part)).isNotNull(); // cut between two fields behind the graph
            } catch (IOException expected) {
                assertThat(expected).hasMessageContaining("no ONNX model");
            }
        }
        assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("holds no graph");
        assertThatThrownBy(() -> read("<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
    }

    /** A declaration that says of itself that it is two gigabytes long takes no memory. */
    @Test
    void declarationsAreBounded() throws IOException {
        var graph = new ByteArrayOutputStream();
        var coded = CodedOutputStream.newInstance(graph);
        coded.writeUInt32NoTag((GraphProto.INPUT_FIELD_NUMBER << 3) | 2);
        coded.writeUInt32NoTag(Integer.MAX_VALUE);
        coded.flush();
        var model = new ByteArrayOutputStream();
        coded = CodedOutputStream.newInstance(model);
        coded.writeUInt32NoTag((ModelProto.GRAPH_FIELD_NUMBER << 3) | 2);
        coded.writeUInt32NoTag(graph.size());
        coded.writeRawBytes(graph.toByteArray());
        coded.flush();

        assertThatThrownBy(() -> read(model.toByteArray())).hasMessageContaining("in more than 65536 bytes");

        var many = GraphProto.newBuilder();
        for (int i = 0; i <= 1_000; i++) {
            many.addInput(ValueInfoProto.newBuilder().setName("x" + i));
        }
        assertThatThrownBy(() ->
                        read(ModelProto.newBuilder().setGraph(many).build().toByteArray()))
                .hasMessageContaining("more than 1000 inputs");
    }
}
