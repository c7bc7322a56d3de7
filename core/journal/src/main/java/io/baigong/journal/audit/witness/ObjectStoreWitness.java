package io.baigong.journal.audit.witness;

import io.baigong.journal.objects.ObjectStoreConfig;
import io.baigong.journal.objects.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Puts each head into a bucket of an object store that speaks Amazon S3's protocol, as an object of its own that is never
 * overwritten: {@code PREFIX/ORIGIN/SIZE.txt}, the size with 15 digits, so that names sort as heads do.
 *
 * <p>Two heads of one size must be the same; another one is refused, for it shows a log that was forked. Credentials come
 * from where Amazon's SDK looks for them: environment, profile, role of the machine.
 */
public final class ObjectStoreWitness implements Witness {
    /** Two attempts that hang are given up within this. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int PRECONDITION_FAILED = 412;

    private final String bucket;
    private final String prefix;
    private final S3Client store;

    public ObjectStoreWitness(String bucket, ObjectStoreConfig config) {
        this.bucket = bucket;
        this.prefix = config.prefix();
        store = ObjectStores.client(config, "baigong.audit.witness.object-store", PATIENCE);
    }

    @Override
    public void keep(String note) throws IOException {
        String key = key(note);
        byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
        try {
            store.putObject(
                    put -> put.bucket(bucket)
                            .key(key)
                            .ifNoneMatch("*")
                            // Where objects are locked, a PUT without a checksum is refused.
                            .checksumSHA256(sha256(bytes))
                            .contentType("text/plain; charset=utf-8"),
                    RequestBody.fromBytes(bytes));
        } catch (S3Exception e) {
            if (e.statusCode() != PRECONDITION_FAILED) {
                throw new IOException(e.getMessage(), e);
            }
            if (!note.equals(kept(key))) {
                throw new IOException(
                        "another head of as many entries is in " + key
                                + ": the log was forked or written anew, see baigong audit verify --heads",
                        e);
            }
        } catch (SdkException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A note begins with lines of the log's origin and its size. */
    private String key(String note) {
        String[] lines = note.split("\n", 3);
        return prefix + String.format(Locale.ROOT, "%s/%015d.txt", lines[0], Long.parseLong(lines[1]));
    }

    private String kept(String key) throws IOException {
        try {
            return store.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String();
        } catch (SdkException e) {
            throw new IOException("the head in " + key + " could not be read: " + e.getMessage(), e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public String toString() {
        return "the bucket " + bucket;
    }
}
