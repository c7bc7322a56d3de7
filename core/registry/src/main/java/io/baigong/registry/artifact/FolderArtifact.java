package io.baigong.registry.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An artifact as a folder, of the disk or of a jar: what {@code ./baigong train} writes, and what ships. */
public final class FolderArtifact {
    private FolderArtifact() {}

    /**
     * Takes the files of a folder into the store.
     *
     * @throws UnsafeArtifactException for what is no artifact: links, folders, formats that can run code, too many or too large
     *     files, no {@code model.json}
     */
    public static Artifact take(Path folder, ArtifactStore store) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().limit(HarmlessFiles.MOST + 1L).toList();
        }
        if (files.size() > HarmlessFiles.MOST) {
            throw new UnsafeArtifactException(
                    "the folder holds more than " + HarmlessFiles.MOST + " files", "Keep only the files of the model.");
        }
        for (Path file : files) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new UnsafeArtifactException(
                        "the folder holds " + file.getFileName() + ", which is no plain file",
                        "Put the files themselves there: no links, no folders.");
            }
            HarmlessFiles.check(file.getFileName().toString());
        }
        var parts = new TreeMap<String, Artifact.Part>();
        long left = HarmlessFiles.MOST_BYTES;
        for (Path file : files) {
            try (InputStream in = open(file)) {
                Artifact.Part part = store.add(in, left);
                left -= part.bytes();
                parts.put(file.getFileName().toString(), part);
            }
        }
        if (!parts.containsKey(Artifact.DESCRIPTION)) {
            throw new UnsafeArtifactException(
                    "the folder holds no " + Artifact.DESCRIPTION, "Name the folder that './baigong train' wrote.");
        }
        return new Artifact(parts);
    }

    /** What became a link since it was looked at is not followed; within a jar there are none, and its files can't be asked for so. */
    private static InputStream open(Path file) throws IOException {
        return file.getFileSystem().equals(FileSystems.getDefault())
                ? Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)
                : Files.newInputStream(file);
    }

    /** Writes the files of an artifact to a folder, which is made; each is compared with its digest. */
    public static void put(Artifact artifact, ArtifactStore store, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : artifact.files().keySet()) {
            try (InputStream in = store.open(artifact, name)) {
                Files.copy(in, folder.resolve(name));
            }
        }
    }
}
