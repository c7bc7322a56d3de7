package io.baigong.host.cli;

import java.util.SplittableRandom;

/**
 * Short texts made from a seed, some of them another's near-duplicate: text {@code i} is always the same, whichever is asked first.
 * Thread-safe.
 *
 * <p>A text has 29 to 65 words; the commoner ones follow Zipf's law. A near-duplicate differs from its original in the last words,
 * so many that their sets of 3 words have a Jaccard similarity of 0.8: of 9 m sets, 8 m are in both, and each has m of its own.
 */
final class LookalikeTexts {
    /** Every fifth text is a near-duplicate of the one before it. */
    static final int EVERY = 5;

    private static final int VOCABULARY = 200_000;

    private final long seed;

    LookalikeTexts(long seed) {
        this.seed = seed;
    }

    static boolean isPlanted(int text) {
        return text % EVERY == EVERY - 1;
    }

    String text(int text) {
        boolean planted = isPlanted(text);
        var random = new SplittableRandom(seed * 1_000_003 + (planted ? text - 1 : text));
        int tenths = 3 + random.nextInt(5);
        int words = 9 * tenths + 2;
        var out = new StringBuilder(8 * words);
        for (int i = 0; i < words; i++) {
            int rank = (int) Math.exp(random.nextDouble() * Math.log(VOCABULARY)); // Zipf: density 1 / rank
            boolean changed = planted && i >= words - tenths;
            out.append(i == 0 ? "" : " ")
                    .append(Integer.toString(changed ? VOCABULARY + 31 * rank + i : 40 + rank, 36));
        }
        return out.toString();
    }
}
