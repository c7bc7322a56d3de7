package io.baigong.host.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Near-duplicates as one would write it down at first: sets of strings, permutations modulo the prime 2^61 - 1 as in datasketch, all
 * signatures in hash maps, one thread, pairs verified by their signatures. The other side of a comparison.
 */
final class BoxedLookalikes {
    private static final long PRIME = (1L << 61) - 1;
    private static final double THRESHOLD = 0.8;

    private final int bands;
    private final int rows;
    private final List<Long> factors = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private final Map<Integer, List<Long>> signatures = new HashMap<>();
    private final Map<List<Long>, List<Integer>> buckets = new HashMap<>();

    BoxedLookalikes(int permutations, int bands, int rows) {
        this.bands = bands;
        this.rows = rows;
        var random = new Random(1);
        for (int i = 0; i < permutations; i++) {
            factors.add(1 + Math.floorMod(random.nextLong(), PRIME - 1));
            offsets.add(Math.floorMod(random.nextLong(), PRIME));
        }
    }

    /** An earlier document that is alike, or -1 and this one is kept. */
    int likeOrKept(int document, String text) {
        List<Long> signature = signature(text);
        Set<Integer> candidates = new LinkedHashSet<>();
        for (int band = 0; band < bands; band++) {
            candidates.addAll(buckets.getOrDefault(key(signature, band), List.of()));
        }
        for (int candidate : candidates) {
            List<Long> other = signatures.getOrDefault(candidate, List.of());
            int equal = 0;
            for (int i = 0; i < signature.size(); i++) {
                equal += signature.get(i).equals(other.get(i)) ? 1 : 0;
            }
            if ((double) equal / signature.size() >= THRESHOLD) {
                return candidate;
            }
        }
        signatures.put(document, signature);
        for (int band = 0; band < bands; band++) {
            buckets.computeIfAbsent(key(signature, band), _ -> new ArrayList<>())
                    .add(document);
        }
        return -1;
    }

    private List<Long> key(List<Long> signature, int band) {
        var key = new ArrayList<>(signature.subList(band * rows, (band + 1) * rows));
        key.add((long) band);
        return key;
    }

    private List<Long> signature(String text) {
        String[] words = text.toLowerCase(Locale.ROOT).split("\\W+", -1);
        Set<String> shingles = new HashSet<>();
        for (int i = 0; i + 3 <= words.length; i++) {
            shingles.add(String.join(" ", Arrays.asList(words).subList(i, i + 3)));
        }
        var signature = new ArrayList<Long>();
        for (int i = 0; i < factors.size(); i++) {
            long least = Long.MAX_VALUE;
            for (String shingle : shingles) {
                least = Math.min(least, permuted(Integer.toUnsignedLong(shingle.hashCode()), i));
            }
            signature.add(least);
        }
        return signature;
    }

    private long permuted(long value, int permutation) {
        long high = Math.multiplyHigh(factors.get(permutation), value);
        long low = factors.get(permutation) * value;
        long product = (low & PRIME) + ((low >>> 61) | (high << 3)); // modulo 2^61 - 1: the halves' sum
        return Math.floorMod(product + offsets.get(permutation), PRIME) & 0xFFFF_FFFFL;
    }
}
