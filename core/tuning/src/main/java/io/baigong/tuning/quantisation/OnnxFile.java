package io.baigong.tuning.quantisation;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * ONNX files that nobody vouches for.
 *
 * <p>Weights beside the file (external data, github.com/onnx/onnx, docs/ExternalData.md) are taken into the model, and only from the
 * file's own folder. Everything that a file declares is held against what is there before memory is taken for it.
 */
final class OnnxFile {
    /** Heap that quantising takes, in sizes of the model: read, simplified, and the result. */
    private static final int HEAP_SIZES = 4;

    private OnnxFile() {}

    /** Reads a model whole. Throws {@link IOException} that says what is wrong with it. */
    static ModelProto read(Path file) throws IOException {
        checkSize(file, Files.size(file));
        ModelProto model;
        try (InputStream in = Files.newInputStream(file)) {
            model = parse(in);
        } catch (InvalidProtocolBufferException e) {
            throw new IOException(file + " is not an ONNX model, or not all of one: " + e.getMessage(), e);
        }
        if (model.getGraph().getNodeCount() == 0 || model.getOpsetImportCount() == 0) {
            throw new IOException(file + " is not an ONNX model: it has no graph of operators");
        }
        try {
            return new Inlining(file).model(model);
        } catch (ArithmeticException e) {
            throw new IOException(file + " declares a tensor larger than can be counted", e);
        }
    }

    /** Reads a model that is no larger than the stream. */
    static ModelProto parse(InputStream in) throws IOException {
        var coded = CodedInputStream.newInstance(in);
        coded.setSizeLimit(Integer.MAX_VALUE);
        return ModelProto.parseFrom(coded);
    }

    /** Throws what is wrong with a file that was written. */
    interface Check {
        void check(Path file) throws IOException;
    }

    /** Writes a model; the file is there whole and checked, or as it was before. */
    static void write(ModelProto model, Path file, Check check) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " is no file");
        }
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, ".quantised", ".onnx");
        try {
            try (var out = Files.newOutputStream(part)) {
                model.writeTo(out);
            }
            check.check(part);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void checkSize(Path file, long bytes) throws IOException {
        if (bytes == 0) {
            throw new IOException(file + " is empty");
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new IOException("%s has %d bytes with its weights; ONNX files hold at most %d"
                    .formatted(file, bytes, Integer.MAX_VALUE));
        }
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > heap / HEAP_SIZES) {
            throw new IOException(
                    "%s has %d MB with its weights; to quantise it takes %d times as much heap, and there are %d MB: set JAVA_TOOL_OPTIONS=-Xmx%dm"
                            .formatted(file, bytes >> 20, HEAP_SIZES, heap >> 20, ((HEAP_SIZES * bytes) >> 20) + 64));
        }
    }

    /** Checks each tensor and takes in what lies beside the file. */
    private static final class Inlining {
        private final Path file;
        private long bytes;

        Inlining(Path file) throws IOException {
            this.file = file;
            this.bytes = Files.size(file);
        }

        ModelProto model(ModelProto model) throws IOException {
            return model.toBuilder().setGraph(graph(model.getGraph())).build();
        }

        private GraphProto graph(GraphProto graph) throws IOException {
            var builder = graph.toBuilder().clearInitializer().clearNode();
            for (TensorProto tensor : graph.getInitializerList()) {
                builder.addInitializer(tensor(tensor));
            }
            for (NodeProto node : graph.getNodeList()) {
                var copy = node.toBuilder().clearAttribute();
                for (AttributeProto attribute : node.getAttributeList()) {
                    copy.addAttribute(attribute(attribute));
                }
                builder.addNode(copy);
            }
            return builder.build();
        }

        private AttributeProto attribute(AttributeProto attribute) throws IOException {
            return switch (attribute.getType()) {
                case TENSOR ->
                    attribute.toBuilder().setT(tensor(attribute.getT())).build();
                case GRAPH ->
                    attribute.toBuilder().setG(graph(attribute.getG())).build();
                case TENSORS, GRAPHS, SPARSE_TENSOR, SPARSE_TENSORS ->
                    throw new IOException("%s: an attribute %s of lists of tensors or graphs can't be read"
                            .formatted(file, attribute.getName()));
                default -> attribute;
            };
        }

        private TensorProto tensor(TensorProto tensor) throws IOException {
            long size = 1;
            for (long dimension : tensor.getDimsList()) {
                if (dimension < 0) {
                    throw new IOException(said(tensor) + " has a negative dimension");
                }
                size = Math.multiplyExact(size, dimension);
            }
            boolean external = tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
            var whole = external ? external(tensor) : tensor;
            int width = switch (TensorProto.DataType.forNumber(tensor.getDataType())) {
                case FLOAT, INT32, UINT32 -> 4;
                case DOUBLE, INT64, UINT64 -> 8;
                case FLOAT16, BFLOAT16, INT16, UINT16 -> 2;
                case INT8, UINT8, BOOL -> 1;
                case null, default -> 0; // texts, complex and packed numbers are for ONNX Runtime to judge
            };
            if (width > 0 && (external || tensor.hasRawData())) {
                long there = whole.getRawData().size();
                if (there != Math.multiplyExact(size, width)) {
                    throw new IOException("%s has the shape %s of %d bytes each, and %d bytes"
                            .formatted(said(tensor), tensor.getDimsList(), width, there));
                }
            } else if (tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()
                    && tensor.getFloatDataCount() != size) {
                throw new IOException("%s has the shape %s and %d numbers"
                        .formatted(said(tensor), tensor.getDimsList(), tensor.getFloatDataCount()));
            }
            return whole;
        }

        private TensorProto external(TensorProto tensor) throws IOException {
            Map<String, String> entries = tensor.getExternalDataList().stream()
                    .collect(Collectors.toMap(
                            StringStringEntryProto::getKey, StringStringEntryProto::getValue, (_, last) -> last));
            Path data = beside(tensor, entries.get("location"));
            long length = Files.size(data);
            long offset = number(tensor, entries.get("offset"), 0);
            long count = number(tensor, entries.get("length"), Math.max(0, length - offset));
            if (offset > length || count > length - offset) {
                throw new IOException("%s asks for %d bytes from byte %d of %s, which has %d"
                        .formatted(said(tensor), count, offset, data.getFileName(), length));
            }
            bytes = Math.addExact(bytes, count);
            checkSize(file, bytes);
            try (InputStream in = Files.newInputStream(data)) {
                in.skipNBytes(offset);
                return tensor.toBuilder()
                        .clearExternalData()
                        .clearDataLocation()
                        .setRawData(ByteString.copyFrom(in.readNBytes((int) count)))
                        .build();
            }
        }

        /** The file of weights, which must lie in the model's own folder, whatever links say. */
        private Path beside(TensorProto tensor, @Nullable String location) throws IOException {
            if (location == null || location.isEmpty()) {
                throw new IOException(said(tensor) + " lies outside the file, and nothing says where");
            }
            try {
                Path folder = file.toRealPath().getParent();
                if (folder != null && !Path.of(location).isAbsolute()) {
                    Path asked = folder.resolve(location).normalize();
                    if (asked.startsWith(folder)) {
                        if (!Files.isRegularFile(asked)) {
                            throw new IOException("%s lies in %s, which is not there".formatted(said(tensor), asked));
                        }
                        if (asked.toRealPath().startsWith(folder)) {
                            return asked;
                        }
                    }
                }
            } catch (InvalidPathException e) {
                throw new IOException("%s names no file: %s".formatted(said(tensor), e.getMessage()), e);
            }
            throw new IOException("%s asks for '%s', which is outside the model's folder; that is not read"
                    .formatted(said(tensor), location));
        }

        private long number(TensorProto tensor, @Nullable String text, long otherwise) throws IOException {
            try {
                long number = text == null ? otherwise : Long.parseLong(text);
                if (number >= 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new IOException(said(tensor) + " has an offset or length that is no number: " + text, e);
            }
            throw new IOException(said(tensor) + " has a negative offset or length: " + text);
        }

        private String said(TensorProto tensor) {
            return "%s: the tensor '%s'".formatted(file, tensor.getName());
        }
    }
}
