package io.baigong.tuning.data;

import java.util.Arrays;

/** On which side each line of a data set is written, and how often. Immutable. */
final class Deal {
    private final byte[] sides; // [line]
    private final int[] copies; // [line], 0 if it was capped

    private Deal(byte[] sides, int[] copies) {
        this.sides = sides;
        this.copies = copies;
    }

    /** Splits the kept lines, balances the first side, and marks what that leaves out. */
    static Deal of(int[] lines, Judging judging, CleaningOptions options) {
        Verdicts verdicts = judging.verdicts();
        byte[] ofDocument = options.split().isNone()
                ? new byte[lines.length]
                : options.split().sides(roots(lines, judging), options.seed());
        int[] first = new int[lines.length];
        int count = 0;
        byte[] sides = new byte[verdicts.size()];
        int[] copies = new int[verdicts.size()];
        for (int i = 0; i < lines.length; i++) {
            sides[lines[i]] = ofDocument[i];
            copies[lines[i]] = 1;
            if (ofDocument[i] == 0) {
                first[count++] = lines[i];
            }
        }
        int[] balanced = Arrays.copyOf(first, count);
        int[] labels = Arrays.stream(balanced).map(verdicts::label).toArray();
        int[] often = options.balance().copies(labels, balanced, options.seed());
        for (int i = 0; i < count; i++) {
            copies[balanced[i]] = often[i];
            if (often[i] == 0) {
                verdicts.drop(balanced[i], DropReason.CAPPED);
            }
        }
        return new Deal(sides, copies);
    }

    /** For each kept document, the first kept document of its set. */
    private static int[] roots(int[] lines, Judging judging) {
        int[] firstOf = new int[judging.verdicts().size()];
        Arrays.fill(firstOf, -1);
        int[] roots = new int[lines.length];
        for (int i = 0; i < lines.length; i++) {
            int root = judging.together().root(lines[i]);
            firstOf[root] = firstOf[root] < 0 ? i : firstOf[root];
            roots[i] = firstOf[root];
        }
        return roots;
    }

    int side(int line) {
        return sides[line];
    }

    int copies(int line) {
        return copies[line];
    }
}
