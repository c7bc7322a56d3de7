package io.baigong.registry.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.baigong.journal.JournalJson;
import io.baigong.registry.artifact.Artifact;
import io.baigong.registry.artifact.ArtifactStore;
import io.baigong.registry.artifact.HarmlessFiles;
import io.baigong.registry.artifact.UnsafeArtifactException;
import io.baigong.registry.artifact.ZipDirectory;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A zip with {@code manifest.json}, {@code bom.json} (CycloneDX) and the model's files in {@code files/}.
 *
 * @param manifest what the bundle says of itself
 * @param artifact the files, which are what the manifest says they are
 */
public record Bundle(Manifest manifest, Artifact artifact) {
    /** Name of the {@link Manifest} in the zip. */
    public static final String MANIFEST = "manifest.json";

    /** Name of the bill of materials in the zip. */
    public static final String BOM = "bom.json";

    private static final String FILES = "files/";
    private static final int MOST_MANIFEST_BYTES = 1 << 20;
    private static final long ANY_TIME =
            315_532_800_000L; // 1980, the first that a zip can say; equal bundles have equal bytes

    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(JournalJson.module()).build();

    /**
     * Writes a bundle; the stream stays open. Nothing is kept in memory but one buffer.
     *
     * @param bom CycloneDX, as JSON
     * @throws IOException also when a kept file is not what it was
     */
    public static void write(OutputStream out, Manifest manifest, byte[] bom, Artifact artifact, ArtifactStore store)
            throws IOException {
        var zip = new ZipOutputStream(out);
        entry(zip, MANIFEST);
        zip.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
        entry(zip, BOM);
        zip.write(bom);
        for (String name : artifact.files().keySet()) {
            entry(zip, FILES + name);
            try (InputStream file = store.open(artifact, name)) {
                file.transferTo(zip);
            }
        }
        zip.finish();
    }

    private static void entry(ZipOutputStream zip, String name) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTime(ANY_TIME);
        zip.putNextEntry(entry);
    }

    /**
     * Reads a bundle, and keeps its files.
     *
     * @throws UnsafeArtifactException for what is none: a damaged or cut off zip, files that its manifest does not name or that are not
     *     what it says, links, names that lead elsewhere, formats that can run code, too many or too large files
     */
    public static Bundle read(Path zipped, ArtifactStore store) throws IOException {
        ZipDirectory.check(zipped, HarmlessFiles.MOST + 3); // the manifest, the bill of materials, and the folder
        try (var zip = new ZipFile(zipped.toFile())) {
            Manifest manifest = manifest(zip);
            check(zip, manifest);
            for (var file : manifest.files().entrySet()) {
                Artifact.Part wanted = file.getValue();
                try (InputStream in = zip.getInputStream(entry(zip, FILES + file.getKey()))) {
                    if (!wanted.equals(store.add(in, wanted.bytes()))) {
                        throw unsafe(file.getKey() + " is not what the manifest says by its SHA-256 and length");
                    }
                }
            }
            return new Bundle(manifest, new Artifact(manifest.files()));
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw unsafe("this is no zip, or a damaged one");
        }
    }

    private static Manifest manifest(ZipFile zip) throws IOException {
        try (InputStream in = zip.getInputStream(entry(zip, MANIFEST))) {
            byte[] read = in.readNBytes(MOST_MANIFEST_BYTES + 1);
            if (read.length > MOST_MANIFEST_BYTES) {
                throw unsafe("the manifest is larger than " + MOST_MANIFEST_BYTES + " bytes");
            }
            return JSON.readValue(read, Manifest.class);
        } catch (JsonProcessingException e) {
            throw unsafe("manifest.json is not the manifest of a bundle of format " + Manifest.FORMAT);
        }
    }

    /** Every entry is named, every name is plain and harmless, and the lengths are bounded: all before a file is read. */
    private static void check(ZipFile zip, Manifest manifest) throws UnsafeArtifactException {
        if (!manifest.files().containsKey(Artifact.DESCRIPTION)) {
            throw unsafe("the bundle holds no " + Artifact.DESCRIPTION);
        }
        long left = HarmlessFiles.MOST_BYTES;
        for (Map.Entry<String, Artifact.Part> file : manifest.files().entrySet()) {
            HarmlessFiles.check(file.getKey());
            Artifact.Part part = file.getValue();
            if (part.bytes() < 0 || part.bytes() > left) {
                throw unsafe("the files are larger than " + HarmlessFiles.MOST_BYTES + " bytes");
            }
            left -= part.bytes();
        }
        var seen = new HashSet<String>();
        for (var entries = zip.entries(); entries.hasMoreElements(); ) {
            String name = entries.nextElement().getName();
            boolean known = name.equals(MANIFEST)
                    || name.equals(BOM)
                    || name.equals(FILES)
                    || (name.startsWith(FILES) && manifest.files().containsKey(name.substring(FILES.length())));
            if (!known || !seen.add(name)) {
                throw unsafe("the bundle holds a file twice, or one that its manifest does not name");
            }
        }
    }

    private static ZipEntry entry(ZipFile zip, String name) throws UnsafeArtifactException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw unsafe("the bundle lacks " + name);
        }
        return entry;
    }

    private static UnsafeArtifactException unsafe(String what) {
        return new UnsafeArtifactException(
                what, "Send a bundle as GET /api/v1/models/{role}/versions/{number}/bundle gave it, whole.");
    }
}
