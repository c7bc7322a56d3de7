package io.baigong.measures;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What each part of an input, such as a word of a text or a cell of a picture, does to a score of a model that is only asked, never
 * looked into.
 *
 * @param whole the score of the whole input
 * @param none the score when all parts are hidden
 * @param parts what each part does, in the score's unit
 */
@SuppressWarnings("ArrayRecordComponent")
public record Attributions(double whole, double none, double[] parts) {
    /** Asks the model. */
    @FunctionalInterface
    public interface Scores {
        /**
         * Scores inputs.
         *
         * @param seen for each input to score, which parts are seen; the others are hidden
         * @return as many scores
         */
        double[] of(List<BitSet> seen);
    }

    /**
     * By hiding each part alone (Zeiler and Fergus 2014, arXiv 1311.2901, section 4.2): the score of the whole less the score without the part, as
     * measured. Parts that say the same twice hide each other: neither does anything.
     */
    public static Attributions occlusion(int parts, Scores scores) {
        var inputs = new ArrayList<BitSet>();
        inputs.add(all(parts));
        inputs.add(new BitSet());
        for (int part = 0; part < parts; part++) {
            BitSet without = all(parts);
            without.clear(part);
            inputs.add(without);
        }
        double[] found = asked(scores, inputs);
        double[] does = new double[parts];
        for (int part = 0; part < parts; part++) {
            does[part] = found[0] - found[2 + part];
        }
        return new Attributions(found[0], found[1], does);
    }

    /**
     * Shapley values by sampled orders (Castro, Gómez and Tejada 2009, doi 10.1016/j.cor.2008.04.004), each followed by its reverse (Mitchell et al. 2022,
     * JMLR 23(43)): the mean over the orders of what the score gains when the part comes to those before it. Their sum is exactly the score of the whole
     * less that of nothing, however few the orders; each value is an estimate, nearer with more of them.
     *
     * @param pairs of orders; each takes {@code 2 (parts - 1)} scores
     */
    public static Attributions shapley(int parts, int pairs, RandomGenerator random, Scores scores) {
        if (pairs < 1) {
            throw new IllegalArgumentException("at least one pair of orders, not " + pairs);
        }
        double[] ends = asked(scores, List.of(all(parts), new BitSet()));
        double[] does = new double[parts];
        for (int pair = 0; pair < pairs; pair++) {
            int[] order = order(parts, random);
            add(does, order, ends, scores);
            add(does, reversed(order), ends, scores);
        }
        for (int part = 0; part < parts; part++) {
            does[part] /= 2.0 * pairs;
        }
        return new Attributions(ends[0], ends[1], does);
    }

    private static void add(double[] does, int[] order, double[] ends, Scores scores) {
        var inputs = new ArrayList<BitSet>();
        var seen = new BitSet();
        for (int i = 0; i + 1 < order.length; i++) {
            seen.set(order[i]);
            inputs.add((BitSet) seen.clone());
        }
        double[] found = asked(scores, inputs);
        for (int i = 0; i < order.length; i++) {
            double after = i == order.length - 1 ? ends[0] : found[i];
            double before = i == 0 ? ends[1] : found[i - 1];
            does[order[i]] += after - before;
        }
    }

    private static double[] asked(Scores scores, List<BitSet> inputs) {
        double[] found = scores.of(inputs);
        if (found.length != inputs.size()) {
            throw new IllegalArgumentException(
                    "%d inputs have as many scores, not %d".formatted(inputs.size(), found.length));
        }
        return found;
    }

    private static BitSet all(int parts) {
        var bits = new BitSet(parts);
        bits.set(0, parts);
        return bits;
    }

    private static int[] order(int parts, RandomGenerator random) {
        int[] order = new int[parts];
        for (int i = 0; i < parts; i++) {
            int at = random.nextInt(i + 1);
            order[i] = order[at];
            order[at] = i;
        }
        return order;
    }

    private static int[] reversed(int[] order) {
        int[] reversed = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            reversed[i] = order[order.length - 1 - i];
        }
        return reversed;
    }
}
