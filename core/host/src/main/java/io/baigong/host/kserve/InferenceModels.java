package io.baigong.host.kserve;

import io.baigong.compute.Embeddings;
import io.baigong.gateway.Gateway;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.host.kserve.NamedTensor.Floats;
import io.baigong.host.kserve.NamedTensor.Texts;
import io.baigong.spi.ModelException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;

/**
 * The models of this process that take and give tensors: the encoders that outside programs may ask for. Thread-safe.
 *
 * <p>Models that fill roles of tasks are not among them: a task is asked, with its journal and its checks.
 */
@ApplicationScoped
class InferenceModels {
    private static final int MOST_TEXTS = 2048;
    private static final String INPUT = "text";
    private static final String OUTPUT = "embedding";

    private final Gateway gateway;

    InferenceModels(Gateway gateway) {
        this.gateway = gateway;
    }

    /** A tensor that a model takes or gives; -1 for an extent that varies. */
    record Described(String name, String datatype, List<Long> shape) {}

    /** A model. */
    record Description(String name, String platform, List<Described> inputs, List<Described> outputs) {}

    /** What a model gave. */
    record Inferred(List<NamedTensor> outputs, long tokens) {}

    /** The model of that name, opened. Throws {@link ApiException} when there is none, or it can't serve. */
    Description describe(String model, String version) throws ApiException {
        long width = embed(known(model, version), List.of("width")).vectors()[0].length;
        return new Description(
                model,
                "onnxruntime_onnx",
                List.of(new Described(INPUT, "BYTES", List.of(-1L))),
                List.of(new Described(OUTPUT, "FP32", List.of(-1L, width))));
    }

    /**
     * Asks a model. May take its time.
     *
     * @param wanted names of outputs; empty for all
     */
    Inferred infer(String model, String version, List<NamedTensor> inputs, List<String> wanted) throws ApiException {
        known(model, version);
        if (inputs.size() != 1 || !inputs.getFirst().name().equals(INPUT)) {
            throw ApiException.invalid(
                    model + " takes one input, " + INPUT + ", and was sent "
                            + inputs.stream().map(NamedTensor::name).toList() + ".",
                    "inputs");
        }
        if (wanted.stream().anyMatch(name -> !name.equals(OUTPUT))) {
            throw ApiException.invalid(
                    model + " gives one output, " + OUTPUT + ", and was asked for " + wanted + ".", "outputs");
        }
        NamedTensor input = inputs.getFirst();
        long[] shape = input.shape();
        boolean fits = shape.length == 1 || (shape.length == 2 && shape[1] == 1);
        if (!(input.data() instanceof Texts(var texts)) || !fits) {
            throw ApiException.invalid(
                    model + " wants BYTES of shape [n] or [n, 1], got "
                            + input.data().type() + " of shape " + Arrays.toString(shape) + ".",
                    INPUT);
        }
        if (texts.isEmpty() || texts.size() > MOST_TEXTS || texts.stream().anyMatch(String::isEmpty)) {
            throw ApiException.invalid(INPUT + " is 1 to " + MOST_TEXTS + " texts, none of them empty.", INPUT);
        }
        Embeddings embeddings = embed(model, texts);
        int width = embeddings.vectors()[0].length;
        float[] values = new float[texts.size() * width];
        for (int row = 0; row < texts.size(); row++) {
            System.arraycopy(embeddings.vectors()[row], 0, values, row * width, width);
        }
        return new Inferred(
                List.of(new NamedTensor(OUTPUT, new long[] {texts.size(), width}, new Floats(values))),
                Arrays.stream(embeddings.tokens()).asLongStream().sum());
    }

    private Embeddings embed(String model, List<String> texts) throws ApiException {
        try {
            return gateway.embed(model, texts);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()), INPUT);
        } catch (ModelException e) {
            throw ApiException.unavailable(String.valueOf(e.getMessage()));
        }
    }

    /** Models have no versions here. */
    private String known(String model, String version) throws ApiException {
        if (!gateway.encoders().contains(model) || !version.isEmpty()) {
            throw ApiException.noSuchModel(version.isEmpty() ? model : model + "/versions/" + version);
        }
        return model;
    }
}
