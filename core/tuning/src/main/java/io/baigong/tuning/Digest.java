package io.baigong.tuning;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over what a training learns from. Not thread-safe. */
final class Digest {
    private static final int FLOATS = 4096;

    private final MessageDigest digest = sha256();

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Adds a text, with its length. */
    Digest add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes.length);
        digest.update(bytes);
        return this;
    }

    Digest add(long number) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        return this;
    }

    /** Adds numbers, with how many they are. */
    Digest add(float[] numbers) {
        add(numbers.length);
        var bytes = ByteBuffer.allocate(FLOATS * Float.BYTES);
        for (int from = 0; from < numbers.length; from += FLOATS) {
            int count = Math.min(FLOATS, numbers.length - from);
            bytes.clear().asFloatBuffer().put(numbers, from, count);
            digest.update(bytes.limit(count * Float.BYTES));
        }
        return this;
    }

    /** Lower-case hex; the digest begins anew. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
