package io.baigong.measures;

import java.util.ArrayList;
import java.util.List;

/**
 * How well the pixels of a picture are told defective from sound, kept as counts so that many pictures fit in memory.
 *
 * @param sound sound pixels by bin of their score
 * @param regions pixels of each defective region by bin; a region is connected
 */
@SuppressWarnings("ArrayRecordComponent")
public record PixelScores(int[] sound, List<int[]> regions) {
    /** Scores are told apart to a thousandth. */
    public static final int BINS = 1000;

    /**
     * Counts a picture.
     *
     * @param scores of each pixel, in [0, 1]
     * @param region the number of the region that each pixel belongs to, from 0 on; -1 for sound ones
     */
    public static PixelScores of(float[] scores, int[] region) {
        if (scores.length != region.length) {
            throw new IllegalArgumentException(
                    "expected as many regions as scores, got " + region.length + " and " + scores.length);
        }
        int[] sound = new int[BINS];
        var regions = new ArrayList<int[]>();
        for (int i = 0; i < scores.length; i++) {
            int bin = Math.clamp((int) (scores[i] * BINS), 0, BINS - 1);
            if (region[i] < 0) {
                sound[bin]++;
                continue;
            }
            while (regions.size() <= region[i]) {
                regions.add(new int[BINS]);
            }
            regions.get(region[i])[bin]++;
        }
        return new PixelScores(sound, regions);
    }

    /** Area under the receiver operating characteristic over all pixels, ties counted half. Not a number without either kind. */
    public static double areaUnderRoc(List<PixelScores> pictures) {
        long[] sound = sound(pictures);
        long[] defective = new long[BINS];
        for (PixelScores picture : pictures) {
            for (int[] region : picture.regions) {
                add(defective, region);
            }
        }
        double pairs = 0;
        double below = 0;
        double all = 0;
        for (int bin = 0; bin < BINS; bin++) {
            pairs += defective[bin] * (below + sound[bin] / 2.0);
            below += sound[bin];
            all += defective[bin];
        }
        return below == 0 || all == 0 ? Double.NaN : pairs / (below * all);
    }

    /**
     * Area under the per-region overlap: the mean share of each region that is marked, against the share of sound pixels that
     * is, up to a limit, over that limit (Bergmann et al. 2021, doi 10.1007/s11263-020-01400-4, section 4.2).
     *
     * @param limit highest share of sound pixels, 0.3 in the paper
     */
    public static double areaUnderOverlap(List<PixelScores> pictures, double limit) {
        long[] sound = sound(pictures);
        double[] overlap = new double[BINS];
        int regions = 0;
        for (PixelScores picture : pictures) {
            for (int[] region : picture.regions) {
                double size = 0;
                for (int count : region) {
                    size += count;
                }
                for (int bin = 0; size > 0 && bin < BINS; bin++) {
                    overlap[bin] += region[bin] / size;
                }
                regions++;
            }
        }
        double all = 0;
        for (long count : sound) {
            all += count;
        }
        if (regions == 0 || all == 0) {
            return Double.NaN;
        }
        double area = 0;
        double x = 0;
        double y = 0;
        for (int bin = BINS - 1; bin >= 0 && x < limit; bin--) {
            double nextX = x + sound[bin] / all;
            double nextY = y + overlap[bin] / regions;
            double end = Math.min(nextX, limit);
            double endY = nextX > x ? y + (nextY - y) * (end - x) / (nextX - x) : nextY;
            area += (end - x) * (y + endY) / 2;
            x = nextX;
            y = nextY;
        }
        return area / limit;
    }

    private static long[] sound(List<PixelScores> pictures) {
        long[] sound = new long[BINS];
        pictures.forEach(picture -> add(sound, picture.sound));
        return sound;
    }

    private static void add(long[] sum, int[] counts) {
        for (int bin = 0; bin < BINS; bin++) {
            sum[bin] += counts[bin];
        }
    }
}
