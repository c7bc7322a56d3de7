package io.baigong.tuning.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How many documents each label may have beside the others. Documents without a label stay as they are.
 *
 * @param kind of balancing
 * @param ratio of the commonest label to the rarest, in [1, 1000000]
 */
public record Balance(Kind kind, double ratio) {
    /** As the data is. */
    public static final Balance NONE = new Balance(Kind.NONE, 1);

    /** What is done. */
    public enum Kind {
        NONE,
        /** Documents of common labels are left out. */
        CAP,
        /** Documents of rare labels stand there several times. */
        OVERSAMPLE
    }

    public Balance {
        if (!(ratio >= 1 && ratio <= 1e6)) {
            throw new IllegalArgumentException("the ratio of the commonest to the rarest label is from 1 to 1000000");
        }
    }

    /**
     * How often each document stands in the result. Chance is a hash of the seed and the document's line.
     *
     * @param labels of each document, numbered from 0, or -1 for none
     * @param lines of each document
     */
    int[] copies(int[] labels, int[] lines, long seed) {
        int[] copies = new int[labels.length];
        Arrays.fill(copies, 1);
        int kinds = Arrays.stream(labels).max().orElse(-1) + 1;
        int[] sizes = new int[kinds];
        for (int label : labels) {
            if (label >= 0) {
                sizes[label]++;
            }
        }
        if (kind == Kind.NONE || Arrays.stream(sizes).filter(size -> size > 0).count() < 2) {
            return copies;
        }
        int least = Arrays.stream(sizes).filter(size -> size > 0).min().orElse(0);
        int most = Arrays.stream(sizes).max().orElse(0);
        int[][] byLabel = new int[kinds][];
        Arrays.setAll(byLabel, label -> new int[sizes[label]]);
        int[] filled = new int[kinds];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0) {
                byLabel[labels[i]][filled[labels[i]]++] = i;
            }
        }
        for (int[] documents : byLabel) {
            int size = documents.length;
            int wanted = kind == Kind.CAP
                    ? Math.min(size, (int) Math.floor(least * ratio))
                    : Math.max(size, (int) Math.ceil(most / ratio));
            if (size > 0 && wanted != size) {
                int[] drawn = drawn(documents, lines, seed);
                for (int i = 0; i < size; i++) {
                    copies[drawn[i]] = wanted / size + (i < wanted % size ? 1 : 0);
                }
            }
        }
        return copies;
    }

    private static int[] drawn(int[] documents, int[] lines, long seed) {
        return IntStream.of(documents)
                .boxed()
                .sorted(java.util.Comparator.comparingLong(i -> Digests.mix(Digests.mix(seed) + lines[i])))
                .mapToInt(i -> i)
                .toArray();
    }
}
