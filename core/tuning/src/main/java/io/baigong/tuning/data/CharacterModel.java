package io.baigong.tuning.data;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A language model of characters: the last few say how likely the next is. Counts are hashed into a table of fixed size; where a
 * run was never seen, a shorter one is asked, at a discount ("stupid backoff": Brants et al., EMNLP 2007, section 4). What it gives
 * is like a perplexity, but is none, for its probabilities don't sum to 1.
 *
 * <p>Thread-safe; the counts, and so the scores, do not depend on the order of what is learned.
 */
final class CharacterModel {
    private static final int ORDER = 4;
    private static final double DISCOUNT = 0.4;
    private static final int SLOTS = 1 << 24; // 64 MiB

    private final AtomicIntegerArray counts = new AtomicIntegerArray(SLOTS);
    private final AtomicLong characters = new AtomicLong();

    /** @param text normalised */
    void learn(String text) {
        for (int i = 0; i < text.length(); i++) {
            long hash = 0;
            for (int back = 0; back < ORDER && back <= i; back++) {
                hash = longer(hash, text.charAt(i - back));
                counts.incrementAndGet(slot(hash));
            }
        }
        characters.addAndGet(text.length());
    }

    /**
     * e to the mean surprise of a character, in nats: at least 1, and the more the less the text is like what was learned.
     *
     * @param text normalised, not empty
     */
    double score(String text) {
        double surprise = 0;
        for (int i = 0; i < text.length(); i++) {
            surprise -= Math.log(likelihood(text, i));
        }
        return Math.exp(surprise / Math.max(text.length(), 1));
    }

    private double likelihood(String text, int at) {
        double discount = 1;
        for (int order = Math.min(ORDER, at + 1); order > 1; order--) {
            int seen = counts.get(slot(hash(text, at, order)));
            if (seen > 0) {
                int context = counts.get(slot(hash(text, at - 1, order - 1)));
                return discount * Math.min(1, (double) seen / Math.max(context, 1));
            }
            discount *= DISCOUNT;
        }
        long all = Math.max(characters.get(), 1);
        return discount * Math.max(counts.get(slot(hash(text, at, 1))), 0.5) / Math.max(all, 1);
    }

    /** Of the {@code order} characters that end at {@code at}, that one included. */
    private static long hash(String text, int at, int order) {
        long hash = 0;
        for (int back = 0; back < order; back++) {
            hash = longer(hash, text.charAt(at - back));
        }
        return hash;
    }

    private static long longer(long hash, char before) {
        return Digests.mix(hash + before + 0x9E3779B97F4A7C15L);
    }

    private static int slot(long hash) {
        return (int) (hash >>> 32) & (SLOTS - 1);
    }
}
