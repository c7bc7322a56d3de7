package io.baigong.host.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.baigong.compute.ModelFiles;
import io.baigong.registry.history.Signature;
import io.baigong.registry.history.Signature.Port;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignaturesTest {
    private static Signature of(String description) throws IOException {
        ModelFiles files = name -> new ByteArrayInputStream(description.getBytes(UTF_8));
        return Signatures.of(files, Set.of("model.json"));
    }

    @Test
    void treesNameTheirFeatures() throws IOException {
        Signature signature = of("""
                {"format": "xgboost", "name": "a", "version": "1", "features": ["speed", "torque"], "outputs": 3,
                 "ordered": false, "parameters": 1, "treesSha256": "x"}""");

        assertThat(signature.inputs())
                .containsExactly(new Port("rows", "float", List.of("rows", "2"), List.of("speed", "torque")));
        assertThat(signature.outputs()).containsExactly(Port.of("output", "float", List.of("rows", "3")));
    }

    @Test
    void aNetsShapesFollowFromItsLayers() throws IOException {
        Signature dense = of("""
                {"format": "net", "name": "a", "version": "1", "input": [3, 8, 9], "layers": [
                 {"kind": "CONVOLUTION", "outputs": 5, "size": 3}, {"kind": "RELU"}, {"kind": "DENSE", "outputs": 7},
                 {"kind": "SOFTMAX"}]}""");
        assertThat(dense.inputs()).containsExactly(Port.of("input", "float", List.of("examples", "3", "8", "9")));
        assertThat(dense.outputs()).containsExactly(Port.of("output", "float", List.of("examples", "7")));

        Signature maps = of("""
                {"format": "net", "name": "a", "version": "1", "input": [3, 8, 9], "layers": [
                 {"kind": "CONVOLUTION", "outputs": 5, "size": 3}]}""");
        assertThat(maps.outputs()).containsExactly(Port.of("output", "float", List.of("examples", "5", "8", "9")));
    }

    @Test
    void aTaggerNamesItsLabelsAndAMemoryItsFeatures() throws IOException {
        assertThat(of("""
                        {"name": "a", "version": "1", "base": "b", "labels": ["Parties"], "layers": 1, "maxTokens": 2}""").outputs())
                .containsExactly(new Port("probabilities", "float", List.of("tokens", "1"), List.of("Parties")));
        assertThat(of("""
                        {"format": "memory", "name": "a", "version": "1", "features": 6}""").inputs()).containsExactly(Port.of("rows", "float", List.of("rows", "6")));
    }

    @Test
    void embeddingsAreAsWideAsTheirDescriptionSays() throws IOException {
        Signature signature = of("""
                {"format": "ngram-embeddings", "name": "a", "version": "1", "width": 64}""");
        assertThat(signature.inputs()).containsExactly(Port.of("texts", "string", List.of("texts")));
        assertThat(signature.outputs()).containsExactly(Port.of("embeddings", "float", List.of("texts", "64")));
    }

    @Test
    void anOnnxFileThatIsNoneIsRefused() {
        ModelFiles files = name -> new ByteArrayInputStream("text".getBytes(UTF_8));
        assertThatThrownBy(() -> Signatures.of(files, Set.of("model.json", "model.onnx")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no ONNX model");
    }
}
