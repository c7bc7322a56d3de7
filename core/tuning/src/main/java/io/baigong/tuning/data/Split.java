package io.baigong.tuning.data;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Sides of a split, such as train, dev and test. What belongs together is never parted.
 *
 * @param shares of each side, by its name, in order; they sum to 1
 */
public record Split(Map<String, Double> shares) {
    /** Everything on one side. */
    public static final Split NONE = new Split(Map.of("all", 1.0));

    public Split {
        shares = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(shares));
        double sum = shares.values().stream().mapToDouble(share -> share).sum();
        if (shares.isEmpty()
                || shares.size() > 100
                || Math.abs(sum - 1) > 1e-6
                || shares.values().stream().anyMatch(share -> !(share > 0))) {
            throw new IllegalArgumentException("the shares of a split are above 0 and sum to 1, not to " + sum);
        }
        if (shares.keySet().stream().anyMatch(side -> !side.matches("[A-Za-z0-9_-]{1,40}"))) {
            throw new IllegalArgumentException("a side's name has letters, digits, - and _, at most 40");
        }
    }

    /** Such as {@code train=0.8,dev=0.1,test=0.1}. Throws {@link IllegalArgumentException}. */
    public static Split parse(String text) {
        var shares = new LinkedHashMap<String, Double>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            try {
                if (equals < 1
                        || shares.put(part.substring(0, equals).strip(), Double.valueOf(part.substring(equals + 1)))
                                != null) {
                    throw new IllegalArgumentException("a split is written NAME=SHARE,NAME=SHARE, not '" + text + "'");
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + part + "' has no number for its share", e);
            }
        }
        return new Split(shares);
    }

    boolean isNone() {
        return shares.size() == 1;
    }

    /**
     * The side of each document, as a place in the order of the shares. Sets are dealt out, the largest first and among equals in an
     * order that the seed says, each to the side that lacks most.
     *
     * @param roots of each document: the first document of its set
     */
    byte[] sides(int[] roots, long seed) {
        int[] sizes = new int[roots.length];
        for (int root : roots) {
            sizes[root]++;
        }
        double[] lacking = shares.values().stream()
                .mapToDouble(share -> share * roots.length)
                .toArray();
        byte[] ofRoot = new byte[roots.length];
        int[] sets = IntStream.range(0, roots.length)
                .filter(i -> sizes[i] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> -sizes[i]).thenComparingLong(i -> Digests.mix(seed + i)))
                .mapToInt(i -> i)
                .toArray();
        for (int set : sets) {
            int most = 0;
            for (int side = 1; side < lacking.length; side++) {
                most = lacking[side] > lacking[most] ? side : most;
            }
            lacking[most] -= sizes[set];
            ofRoot[set] = (byte) most;
        }
        byte[] sides = new byte[roots.length];
        for (int i = 0; i < roots.length; i++) {
            sides[i] = ofRoot[roots[i]];
        }
        return sides;
    }
}
