package io.baigong.manufacturing.defect.drawn;

import java.awt.image.BufferedImage;
import java.util.Random;

/** Rolled steel: streaks along the rolling direction, and a bright scratch across. */
public final class DrawnStrip {
    private DrawnStrip() {}

    /** A grey picture of the side given. */
    public static BufferedImage scratched(int side, long seed) {
        var random = new Random(seed);
        var image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < side; x++) {
            double streak = 100 + 12 * random.nextGaussian();
            for (int y = 0; y < side; y++) {
                boolean scratch = Math.abs(x - side / 3.0 - 0.2 * y) < 1.5;
                double value = streak + 6 * random.nextGaussian() + (scratch ? 90 : 0);
                image.getRaster().setSample(x, y, 0, (int) Math.clamp(value, 0, 255));
            }
        }
        return image;
    }
}
