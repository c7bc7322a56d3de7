package io.baigong.manufacturing.defect.control;

import io.baigong.manufacturing.defect.image.UnreadablePicture;
import io.baigong.spi.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Pictures of a zip file, one after another in the order of their names. */
final class PictureZip implements AutoCloseable {
    static final int MOST_PICTURES = 2_000;

    private static final long MOST_BYTES = 128L << 20;
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "bmp", "tif", "tiff");

    private final ZipFile zip;
    private final List<ZipEntry> entries;

    private PictureZip(ZipFile zip, List<ZipEntry> entries) {
        this.zip = zip;
        this.entries = entries;
    }

    static PictureZip open(Path file) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new UnreadablePicture(
                    ErrorCode.User.UNSUPPORTED_FORMAT,
                    "the pictures are no whole zip file: " + e.getMessage(),
                    "Put the pictures into a zip file, and send that.");
        }
        try {
            List<ZipEntry> entries = zip.stream()
                    .filter(PictureZip::isPicture)
                    .limit(MOST_PICTURES + 1L)
                    .map(ZipEntry.class::cast)
                    .sorted((a, b) -> NaturalOrder.compare(a.getName(), b.getName()))
                    .toList();
            if (entries.isEmpty() || entries.size() > MOST_PICTURES) {
                throw new UnreadablePicture(
                        entries.isEmpty() ? ErrorCode.User.EMPTY : ErrorCode.User.TOO_LARGE,
                        entries.isEmpty()
                                ? "the zip file holds no picture"
                                : "the zip file holds more than " + MOST_PICTURES + " pictures",
                        "Send from 1 to " + MOST_PICTURES + " pictures, each named as "
                                + ENDINGS.stream().sorted().toList() + " are; give older ones as counts.");
            }
            return new PictureZip(zip, entries);
        } catch (UnreadablePicture e) {
            zip.close();
            throw e;
        }
    }

    private static boolean isPicture(ZipEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory()
                && !name.startsWith("__MACOSX/")
                && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    List<String> names() {
        return entries.stream().map(ZipEntry::getName).toList();
    }

    /** Unpacks one picture into a file. Throws {@link UnreadablePicture} for one that is damaged or too large. */
    void unpack(int index, Path into) throws IOException {
        try (InputStream in = zip.getInputStream(entries.get(index));
                var out = Files.newOutputStream(into)) {
            byte[] buffer = new byte[1 << 16];
            long total = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
                if (total > MOST_BYTES) {
                    throw new UnreadablePicture(
                            ErrorCode.User.TOO_LARGE, "the picture has more than 128 MiB", "Send it in parts.");
                }
                out.write(buffer, 0, read);
            }
        } catch (ZipException e) {
            throw new UnreadablePicture(
                    ErrorCode.User.CORRUPT, "the picture can't be unpacked: " + e.getMessage(), "Pack it anew.");
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
