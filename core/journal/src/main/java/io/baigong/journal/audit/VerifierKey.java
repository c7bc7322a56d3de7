package io.baigong.journal.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public key of a log, written as C2SP signed notes have it: {@code name+hash+key}.
 *
 * @param name the log's
 * @param key 32 bytes (RFC 8032) in Base64
 */
public record VerifierKey(String name, String key) {
    static final int ED25519 = 1;
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int KEY_BYTES = 32;

    public VerifierKey {
        if (name.isEmpty() || name.contains("+") || name.chars().anyMatch(c -> c <= ' ')) {
            throw new IllegalArgumentException("the name of a key has no plus sign and no space");
        }
        if (Base64.getDecoder().decode(key).length != KEY_BYTES) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes");
        }
    }

    static VerifierKey of(String name, byte[] key) {
        return new VerifierKey(name, Base64.getEncoder().encodeToString(key));
    }

    private byte[] bytes() {
        return Base64.getDecoder().decode(key);
    }

    /** Reads the text form. */
    public static VerifierKey parse(String text) {
        String[] parts = text.strip().split("\\+", 3);
        try {
            if (parts.length == 3) {
                byte[] bytes = Base64.getDecoder().decode(parts[2]);
                if (bytes.length == KEY_BYTES + 1 && bytes[0] == ED25519) {
                    var key = of(parts[0], Arrays.copyOfRange(bytes, 1, bytes.length));
                    if (HexFormat.of().formatHex(key.hash()).equals(parts[1])) {
                        return key;
                    }
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(NO_KEY, e);
        }
        throw new IllegalArgumentException(NO_KEY);
    }

    private static final String NO_KEY = "this is no public key of an audit log, which is NAME+HASH+KEY";

    /** Four bytes that tell keys apart. */
    byte[] hash() {
        var digest = Sha256.digest();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        digest.update((byte) ED25519);
        return Arrays.copyOf(digest.digest(bytes()), 4);
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            byte[] encoded = Arrays.copyOf(X509, X509.length + KEY_BYTES);
            System.arraycopy(bytes(), 0, encoded, X509.length, KEY_BYTES);
            PublicKey publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(publicKey);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The text form. */
    @Override
    public String toString() {
        byte[] bytes = new byte[KEY_BYTES + 1];
        bytes[0] = ED25519;
        System.arraycopy(bytes(), 0, bytes, 1, KEY_BYTES);
        return name + "+" + HexFormat.of().formatHex(hash()) + "+"
                + Base64.getEncoder().encodeToString(bytes);
    }
}
