package io.baigong.manufacturing.defect.drawn;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Draws the task's samples anew, into the folder given. */
public final class SampleWriter {
    private SampleWriter() {}

    /** Writes the pictures. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        DrawnBoard board = DrawnBoard.seeded(7);
        write(board.template(), folder.resolve("board-template.png"));
        write(board.test(), folder.resolve("board.png"));
        write(DrawnStrip.scratched(128, 7), folder.resolve("strip.png"));
        try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("strip-parts.zip")))) {
            for (int i = 1; i <= 12; i++) {
                zip.putNextEntry(new ZipEntry("part-" + i + ".png"));
                zip.write(Pictures.file(DrawnStrip.scratched(64, 100 + i), "png"));
            }
        }
    }

    private static void write(BufferedImage image, Path file) throws IOException {
        ImageIO.write(image, "png", file.toFile());
    }
}
