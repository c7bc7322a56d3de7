package io.baigong.host.kserve;

import com.google.protobuf.ByteString;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.host.kserve.NamedTensor.Floats;
import io.baigong.host.kserve.NamedTensor.Texts;
import io.baigong.host.kserve.proto.InferTensorContents;
import io.baigong.host.kserve.proto.ModelInferRequest;
import io.baigong.host.kserve.proto.ModelInferRequest.InferInputTensor;
import io.baigong.host.kserve.proto.ModelInferResponse;
import io.baigong.host.kserve.proto.ModelInferResponse.InferOutputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Tensors as the protocol's messages have them: by type, or raw, which is little-endian. */
final class TensorMessages {
    private TensorMessages() {}

    /** Whether the inputs of a request are raw. Throws {@link ApiException} when only some are. */
    static boolean isRaw(ModelInferRequest request) throws ApiException {
        boolean raw = request.getRawInputContentsCount() > 0;
        if (raw && request.getRawInputContentsCount() != request.getInputsCount()) {
            throw ApiException.invalid(
                    "There are %d inputs and %d raw contents; each input has one."
                            .formatted(request.getInputsCount(), request.getRawInputContentsCount()),
                    "raw_input_contents");
        }
        for (InferInputTensor input : request.getInputsList()) {
            if (raw && input.hasContents()) {
                throw ApiException.invalid(
                        "input " + input.getName() + " has contents and raw contents.", input.getName());
            }
        }
        return raw;
    }

    /** The inputs of a request. Throws {@link ApiException} that says what does not fit. */
    static List<NamedTensor> inputs(ModelInferRequest request) throws ApiException {
        boolean raw = isRaw(request);
        List<NamedTensor> inputs = new ArrayList<>();
        for (int i = 0; i < request.getInputsCount(); i++) {
            InferInputTensor input = request.getInputs(i);
            if (!input.getDatatype().equals("BYTES")) {
                throw ApiException.invalid(
                        "input " + input.getName() + " must be BYTES, got " + input.getDatatype() + ".",
                        input.getName());
            }
            List<ByteString> elements = raw
                    ? elements(input.getName(), request.getRawInputContents(i))
                    : input.getContents().getBytesContentsList();
            inputs.add(NamedTensor.of(
                    input.getName(),
                    input.getShapeList().stream().mapToLong(Long::longValue).toArray(),
                    new Texts(texts(input.getName(), elements))));
        }
        return inputs;
    }

    /** Each element after its length, in 4 bytes. */
    private static List<ByteString> elements(String name, ByteString raw) throws ApiException {
        List<ByteString> elements = new ArrayList<>();
        ByteBuffer bytes = raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw ApiException.invalid(
                        "the raw contents of input " + name + " break off: each element follows its length in 4 bytes.",
                        name);
            }
            int from = bytes.position();
            elements.add(raw.substring(from, from + length));
            bytes.position(from + length);
        }
        return elements;
    }

    private static List<String> texts(String name, List<ByteString> elements) throws ApiException {
        List<String> texts = new ArrayList<>();
        for (ByteString element : elements) {
            try {
                texts.add(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(element.asReadOnlyByteBuffer())
                        .toString());
            } catch (CharacterCodingException e) {
                throw ApiException.invalid("an element of input " + name + " is no UTF-8.", name);
            }
        }
        return texts;
    }

    /** The answer, raw to who asked raw. */
    static ModelInferResponse response(ModelInferRequest request, List<NamedTensor> outputs) {
        boolean raw = request.getRawInputContentsCount() > 0;
        var response = ModelInferResponse.newBuilder()
                .setModelName(request.getModelName())
                .setId(request.getId());
        for (NamedTensor output : outputs) {
            float[] values = ((Floats) output.data()).values();
            var tensor = InferOutputTensor.newBuilder()
                    .setName(output.name())
                    .setDatatype(output.data().type())
                    .addAllShape(LongStream.of(output.shape()).boxed().toList());
            if (raw) {
                var bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(values);
                response.addRawOutputContents(ByteString.copyFrom(bytes));
            } else {
                var contents = InferTensorContents.newBuilder();
                for (float value : values) {
                    contents.addFp32Contents(value);
                }
                tensor.setContents(contents);
            }
            response.addOutputs(tensor);
        }
        return response.build();
    }
}
