package io.baigong.manufacturing.defect.image;

import io.baigong.spi.ErrorCode.User;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads PNG, JPEG, BMP and TIFF, 8 and 16 bit, grey and colour. The header is read first: a picture too large is refused before
 * any of it is decoded. A JPEG is turned the way that its EXIF data say. Thread-safe.
 */
public final class PictureReader {
    /** Most pixels of a picture. */
    public static final long MAX_PIXELS = 24_000_000;

    /** Least rows and columns. */
    public static final int MIN_SIDE = 16;

    private static final long MAX_BYTES = 128L << 20;
    private static final Set<String> FORMATS = Set.of("png", "jpeg", "bmp", "tiff", "tif");
    private static final String SAVE_ANEW = "Save the picture anew as an 8-bit PNG, and send that.";

    private PictureReader() {}

    /** Reads a file. Throws {@link UnreadablePicture} for what is no picture, or one that can't be inspected. */
    public static Picture read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new UnreadablePicture(
                    User.TOO_LARGE,
                    "the file has %d bytes, the limit is %d".formatted(Files.size(file), MAX_BYTES),
                    "Send the picture in parts, or compressed as PNG.");
        }
        return read(Files.readAllBytes(file));
    }

    /** Reads the bytes of a file. */
    public static Picture read(byte[] file) throws UnreadablePicture {
        if (file.length == 0) {
            throw new UnreadablePicture(User.EMPTY, "the file is empty", "Send the picture again.");
        }
        ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
        ImageReader reader = reader(stream);
        try {
            return decode(reader, stream, file);
        } catch (UnreadablePicture e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new UnreadablePicture(
                    User.CORRUPT, "the picture can't be decoded: " + reason(e), "Send the picture again. " + SAVE_ANEW);
        } finally {
            reader.dispose();
        }
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static ImageReader reader(ImageInputStream stream) throws UnreadablePicture {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
        if (!readers.hasNext()) {
            throw new UnreadablePicture(
                    User.UNSUPPORTED_FORMAT,
                    "the file is not a picture in PNG, JPEG, BMP or TIFF",
                    "Send a picture in one of these formats.");
        }
        ImageReader reader = readers.next();
        String format;
        try {
            format = reader.getFormatName().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            format = "unknown";
        }
        if (!FORMATS.contains(format)) {
            reader.dispose();
            throw new UnreadablePicture(
                    User.UNSUPPORTED_FORMAT,
                    "the file is a picture in " + format + ", which may be animated or of few colours",
                    "Send a picture in PNG, JPEG, BMP or TIFF.");
        }
        return reader;
    }

    private static Picture decode(ImageReader reader, ImageInputStream stream, byte[] file) throws IOException {
        boolean[] damaged = {false};
        reader.addIIOReadWarningListener((source, warning) -> damaged[0] = true);
        reader.setInput(stream, false, true);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        checkSize(width, height);
        if (PictureHeaders.animated(file) || holdsMore(reader)) {
            throw new UnreadablePicture(
                    User.UNSUPPORTED_FORMAT,
                    "the file holds several pictures, or a moving one",
                    "Send each picture in a file of its own.");
        }
        if (PictureHeaders.jpegComponents(file) == 4) {
            throw cmyk();
        }
        BufferedImage image = reader.read(0);
        if (damaged[0]) {
            throw new UnreadablePicture(
                    User.CORRUPT, "the picture is cut off or damaged", "Send the picture again. " + SAVE_ANEW);
        }
        if (image.getSampleModel().getSampleSize(0) > 16) {
            throw new UnreadablePicture(
                    User.UNSUPPORTED_FORMAT,
                    "the picture has more than 16 bits a sample",
                    "Save the picture anew with 8 or 16 bits, and send that.");
        }
        int space = image.getColorModel().getColorSpace().getType();
        if (space != ColorSpace.TYPE_RGB && space != ColorSpace.TYPE_GRAY) {
            throw cmyk();
        }
        return picture(image).turned(PictureHeaders.turn(file));
    }

    /** Whether there is a second picture. To count them all would not end where a TIFF's pages point in a circle. */
    private static boolean holdsMore(ImageReader reader) throws IOException {
        try {
            reader.getWidth(1);
            return true;
        } catch (IndexOutOfBoundsException e) {
            return false;
        }
    }

    private static void checkSize(int width, int height) throws UnreadablePicture {
        if ((long) width * height > MAX_PIXELS) {
            throw new UnreadablePicture(
                    User.TOO_LARGE,
                    "the picture has %d x %d pixels, the limit is %d million"
                            .formatted(width, height, MAX_PIXELS / 1_000_000),
                    "Send the picture in parts, or at a lower resolution.");
        }
        if (Math.min(width, height) < MIN_SIDE) {
            throw new UnreadablePicture(
                    User.INVALID,
                    "the picture has %d x %d pixels, too few to inspect".formatted(width, height),
                    "Send a picture of at least %d x %d pixels.".formatted(MIN_SIDE, MIN_SIDE));
        }
    }

    private static UnreadablePicture cmyk() {
        return new UnreadablePicture(
                User.UNSUPPORTED_FORMAT,
                "the picture is in printing colours (CMYK), which a camera does not give",
                "Convert the picture to RGB or grey.");
    }

    /** Samples as they stand in the file where these are grey, so that no colour profile changes them. */
    private static Picture picture(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int plane = width * height;
        Raster raster = image.getRaster();
        boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        if (grey) {
            float scale = 1f / ((1 << raster.getSampleModel().getSampleSize(0)) - 1);
            float[] values = new float[plane];
            float[] row = new float[width];
            for (int y = 0; y < height; y++) {
                raster.getSamples(0, y, width, 1, 0, row);
                for (int x = 0; x < width; x++) {
                    values[y * width + x] = Math.clamp(row[x] * scale, 0f, 1f);
                }
            }
            return new Picture(width, height, 1, values);
        }
        float[] values = new float[3 * plane];
        int[] row = new int[width];
        boolean colour = false;
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int red = (row[x] >> 16) & 255;
                int green = (row[x] >> 8) & 255;
                int blue = row[x] & 255;
                colour |= red != green || green != blue;
                values[y * width + x] = red / 255f;
                values[plane + y * width + x] = green / 255f;
                values[2 * plane + y * width + x] = blue / 255f;
            }
        }
        return colour
                ? new Picture(width, height, 3, values)
                : new Picture(width, height, 1, java.util.Arrays.copyOf(values, plane));
    }
}
