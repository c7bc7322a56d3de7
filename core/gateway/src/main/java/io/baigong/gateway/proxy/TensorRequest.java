package io.baigong.gateway.proxy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of a request or an answer of the Open Inference Protocol: JSON, and behind it maybe tensors in binary, which pass as they came.
 *
 * @param header value of {@link #HEADER_LENGTH}: how many bytes are JSON; null if all are
 * @param hasTexts whether a tensor is of BYTES, which may be text
 */
@SuppressWarnings("ArrayRecordComponent")
record TensorRequest(byte[] body, @Nullable String header, boolean hasTexts) {
    /** Of Triton's extension for binary tensor data. */
    static final String HEADER_LENGTH = "inference-header-content-length";

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** Reads so much of the JSON as must be known. Throws {@link IOException} that says why it is none. */
    static TensorRequest of(byte[] body, @Nullable String header) throws IOException {
        int length = header == null ? body.length : length(header, body.length);
        boolean texts = false;
        int depth = 0;
        try (JsonParser json = JSON.createParser(body, 0, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            do {
                JsonToken token = json.currentToken();
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                texts |= token == JsonToken.VALUE_STRING
                        && "datatype".equals(json.currentName())
                        && "BYTES".equals(json.getText());
            } while (json.nextToken() != null && depth > 0);
            if (depth > 0) {
                throw new IOException("its JSON breaks off");
            }
            if (json.currentToken() != null) {
                throw new IOException("something follows its JSON object");
            }
        }
        return new TensorRequest(body, header, texts);
    }

    private static int length(String header, int most) throws IOException {
        try {
            int length = Integer.parseInt(header);
            if (length > 0 && length <= most) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new IOException(HEADER_LENGTH + " is no number", e);
        }
        throw new IOException(HEADER_LENGTH + " is " + header + ", and there are " + most + " bytes");
    }
}
