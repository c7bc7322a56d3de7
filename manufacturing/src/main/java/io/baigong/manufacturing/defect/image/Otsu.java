package io.baigong.manufacturing.defect.image;

/** The threshold that parts dark from bright best (Otsu 1979, doi 10.1109/TSMC.1979.4310076). */
public final class Otsu {
    private static final int BINS = 256;

    private Otsu() {}

    /**
     * The threshold; what is above it is bright. 0.5 when all values are alike.
     *
     * @param values in [0, 1]
     */
    public static double threshold(float[] values) {
        long[] histogram = new long[BINS];
        for (float value : values) {
            histogram[Math.clamp((int) (value * (BINS - 1) + 0.5f), 0, BINS - 1)]++;
        }
        double sum = 0;
        for (int i = 0; i < BINS; i++) {
            sum += (double) i * histogram[i];
        }
        double below = 0;
        double sumBelow = 0;
        double best = 0;
        int first = (BINS - 1) / 2;
        int last = first;
        for (int i = 0; i < BINS - 1; i++) {
            below += histogram[i];
            sumBelow += (double) i * histogram[i];
            double above = values.length - below;
            if (below == 0 || above == 0) {
                continue;
            }
            double difference = sumBelow / below - (sum - sumBelow) / above;
            double between = below * above * difference * difference;
            if (between > best) {
                best = between;
                first = i;
                last = i;
            } else if (between == best) {
                last = i;
            }
        }
        return ((first + last) / 2.0 + 0.5) / (BINS - 1);
    }
}
