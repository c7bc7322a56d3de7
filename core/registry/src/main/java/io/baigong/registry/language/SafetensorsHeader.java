package io.baigong.registry.language;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a safetensors file says of itself before its weights. Source: https://github.com/huggingface/safetensors#format. */
final class SafetensorsHeader {
    /** As the format's own reader has it. */
    private static final int MOST_BYTES = 100_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private SafetensorsHeader() {}

    /**
     * How many numbers the file's tensors hold.
     *
     * @throws IOException that says where the file is none, or that it is cut off
     */
    static long numbers(Path file) throws IOException {
        long length = Files.size(file);
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            byte[] size = in.readNBytes(Long.BYTES);
            long header = size.length < Long.BYTES
                    ? -1
                    : ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getLong();
            if (header < 2 || header > Math.min(MOST_BYTES, length - Long.BYTES)) {
                throw new IOException(file + " is no safetensors file, or is cut off");
            }
            try (JsonParser json = JSON.createParser(in.readNBytes((int) header))) {
                return numbers(json, length - Long.BYTES - header, file);
            }
        } catch (JacksonException e) {
            throw new IOException(file + " is no safetensors file: its header is no JSON", e);
        } catch (ArithmeticException e) {
            throw new IOException(file + " has a tensor of more numbers than can be counted", e);
        }
    }

    private static long numbers(JsonParser json, long bytes, Path file) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException(file + " is no safetensors file: its header is no object");
        }
        long numbers = 0;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("__metadata__")) {
                json.skipChildren();
                continue;
            }
            JsonNode tensor = json.readValueAsTree();
            long size = 1;
            for (JsonNode axis : tensor.path("shape")) {
                size = Math.multiplyExact(size, axis.asLong(-1));
            }
            long end = tensor.path("data_offsets").path(1).asLong(-1);
            if (size < 0 || end < 0 || end > bytes) {
                throw new IOException(file + " is cut off, or has a tensor that lies outside of it");
            }
            numbers = Math.addExact(numbers, size);
        }
        return numbers;
    }
}
