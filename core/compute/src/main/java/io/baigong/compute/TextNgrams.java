package io.baigong.compute;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * The character n-grams of a text as numbers, as fastText has them (Bojanowski et al. 2017, arXiv 1607.04606, section 3.2).
 *
 * <p>Of each word, between its marks of beginning and end, all stretches of 3 to 5 letters, and the whole; of Han, which is written without spaces, each
 * character and each pair. Case and accents don't count. Each is hashed to one of so many buckets
 * (FNV-1a, over code points).
 */
public final class TextNgrams {
    private static final int SHORTEST = 3;
    private static final int LONGEST = 5;

    private final int buckets;

    public TextNgrams(int buckets) {
        this.buckets = buckets;
    }

    /** Buckets of all n-grams, as often as they occur; none for a text without letters or digits. */
    public int[] of(String text) {
        int[] letters = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .toArray();
        int[] found = new int[Math.max(16, letters.length * 4)];
        int size = 0;
        int at = 0;
        while (at < letters.length) {
            if (isHan(letters[at])) {
                int n = at + 1 < letters.length && isHan(letters[at + 1]) ? 2 : 1;
                for (int length = 1; length <= n; length++) {
                    found = room(found, size);
                    found[size++] = bucket(letters, at, at + length, false, false);
                }
                at++;
            } else if (Character.isLetterOrDigit(letters[at])) {
                int end = at + 1;
                while (end < letters.length && Character.isLetterOrDigit(letters[end]) && !isHan(letters[end])) {
                    end++;
                }
                found = room(found, size);
                found[size++] = bucket(letters, at, end, true, true);
                // Positions at - 1 and end are the marks.
                for (int from = at - 1; from <= end; from++) {
                    for (int to = from + SHORTEST; to <= Math.min(end + 1, from + LONGEST); to++) {
                        if (from >= at || to <= end) {
                            found = room(found, size);
                            found[size++] = bucket(letters, Math.max(at, from), Math.min(end, to), from < at, to > end);
                        }
                    }
                }
                at = end;
            } else {
                at++;
            }
        }
        return Arrays.copyOf(found, size);
    }

    private static int[] room(int[] found, int size) {
        return size < found.length ? found : Arrays.copyOf(found, 2 * size);
    }

    private static boolean isHan(int c) {
        return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
    }

    private int bucket(int[] letters, int from, int to, boolean begins, boolean ends) {
        int hash = 0x811c9dc5;
        if (begins) {
            hash = (hash ^ '<') * 0x01000193;
        }
        for (int i = from; i < to; i++) {
            hash = (hash ^ letters[i]) * 0x01000193;
        }
        if (ends) {
            hash = (hash ^ '>') * 0x01000193;
        }
        hash ^= hash >>> 15;
        return Math.floorMod(hash, buckets);
    }
}
