package io.baigong.manufacturing.defect.drawn;

import java.awt.image.BufferedImage;
import java.util.Random;

/** Rolled steel: fine grain, faint streaks along the rolling direction, and a thin dark scratch. */
public final class DrawnStrip {
    private DrawnStrip() {}

    /** A grey picture of the side given. */
    public static BufferedImage scratched(int side, long seed) {
        var random = new Random(seed);
        var image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        double[] streak = new double[side];
        for (int x = 0; x < side; x++) {
            streak[x] = 118 + 1.5 * random.nextGaussian();
        }
        double place = side * (0.3 + 0.4 * random.nextDouble());
        for (int y = 0; y < side; y++) {
            place += 0.03 + 0.1 * random.nextGaussian();
            double grain = 0;
            for (int x = 0; x < side; x++) {
                grain = 0.6 * grain + 2.5 * random.nextGaussian();
                double scratch = 45 * Math.exp(-(x - place) * (x - place) / 1.2);
                image.getRaster().setSample(x, y, 0, (int) Math.clamp(streak[x] + grain - scratch, 0, 255));
            }
        }
        return image;
    }
}
