package io.baigong.manufacturing.defect.drawn;

import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.manufacturing.defect.image.PictureReader;
import io.baigong.manufacturing.defect.image.UnreadablePicture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Drawn pictures, by way of a file's bytes. */
public final class Pictures {
    private Pictures() {}

    /** The bytes of a file. */
    public static byte[] file(BufferedImage image, String format) {
        var out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalArgumentException("no writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The picture as the task reads it. */
    public static Picture of(BufferedImage image) {
        try {
            return PictureReader.read(file(image, "png"));
        } catch (UnreadablePicture e) {
            throw new UncheckedIOException(e);
        }
    }
}
