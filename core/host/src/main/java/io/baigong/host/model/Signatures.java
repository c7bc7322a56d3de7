package io.baigong.host.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.baigong.compute.EmbeddingArtifact;
import io.baigong.compute.MemoryArtifact;
import io.baigong.compute.ModelFiles;
import io.baigong.compute.NetArtifact;
import io.baigong.compute.NetLayer;
import io.baigong.compute.OnnxPorts;
import io.baigong.compute.TaggerArtifact;
import io.baigong.compute.TreeArtifact;
import io.baigong.registry.history.Signature;
import io.baigong.registry.history.Signature.Port;
import io.baigong.registry.language.LanguageModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads what goes into a model and what comes out from its files. */
final class Signatures {
    private static final String FLOAT = "float";
    private static final Signature CHAT = new Signature(
            List.of(Port.of("messages", "string", List.of("messages"))),
            List.of(Port.of("message", "string", List.of("1"))));
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private Signatures() {}

    /**
     * The signature of a model that was opened before, so that its description is one.
     *
     * @param names of its files; where some are ONNX, their graphs say it
     */
    static Signature of(ModelFiles files, Collection<String> names) throws IOException {
        List<String> graphs =
                names.stream().filter(name -> name.endsWith(".onnx")).sorted().toList();
        if (!graphs.isEmpty()) {
            return onnx(files, graphs);
        }
        return switch (format(files)) {
            case TreeArtifact.FORMAT -> trees(TreeArtifact.read(files));
            case NetArtifact.FORMAT -> net(NetArtifact.read(files));
            case EmbeddingArtifact.FORMAT -> embeddings(EmbeddingArtifact.read(files));
            case LanguageModel.FORMAT -> CHAT;
            case MemoryArtifact.FORMAT -> memory(MemoryArtifact.read(files));
            default -> tagger(TaggerArtifact.read(files));
        };
    }

    private static String format(ModelFiles files) throws IOException {
        try (InputStream in = files.open(ModelFiles.DESCRIPTION)) {
            JsonNode description = JSON.readTree(in);
            return description.path("format").asText("");
        }
    }

    private static Signature onnx(ModelFiles files, List<String> graphs) throws IOException {
        var inputs = new ArrayList<Port>();
        var outputs = new ArrayList<Port>();
        for (String graph : graphs) {
            try (InputStream in = files.open(graph)) {
                OnnxPorts ports = OnnxPorts.read(in);
                ports.inputs().forEach(one -> inputs.add(Port.of(one.name(), one.type(), one.shape())));
                ports.outputs().forEach(one -> outputs.add(Port.of(one.name(), one.type(), one.shape())));
            }
        }
        return new Signature(inputs, outputs);
    }

    private static Signature trees(TreeArtifact trees) {
        return new Signature(
                List.of(rows(trees.features())),
                List.of(Port.of("output", FLOAT, List.of("rows", String.valueOf(trees.outputs())))));
    }

    private static Port rows(List<String> features) {
        return new Port("rows", FLOAT, List.of("rows", String.valueOf(features.size())), features);
    }

    private static Signature net(NetArtifact net) {
        var input = new ArrayList<>(List.of("examples"));
        net.input().forEach(size -> input.add(String.valueOf(size)));
        int width = net.input().getFirst();
        boolean maps = net.input().size() == 3;
        for (NetLayer layer : net.layers()) {
            width = layer.outputs() > 0 ? layer.outputs() : width;
            maps &= layer.kind() != NetLayer.Kind.DENSE; // which flattens
        }
        var output = new ArrayList<>(List.of("examples", String.valueOf(width)));
        if (maps) {
            output.addAll(input.subList(2, 4)); // convolutions are padded
        }
        return new Signature(List.of(Port.of("input", FLOAT, input)), List.of(Port.of("output", FLOAT, output)));
    }

    private static Signature memory(MemoryArtifact memory) {
        return new Signature(
                List.of(Port.of("rows", FLOAT, List.of("rows", String.valueOf(memory.features())))),
                List.of(Port.of("distance", FLOAT, List.of("rows", "1"))));
    }

    private static Signature embeddings(EmbeddingArtifact embeddings) {
        return new Signature(
                List.of(Port.of("texts", "string", List.of("texts"))),
                List.of(Port.of("embeddings", FLOAT, List.of("texts", String.valueOf(embeddings.width())))));
    }

    private static Signature tagger(TaggerArtifact tagger) {
        return new Signature(
                List.of(Port.of("texts", "string", List.of("texts"))),
                List.of(new Port(
                        "probabilities",
                        FLOAT,
                        List.of("tokens", String.valueOf(tagger.labels().size())),
                        tagger.labels())));
    }
}
