package io.baigong.host.account;

import io.quarkus.elytron.security.common.BcryptUtil;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of passwords, by bcrypt. Thread-safe.
 *
 * <p>A password that was right is remembered for its hash, in memory and under a key of this process, so that programs that send
 * it with each call do not cost a bcrypt each.
 */
final class Passwords {
    /** Letters and digits that can't be taken for one another. */
    private static final String SIGNS = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 16;
    private static final int SHORTEST = 12;

    /** bcrypt reads no more. */
    private static final int MOST_BYTES = 72;

    /** 2<sup>10</sup> rounds, the least of OWASP's Password Storage Cheat Sheet: a machine that serves must not stand still for guesses. */
    private static final int COST = 10;

    private static final int MOST_REMEMBERED = 1_000;
    private static final String HMAC = "HmacSHA256";

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final String nobodys;
    private final Map<String, byte[]> right = new ConcurrentHashMap<>();

    Passwords() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        key = new SecretKeySpec(bytes, HMAC);
        nobodys = hash(made());
    }

    /** Why it can't be a password, if it can't. */
    static Optional<String> objection(String password) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            return Optional.of("a password has at least " + SHORTEST + " signs");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return Optional.of("a password has at most " + MOST_BYTES + " bytes in UTF-8");
        }
        return Optional.empty();
    }

    /** A new one, of 80 random bits. */
    String made() {
        var password = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            password.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return password.toString();
    }

    String hash(String password) {
        return BcryptUtil.bcryptHash(password, COST);
    }

    /**
     * Whether the password is the one. Takes the time of a hash also for no account, so that nobody learns which there are.
     *
     * @param hash of the account; null when there is none
     */
    boolean matches(String password, @Nullable String hash) {
        if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return false;
        }
        if (hash == null) {
            BcryptUtil.matches(password, nobodys);
            return false;
        }
        if (isRemembered(password, hash)) {
            return true;
        }
        if (!BcryptUtil.matches(password, hash)) {
            return false;
        }
        if (right.size() >= MOST_REMEMBERED) {
            right.clear();
        }
        right.put(hash, digest(password));
        return true;
    }

    /** Whether the password was right before; takes no time. */
    boolean isRemembered(String password, @Nullable String hash) {
        byte[] remembered = hash == null ? null : right.get(hash);
        return remembered != null && MessageDigest.isEqual(remembered, digest(password));
    }

    private byte[] digest(String password) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }
}
