package io.baigong.compute.ocr;

/** The brightness that best parts ink from paper: Otsu, IEEE Trans. SMC 9 (1979), equation 18. */
final class Otsu {
    private Otsu() {}

    /** Values below are dark; all values are in [0, 255]. */
    static float threshold(float[] gray) {
        var histogram = new int[256];
        long sum = 0;
        for (float value : gray) {
            int level = Math.clamp((int) value, 0, 255);
            histogram[level]++;
            sum += level;
        }
        long count = 0;
        long below = 0;
        double most = -1;
        int best = 128;
        for (int level = 0; level < 255; level++) {
            count += histogram[level];
            below += (long) level * histogram[level];
            if (count == 0 || count == gray.length) {
                continue;
            }
            double difference = (double) below / count - (double) (sum - below) / (gray.length - count);
            double between = (double) count * (gray.length - count) * difference * difference;
            if (between > most) {
                most = between;
                best = level + 1;
            }
        }
        return best;
    }
}
