package io.baigong.tuning.quantisation;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.baigong.compute.OnnxRuntime;
import io.baigong.spi.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes variants of ONNX models. Models are of operator set {@value #LEAST_OPSET} or later, and of 2 GiB at the most.
 *
 * <p>ONNX Runtime first folds constants and normalisations into weights, so that these are found; the result is opened once before it
 * is written, so that what is written runs. A hostile model is opened in this process, by ONNX Runtime: quantise models of people whom
 * you trust. Takes four times the model's size of heap.
 */
public final class Quantisation {
    /** The first operator set with {@code DynamicQuantizeLinear}. */
    public static final int LEAST_OPSET = 11;

    private Quantisation() {}

    /**
     * What was done.
     *
     * @param changed nodes by operator; for 16-bit floats the number of constants
     */
    public record Result(long bytesBefore, long bytesAfter, Map<String, Integer> changed) {
        public Result {
            changed = Map.copyOf(changed);
        }
    }

    /**
     * Writes a variant of a model.
     *
     * @param calibration what {@link Precision#INT8_STATIC} learns its ranges from, and nothing else does
     * @throws IOException that says what is wrong with the model or the calibration data
     */
    public static Result quantise(
            Path model, Precision precision, @Nullable Calibration calibration, Path out, Progress progress)
            throws IOException {
        progress.at(0, "reading");
        ModelProto read = OnnxFile.read(model);
        var given = new OnnxEdit(read);
        if (given.opset() < LEAST_OPSET) {
            throw new IOException("%s is of ONNX operator set %d; at least %d is needed: export it anew"
                    .formatted(model, given.opset(), LEAST_OPSET));
        }
        long before = read.getSerializedSize();
        progress.at(0.05, "simplifying");
        var edit = new OnnxEdit(simplified(model, read));
        progress.at(0.1, "quantising");
        try {
            switch (precision) {
                case INT8 -> DynamicInt8.apply(edit);
                case INT4 -> FourBitWeights.apply(edit);
                case FP16 -> Fp16.apply(edit);
                case INT8_STATIC -> {
                    if (calibration == null) {
                        throw new IOException(precision + " needs data to calibrate with");
                    }
                    StaticInt8.apply(edit, calibration, (share, what) -> progress.at(0.1 + 0.7 * share, what));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(model + " can't be quantised: " + e.getMessage(), e);
        }
        if (edit.changed().isEmpty()) {
            throw new IOException(
                    "%s has nothing that %s changes, which are layers of constant 32-bit weights; int8-static and fp16 change convolutions too"
                            .formatted(model, precision));
        }
        progress.at(0.8, "writing");
        OnnxFile.write(edit.build(), out, Quantisation::open);
        return new Result(before, Files.size(out), edit.changed());
    }

    /** The same model with constants folded, by ONNX Runtime's first level of optimisation, which keeps to ONNX's operators. */
    private static ModelProto simplified(Path file, ModelProto model) throws IOException {
        Path folded = Files.createTempFile("baigong", ".onnx");
        try (var options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.BASIC_OPT);
            options.setOptimizedModelFilePath(folded.toString());
            try (var session = OnnxRuntime.environment().createSession(model.toByteArray(), options);
                    InputStream in = Files.newInputStream(folded)) {
                if (session.getNumOutputs() == 0) {
                    throw new IOException(file + " has no output");
                }
                return OnnxFile.parse(in);
            }
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime can't open " + file + ": " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(folded);
        }
    }

    private static void open(Path made) throws IOException {
        try (var options = new OrtSession.SessionOptions();
                var session = OnnxRuntime.environment().createSession(made.toString(), options)) {
            session.getNumInputs();
        } catch (OrtException e) {
            throw new IOException(
                    "ONNX Runtime can't open what was made, which is a fault of ours: " + e.getMessage(), e);
        }
    }
}
