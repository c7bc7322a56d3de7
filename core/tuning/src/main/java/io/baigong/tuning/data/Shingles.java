package io.baigong.tuning.data;

import java.util.Arrays;

/**
 * A text as the set of its runs of words, or of characters where it has no spaces between words; each run stands as 32 bits of a
 * hash. Broder, "On the resemblance and containment of documents" (1997), section 2.
 *
 * @param words in a run, of text with spaces
 * @param characters in a run, of text without
 */
public record Shingles(int words, int characters) {
    public Shingles {
        if (words < 1 || words > 20 || characters < 1 || characters > 20) {
            throw new IllegalArgumentException("a shingle has from 1 to 20 words or characters");
        }
    }

    /**
     * The set, ascending, each once. A text shorter than a run is one run; punctuation is left out.
     *
     * @param text normalised
     */
    int[] of(String text) {
        Script script = Script.of(text);
        long[] tokens = new long[text.length()];
        int count = script == Script.SPACED ? words(text, tokens) : characters(text, tokens);
        int run = Math.min(script == Script.SPACED ? words : characters, count);
        if (run == 0) {
            return new int[] {text.hashCode()};
        }
        int[] hashes = new int[count - run + 1];
        for (int i = 0; i < hashes.length; i++) {
            long hash = run;
            for (int j = i; j < i + run; j++) {
                hash = Digests.mix(hash * 0x9E3779B97F4A7C15L + tokens[j]);
            }
            hashes[i] = (int) (hash >>> 32);
        }
        return distinct(hashes);
    }

    private static int words(String text, long[] tokens) {
        int count = 0;
        long hash = 0;
        boolean within = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Script.isOfWord(c)) {
                hash = (hash ^ c) * 0x100000001B3L; // FNV-1a, a code point at a time
                within = true;
            } else if (within) {
                tokens[count++] = hash;
                hash = 0;
                within = false;
            }
        }
        if (within) {
            tokens[count++] = hash;
        }
        return count;
    }

    private static int characters(String text, long[] tokens) {
        int count = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Script.isOfWord(c)) {
                tokens[count++] = c;
            }
        }
        return count;
    }

    private static int[] distinct(int[] values) {
        Arrays.sort(values);
        int kept = 1;
        for (int i = 1; i < values.length; i++) {
            if (values[i] != values[kept - 1]) {
                values[kept++] = values[i];
            }
        }
        return kept == values.length ? values : Arrays.copyOf(values, kept);
    }

    /** Size of the intersection over size of the union, of two ascending sets; 1 of two empty ones. */
    static double jaccard(int[] a, int[] b) {
        int both = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                both++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        int either = a.length + b.length - both;
        return either == 0 ? 1 : (double) both / either;
    }
}
