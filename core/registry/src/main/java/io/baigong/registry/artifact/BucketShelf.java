package io.baigong.registry.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of an object store that speaks Amazon S3's protocol: the object {@code PREFIX/AB/ABCD…}, by the first two digits of the SHA-256
 * and all of it. What was asked for last stays in a folder too, as much as fits.
 */
final class BucketShelf implements Shelf {
    private static final System.Logger LOG = System.getLogger(ArtifactStore.class.getName());
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
    private static final int NOT_FOUND = 404;

    /** What is younger counts as new anyway: files go a day after they came. */
    private static final Duration YOUNG = Duration.ofHours(1);

    /** Others may make room in the folder at the same moment. */
    private static final int ATTEMPTS = 3;

    private final S3Client store;
    private final String bucket;
    private final String prefix;
    private final Path folder;
    private final FolderShelf kept;
    private final long most;

    /**
     * @param prefix begins each object's name
     * @param folder for what was asked for last
     * @param most bytes that stay there
     */
    BucketShelf(S3Client store, String bucket, String prefix, Path folder, long most) {
        this.store = store;
        this.bucket = bucket;
        this.prefix = prefix;
        this.folder = folder;
        this.kept = new FolderShelf(folder);
        this.most = most;
    }

    @Override
    public void place(Path incoming, String sha256) throws IOException {
        put(incoming, sha256);
        keep(incoming, sha256);
    }

    private String key(String sha256) {
        return prefix + sha256.substring(0, 2) + "/" + sha256;
    }

    private void put(Path file, String sha256) throws IOException {
        try {
            store.putObject(
                    put -> put.bucket(bucket)
                            .key(key(sha256))
                            // so that the store refuses what was changed on its way
                            .checksumSHA256(Base64.getEncoder()
                                    .encodeToString(HexFormat.of().parseHex(sha256))),
                    RequestBody.fromFile(file));
        } catch (SdkException e) {
            throw failed(e, sha256);
        } catch (UncheckedIOException e) { // the file went in the meantime
            throw e.getCause();
        }
    }

    private static IOException failed(SdkException e, String sha256) {
        if (e instanceof S3Exception answer && answer.statusCode() == NOT_FOUND) {
            return new NoSuchFileException(sha256);
        }
        return new IOException("the object store does not do it: " + e.getMessage(), e);
    }

    private void keep(Path whole, String sha256) throws IOException {
        kept.place(whole, sha256);
        makeRoom(sha256);
    }

    /**
     * Deletes what was not asked for the longest, but not the one that is wanted now, nor one that the bucket has not. Who reads a file reads
     * on. A folder that grows too large is no reason to refuse what is kept already.
     */
    private void makeRoom(String wanted) {
        try {
            List<FolderShelf.Standing> files = kept.files().stream()
                    .filter(file -> NAME.matcher(file.name()).matches())
                    .sorted(Comparator.comparing(FolderShelf.Standing::changed))
                    .toList();
            long bytes = files.stream().mapToLong(FolderShelf.Standing::bytes).sum();
            for (FolderShelf.Standing file : files) {
                if (bytes > most && !file.name().equals(wanted) && removeKept(file.name())) {
                    bytes -= file.bytes();
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the folder of models holds more than it may: " + e);
        }
    }

    /**
     * Removes a file from the folder once the bucket has it, which it may not where the folder was filled before there was a bucket.
     *
     * @return false if it stays, for it is the only one and not what its name says
     */
    private boolean removeKept(String sha256) throws IOException {
        try {
            changed(sha256);
        } catch (NoSuchFileException e) {
            if (!Files.exists(kept.file(sha256))) { // another replica made room
                return true;
            }
            if (!isWhole(sha256)) {
                return false;
            }
            put(kept.file(sha256), sha256);
        }
        kept.remove(sha256);
        return true;
    }

    private boolean isWhole(String sha256) throws IOException {
        try (var in = new DigestInputStream(kept.open(sha256), ArtifactStore.sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest()).equals(sha256);
        }
    }

    @Override
    public InputStream open(String sha256) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                kept.renew(sha256);
                return kept.open(sha256);
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                fetch(sha256);
            }
        }
    }

    private void fetch(String sha256) throws IOException {
        Files.createDirectories(folder);
        Path incoming = Files.createTempFile(folder, FolderShelf.INCOMING, "");
        try {
            MessageDigest digest = ArtifactStore.sha256();
            try (InputStream in = new DigestInputStream(
                            store.getObject(get -> get.bucket(bucket).key(key(sha256))), digest);
                    OutputStream out = Files.newOutputStream(incoming)) {
                in.transferTo(out);
            } catch (SdkException e) {
                throw failed(e, sha256);
            }
            String found = HexFormat.of().formatHex(digest.digest());
            if (!found.equals(sha256)) {
                throw new IOException("the object " + key(sha256) + " was changed: its SHA-256 is " + found);
            }
            keep(incoming, sha256);
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    /** If the bucket has it, it is fetched anew when it is asked for the next time; else it stays, for it is the only one. */
    @Override
    public void spoiled(String sha256) {
        try {
            removeKept(sha256);
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the file " + sha256 + " was changed, and can't be fetched anew: " + e);
        }
    }

    @Override
    public void renew(String sha256) throws IOException {
        if (changed(sha256).isAfter(Instant.now().minus(YOUNG))) {
            return;
        }
        open(sha256).close(); // so that the folder has it
        put(kept.file(sha256), sha256);
    }

    private Instant changed(String sha256) throws IOException {
        try {
            return store.headObject(head -> head.bucket(bucket).key(key(sha256)))
                    .lastModified();
        } catch (SdkException e) {
            throw failed(e, sha256);
        }
    }

    @Override
    public int sweep(Set<String> named, Instant before) throws IOException {
        int removed = 0;
        try {
            for (S3Object object : store.listObjectsV2Paginator(
                            list -> list.bucket(bucket).prefix(prefix))
                    .contents()) {
                String name = object.key().substring(object.key().lastIndexOf('/') + 1);
                boolean ours = NAME.matcher(name).matches() && object.key().equals(key(name));
                if (ours && !named.contains(name) && object.lastModified().isBefore(before)) {
                    removed += remove(name, before) ? 1 : 0;
                }
            }
        } catch (SdkException e) {
            throw failed(e, prefix);
        }
        kept.sweep(named, before);
        return removed;
    }

    /** Asks once more, for a listing may be old. */
    private boolean remove(String sha256, Instant before) throws IOException {
        try {
            if (!changed(sha256).isBefore(before)) {
                return false;
            }
        } catch (NoSuchFileException e) { // another replica was faster
            return false;
        }
        store.deleteObject(delete -> delete.bucket(bucket).key(key(sha256)));
        return true;
    }
}
