package io.baigong.host.kserve;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.baigong.gateway.proxy.ApiException;
import io.baigong.host.kserve.proto.InferParameter;
import io.baigong.host.kserve.proto.InferTensorContents;
import io.baigong.host.kserve.proto.ModelInferRequest;
import io.baigong.host.kserve.proto.ModelInferRequest.InferInputTensor;
import io.baigong.host.kserve.proto.ModelInferRequest.InferRequestedOutputTensor;
import io.baigong.host.kserve.proto.ModelInferResponse;
import io.baigong.host.kserve.proto.ModelInferResponse.InferOutputTensor;
import io.baigong.host.kserve.proto.ModelMetadataResponse;
import io.baigong.host.kserve.proto.ModelMetadataResponse.TensorMetadata;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages of gRPC as the bodies that servers read and write over REST: contents by type as JSON, raw ones in binary behind it, for
 * which the server must speak Triton's binary tensor data extension.
 */
final class RestBodies {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BINARY_SIZE = "binary_data_size";

    private RestBodies() {}

    /**
     * A body.
     *
     * @param header how many of the bytes are JSON; empty if all are
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Body(byte[] bytes, Optional<String> header) {}

    /** A question as a body. Throws {@link ApiException} that says what does not fit. */
    static Body request(ModelInferRequest request) throws ApiException {
        boolean raw = TensorMessages.isRaw(request);
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            if (!request.getId().isEmpty()) {
                json.writeStringField("id", request.getId());
            }
            parameters(json, request.getParametersMap(), raw ? Map.of("binary_data_output", true) : Map.of());
            json.writeArrayFieldStart("inputs");
            for (int i = 0; i < request.getInputsCount(); i++) {
                input(json, request.getInputs(i), raw ? request.getRawInputContents(i) : null);
            }
            json.writeEndArray();
            if (request.getOutputsCount() > 0) {
                json.writeArrayFieldStart("outputs");
                for (InferRequestedOutputTensor output : request.getOutputsList()) {
                    json.writeStartObject();
                    json.writeStringField("name", output.getName());
                    parameters(json, output.getParametersMap(), raw ? Map.of("binary_data", true) : Map.of());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.flush();
            Optional<String> header = raw ? Optional.of(String.valueOf(out.size())) : Optional.empty();
            for (ByteString contents : request.getRawInputContentsList()) {
                contents.writeTo(out);
            }
            return new Body(out.toByteArray(), header);
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written to", e);
        }
    }

    private static void input(JsonGenerator json, InferInputTensor input, @Nullable ByteString raw)
            throws IOException, ApiException {
        json.writeStartObject();
        json.writeStringField("name", input.getName());
        json.writeStringField("datatype", input.getDatatype());
        json.writeArrayFieldStart("shape");
        for (long extent : input.getShapeList()) {
            json.writeNumber(extent);
        }
        json.writeEndArray();
        parameters(json, input.getParametersMap(), raw == null ? Map.of() : Map.of(BINARY_SIZE, raw.size()));
        if (raw == null) {
            json.writeArrayFieldStart("data");
            data(json, input);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void data(JsonGenerator json, InferInputTensor input) throws IOException, ApiException {
        InferTensorContents contents = input.getContents();
        switch (input.getDatatype()) {
            case "BOOL" -> {
                for (boolean value : contents.getBoolContentsList()) {
                    json.writeBoolean(value);
                }
            }
            case "INT8", "INT16", "INT32" -> {
                for (int value : contents.getIntContentsList()) {
                    json.writeNumber(value);
                }
            }
            case "INT64" -> {
                for (long value : contents.getInt64ContentsList()) {
                    json.writeNumber(value);
                }
            }
            case "UINT8", "UINT16", "UINT32" -> {
                for (int value : contents.getUintContentsList()) {
                    json.writeNumber(Integer.toUnsignedLong(value));
                }
            }
            case "UINT64" -> {
                for (long value : contents.getUint64ContentsList()) {
                    json.writeNumber(Long.toUnsignedString(value));
                }
            }
            case "FP32" -> {
                for (float value : contents.getFp32ContentsList()) {
                    check(input, Float.isFinite(value), "a number that JSON has no word for");
                    json.writeNumber(value);
                }
            }
            case "FP64" -> {
                for (double value : contents.getFp64ContentsList()) {
                    check(input, Double.isFinite(value), "a number that JSON has no word for");
                    json.writeNumber(value);
                }
            }
            case "BYTES" -> {
                for (ByteString value : contents.getBytesContentsList()) {
                    check(input, value.isValidUtf8(), "an element that is no UTF-8");
                    json.writeString(value.toStringUtf8());
                }
            }
            default -> check(input, false, "datatype " + input.getDatatype() + ", which has no contents by type");
        }
    }

    private static void check(InferInputTensor input, boolean fits, String otherwise) throws ApiException {
        if (!fits) {
            throw ApiException.invalid(
                    "input " + input.getName() + " has " + otherwise + "; send raw_input_contents.", input.getName());
        }
    }

    private static void parameters(JsonGenerator json, Map<String, InferParameter> given, Map<String, Object> more)
            throws IOException {
        if (given.isEmpty() && more.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("parameters");
        for (var each : given.entrySet()) {
            if (more.containsKey(each.getKey())) {
                continue;
            }
            InferParameter value = each.getValue();
            switch (value.getParameterChoiceCase()) {
                case BOOL_PARAM -> json.writeBooleanField(each.getKey(), value.getBoolParam());
                case INT64_PARAM -> json.writeNumberField(each.getKey(), value.getInt64Param());
                case STRING_PARAM -> json.writeStringField(each.getKey(), value.getStringParam());
                case DOUBLE_PARAM -> json.writeNumberField(each.getKey(), value.getDoubleParam());
                case UINT64_PARAM -> {
                    json.writeFieldName(each.getKey());
                    json.writeNumber(Long.toUnsignedString(value.getUint64Param()));
                }
                case PARAMETERCHOICE_NOT_SET -> json.writeNullField(each.getKey());
            }
        }
        for (var each : more.entrySet()) {
            json.writeObjectField(each.getKey(), each.getValue());
        }
        json.writeEndObject();
    }

    /** A server's answer as a message, under the name by which the model was asked. Throws {@link IOException} when it is none. */
    static ModelInferResponse response(ModelInferRequest request, Body body) throws IOException {
        int length = body.header().map(Integer::parseInt).orElse(body.bytes().length);
        JsonNode json = JSON.readTree(body.bytes(), 0, length);
        var response = ModelInferResponse.newBuilder()
                .setModelName(request.getModelName())
                .setModelVersion(json.path("model_version").asText())
                .setId(json.path("id").asText());
        int at = length;
        for (JsonNode output : json.path("outputs")) {
            var tensor = InferOutputTensor.newBuilder()
                    .setName(output.path("name").asText())
                    .setDatatype(output.path("datatype").asText());
            output.path("shape").forEach(extent -> tensor.addShape(extent.asLong()));
            JsonNode size = output.path("parameters").path(BINARY_SIZE);
            if (size.isMissingNode()) {
                tensor.setContents(contents(tensor.getDatatype(), output.path("data")));
            } else {
                int bytes = size.asInt(-1);
                if (bytes < 0 || bytes > body.bytes().length - at) {
                    throw new IOException("its binary data break off");
                }
                response.addRawOutputContents(ByteString.copyFrom(body.bytes(), at, bytes));
                at += bytes;
            }
            response.addOutputs(tensor);
        }
        if (response.getRawOutputContentsCount() > 0
                && response.getRawOutputContentsCount() != response.getOutputsCount()) {
            throw new IOException("only some of its outputs are in binary");
        }
        return response.build();
    }

    private static InferTensorContents contents(String datatype, JsonNode data) throws IOException {
        List<JsonNode> elements = new ArrayList<>();
        flatten(data, elements);
        var contents = InferTensorContents.newBuilder();
        Consumer<JsonNode> add = switch (datatype) {
            case "BOOL" -> each -> contents.addBoolContents(each.asBoolean());
            case "INT8", "INT16", "INT32" -> each -> contents.addIntContents(each.asInt());
            case "INT64" -> each -> contents.addInt64Contents(each.asLong());
            case "UINT8", "UINT16", "UINT32" -> each -> contents.addUintContents((int) each.asLong());
            case "UINT64" ->
                each -> contents.addUint64Contents(each.bigIntegerValue().longValue());
            case "FP16", "BF16", "FP32" -> each -> contents.addFp32Contents(each.floatValue());
            case "FP64" -> each -> contents.addFp64Contents(each.asDouble());
            case "BYTES" -> each -> contents.addBytesContents(ByteString.copyFromUtf8(each.asText()));
            default -> throw new IOException("it has an output of datatype " + datatype);
        };
        elements.forEach(add);
        return contents.build();
    }

    /** Data may be nested as the shape is, or flat. */
    static void flatten(JsonNode data, List<JsonNode> elements) {
        if (data.isArray()) {
            data.forEach(each -> flatten(each, elements));
        } else if (!data.isMissingNode()) {
            elements.add(data);
        }
    }

    /** What a server says of a model as a message. Throws {@link IOException} when it is no JSON. */
    static ModelMetadataResponse metadata(String name, byte[] body) throws IOException {
        JsonNode json = JSON.readTree(body);
        var response = ModelMetadataResponse.newBuilder()
                .setName(name)
                .setPlatform(json.path("platform").asText());
        json.path("versions").forEach(each -> response.addVersions(each.asText()));
        json.path("inputs").forEach(each -> response.addInputs(tensor(each)));
        json.path("outputs").forEach(each -> response.addOutputs(tensor(each)));
        return response.build();
    }

    private static TensorMetadata tensor(JsonNode tensor) {
        var described = TensorMetadata.newBuilder()
                .setName(tensor.path("name").asText())
                .setDatatype(tensor.path("datatype").asText());
        tensor.path("shape").forEach(extent -> described.addShape(extent.asLong()));
        return described.build();
    }
}
