package io.baigong.host.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Puts what was sent where a recipe can read it: a file under its name, or what a zip holds as a folder. */
final class TrainingData {
    private static final int MOST_FILES = 200_000;
    private static final long MOST_BYTES = 20L << 30;

    private TrainingData() {}

    /**
     * The file or folder to learn from, below {@code folder}.
     *
     * @throws UnreadableData for a zip that is damaged, too large, or leads out of the folder
     */
    static Path in(Path folder, Path kept, String name) throws IOException, UnreadableData {
        Path into = Files.createDirectory(folder.resolve("data"));
        if (!name.toLowerCase(Locale.ROOT).endsWith(".zip")) {
            String plain = name.replaceAll("[^\\p{L}\\p{N}._-]", "_");
            Path file = into.resolve(plain.startsWith(".") ? "_" + plain : plain);
            return Files.createSymbolicLink(file, kept);
        }
        try (var zip = new ZipFile(kept.toFile())) {
            unpack(zip, into);
        } catch (ZipException | IllegalArgumentException e) {
            throw new UnreadableData(name + " is no zip, or a damaged one");
        }
        try (var content = Files.list(into)) {
            List<Path> all = content.toList();
            return all.size() == 1 && Files.isDirectory(all.getFirst()) ? all.getFirst() : into;
        }
    }

    private static void unpack(ZipFile zip, Path into) throws IOException, UnreadableData {
        List<? extends ZipEntry> entries =
                zip.stream().filter(entry -> !entry.isDirectory()).toList();
        if (entries.size() > MOST_FILES) {
            throw new UnreadableData("the zip holds more than " + MOST_FILES + " files");
        }
        long left = MOST_BYTES;
        for (ZipEntry entry : entries) {
            Path file = into.resolve(entry.getName()).normalize();
            if (!file.startsWith(into) || entry.getName().contains("\\") || Files.exists(file)) {
                throw new UnreadableData("the zip holds a file whose name leads elsewhere, or is there twice");
            }
            Files.createDirectories(file.getParent());
            try (InputStream in = zip.getInputStream(entry);
                    OutputStream out = Files.newOutputStream(file)) {
                left -= copy(in, out, left);
            }
        }
    }

    private static long copy(InputStream in, OutputStream out, long most) throws IOException, UnreadableData {
        byte[] buffer = new byte[1 << 16];
        long all = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            all += read;
            if (all > most) {
                throw new UnreadableData("the zip holds more than " + (MOST_BYTES >> 30) + " GiB");
            }
            out.write(buffer, 0, read);
        }
        return all;
    }

    /** What was sent can't be learned from. */
    static final class UnreadableData extends Exception {
        UnreadableData(String message) {
            super(message);
        }
    }
}
