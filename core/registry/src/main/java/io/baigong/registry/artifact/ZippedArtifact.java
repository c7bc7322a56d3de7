package io.baigong.registry.artifact;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** An artifact as a zip file: what {@code ./baigong train} writes, packed. */
public final class ZippedArtifact {
    private ZippedArtifact() {}

    /**
     * Unpacks into the store. A folder around all files is left out.
     *
     * @throws UnsafeArtifactException for what is no artifact: a damaged, cut off or empty zip, names with folders or dots that
     *     lead elsewhere, links, formats that can run code, too many or too large files, no {@code model.json}
     */
    public static Artifact unpack(Path zipped, ArtifactStore store) throws IOException {
        var files = new TreeMap<String, Artifact.Part>();
        ZipDirectory.check(zipped, 2 * HarmlessFiles.MOST); // folders count there
        try (var zip = new ZipFile(zipped.toFile())) {
            List<? extends ZipEntry> entries =
                    zip.stream().filter(entry -> !entry.isDirectory()).toList();
            if (entries.size() > HarmlessFiles.MOST) {
                throw new UnsafeArtifactException(
                        "the zip holds more than " + HarmlessFiles.MOST + " files",
                        "Pack only the files of the model.");
            }
            String around = around(entries);
            var names = new HashSet<String>();
            for (ZipEntry entry : entries) {
                String name = entry.getName().substring(around.length());
                HarmlessFiles.check(name);
                if (!names.add(name)) {
                    throw new UnsafeArtifactException(
                            "the zip holds " + name + " twice", "Pack each file of the model once.");
                }
            }
            long left = HarmlessFiles.MOST_BYTES;
            for (ZipEntry entry : entries) {
                try (InputStream in = zip.getInputStream(entry)) {
                    Artifact.Part part = store.add(in, left);
                    left -= part.bytes();
                    files.put(entry.getName().substring(around.length()), part);
                }
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new UnsafeArtifactException(
                    "this is no zip, or a damaged one",
                    "Pack the folder that './baigong train' wrote, and send it whole.");
        }
        if (!files.containsKey(Artifact.DESCRIPTION)) {
            throw new UnsafeArtifactException(
                    "the zip holds no model.json",
                    "Pack the folder that './baigong train' wrote: model.json, the trained numbers and README.md.");
        }
        return new Artifact(files);
    }

    /** The folder that all files are in, with its slash; empty when there is none. */
    private static String around(List<? extends ZipEntry> entries) {
        if (entries.isEmpty()) {
            return "";
        }
        String first = entries.getFirst().getName();
        String folder = first.substring(0, first.indexOf('/') + 1);
        return entries.stream().allMatch(entry -> entry.getName().startsWith(folder)) ? folder : "";
    }
}
