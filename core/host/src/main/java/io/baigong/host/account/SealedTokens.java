package io.baigong.host.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The provider's tokens of a session, as the database keeps them: AES-256-GCM under a key made from the browser's token, which the
 * database has not. So a copy of the database signs nobody in, neither here nor there.
 *
 * @param refresh asks the provider anew
 * @param id says at the sign-out whose session there ends
 */
record SealedTokens(String refresh, String id) {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** For the database: nonce and cipher text. */
    byte[] sealed(String session) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] plain = (refresh + "\n" + id).getBytes(StandardCharsets.UTF_8);
        byte[] text = cipher(Cipher.ENCRYPT_MODE, session, nonce, plain);
        return ByteBuffer.allocate(nonce.length + text.length)
                .put(nonce)
                .put(text)
                .array();
    }

    /** From the database. */
    static SealedTokens opened(String session, byte[] sealed) {
        var parts = ByteBuffer.wrap(sealed);
        byte[] nonce = new byte[NONCE_BYTES];
        parts.get(nonce);
        byte[] text = new byte[parts.remaining()];
        parts.get(text);
        String plain = new String(cipher(Cipher.DECRYPT_MODE, session, nonce, text), StandardCharsets.UTF_8);
        int end = plain.indexOf('\n');
        return new SealedTokens(plain.substring(0, end), plain.substring(end + 1));
    }

    private static byte[] cipher(int mode, String session, byte[] nonce, byte[] text) {
        try {
            // The session's token is 256 random bits: a key without further stretching.
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(session.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] key = mac.doFinal("baigong provider session".getBytes(StandardCharsets.UTF_8));
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the tokens of a session can't be read or written", e);
        }
    }
}
