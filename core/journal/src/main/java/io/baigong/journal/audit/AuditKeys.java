package io.baigong.journal.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secrets of a log: what signs its heads, and what vouches for entries that wait. Kept outside the database. Thread-safe. */
public final class AuditKeys {
    private static final String SIGNING = "audit.key";
    private static final String PUBLIC = "audit.pub";
    private static final String OUTBOX = "outbox.key";
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final PrivateKey signing;
    private final VerifierKey verifier;
    private final SecretKeySpec outbox;

    private AuditKeys(PrivateKey signing, VerifierKey verifier, SecretKeySpec outbox) {
        this.signing = signing;
        this.verifier = verifier;
        this.outbox = outbox;
    }

    /** From a folder; what is not there is made, readable by its owner alone. */
    public static AuditKeys in(Path folder) throws IOException {
        Files.createDirectories(folder);
        try {
            Path signing = folder.resolve(SIGNING);
            if (!Files.exists(signing)) {
                makeSigning(folder);
            }
            Path outbox = folder.resolve(OUTBOX);
            if (!Files.exists(outbox)) {
                byte[] bytes = new byte[Sha256.BYTES];
                new SecureRandom().nextBytes(bytes);
                write(outbox, HexFormat.of().formatHex(bytes) + "\n", "rw-------");
            }
            String pem = Files.readString(signing);
            byte[] pkcs8 = Base64.getMimeDecoder()
                    .decode(pem.replace(BEGIN, "").replace(END, "").strip());
            return new AuditKeys(
                    KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
                    VerifierKey.parse(Files.readString(folder.resolve(PUBLIC))),
                    new SecretKeySpec(
                            HexFormat.of().parseHex(Files.readString(outbox).strip()), "HmacSHA256"));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    "the audit log's keys in " + folder + " can't be read; put back the files audit.key, audit.pub and"
                            + " outbox.key that were there",
                    e);
        }
    }

    private static void makeSigning(Path folder) throws IOException, NoSuchAlgorithmException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] x509 = pair.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(x509, x509.length - Sha256.BYTES, x509.length);
        String name = "baigong-audit/"
                + HexFormat.of().formatHex(Sha256.digest().digest(raw)).substring(0, 16);
        // The private key comes last: once it is there, all is. A public key without it is left over from a kill.
        Files.deleteIfExists(folder.resolve(PUBLIC));
        write(folder.resolve(PUBLIC), VerifierKey.of(name, raw) + "\n", "rw-r--r--");
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded());
        write(folder.resolve(SIGNING), BEGIN + "\n" + base64 + "\n" + END + "\n", "rw-------");
    }

    private static void write(Path file, String text, String permissions) throws IOException {
        Path fresh = Files.createTempFile(
                file.getParent(),
                "key",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text);
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(permissions));
        Files.move(fresh, file);
    }

    /** The public key, for everyone. */
    public VerifierKey verifier() {
        return verifier;
    }

    /** A head of the log as a signed note. */
    String sign(long size, byte[] root) {
        try {
            String text = Checkpoint.of(verifier.name(), size, root).text();
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(signing);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Checkpoint.note(text, verifier, signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the audit log's head can't be signed", e);
        }
    }

    /** Code of an entry that waits. */
    byte[] mac(byte[] entry) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(outbox);
            return mac.doFinal(entry);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }
}
