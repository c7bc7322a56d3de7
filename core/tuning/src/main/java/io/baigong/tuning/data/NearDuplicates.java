package io.baigong.tuning.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds documents whose sets of shingles are alike: by MinHash and locality-sensitive hashing which may be, by the sets themselves
 * which are.
 *
 * <p>{@link #sketch} may be called by many threads, all else by one. With the default of 17 bands a document that was added takes
 * 204 to 272 bytes in the index and 12 beside it.
 */
public final class NearDuplicates implements Closeable {
    /** As many documents of a band are compared with one that comes; a bound on the time that masses of lookalikes take. */
    static final int MOST_OF_A_BAND = 200;

    private static final double ROUNDING = 1e-9;

    private final Similarity similarity;
    private final MinHash hashes;
    private final Bands bands;
    private final BandIndex index;
    private final ShingleStore store;
    private final Ints lines = new Ints();
    private int cut;

    /**
     * When two documents are alike.
     *
     * @param threshold Jaccard similarity of their shingles from which on they are, in (0, 1]
     * @param permutations of the signature, in [1, 1024]
     * @param missWeight see {@link Bands#optimal}
     */
    public record Similarity(double threshold, int permutations, double missWeight, Shingles shingles) {
        /**
         * datasketch's 128 permutations and threshold of 0.8. Its equal weights give 9 bands of 13 rows, which find 2 of 5 pairs at
         * similarity 0.8; since each pair is verified, a pair compared in vain costs time only, and 0.98 gives 17 bands of 7 rows,
         * which find 0.982.
         */
        public static final Similarity USUAL = new Similarity(0.8, 128, 0.98, new Shingles(3, 3));

        public Similarity {
            if (!(threshold > 0 && threshold <= 1) || !(missWeight >= 0 && missWeight <= 1)) {
                throw new IllegalArgumentException("a threshold is in (0, 1], a weight in [0, 1]");
            }
            if (permutations < 1 || permutations > 1024) {
                throw new IllegalArgumentException("a signature has from 1 to 1024 permutations");
            }
        }
    }

    /** What is compared of a document. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Sketch(int[] shingles, int[] keys) {}

    /** An earlier document that is alike. */
    public record Match(int line, double similarity) {}

    /**
     * Compares nothing yet.
     *
     * @param folder for a temporary file
     */
    public NearDuplicates(Similarity similarity, Path folder) throws IOException {
        this.similarity = similarity;
        this.hashes = new MinHash(similarity.permutations());
        this.bands = Bands.optimal(similarity.threshold(), similarity.permutations(), similarity.missWeight());
        this.index = new BandIndex(bands.bands());
        this.store = new ShingleStore(folder);
    }

    public Bands bands() {
        return bands;
    }

    /** Of a text as it came. */
    public Sketch sketch(String text) {
        return ofNormalised(Script.normalised(text));
    }

    Sketch ofNormalised(String text) {
        int[] shingles = similarity.shingles().of(text);
        return new Sketch(shingles, bands.keys(hashes.signature(shingles)));
    }

    /**
     * The documents added before that are alike, in the order in which they were added.
     *
     * @param most how many at the most
     */
    public List<Match> like(Sketch sketch, int most) throws IOException {
        var matches = new ArrayList<Match>();
        int[] candidates = index.candidates(sketch.keys, MOST_OF_A_BAND);
        cut += index.cut() ? 1 : 0;
        for (int candidate : candidates) {
            double jaccard = Shingles.jaccard(sketch.shingles, store.get(candidate));
            if (jaccard >= similarity.threshold() - ROUNDING) {
                matches.add(new Match(lines.get(candidate), jaccard));
                if (matches.size() == most) {
                    break;
                }
            }
        }
        return matches;
    }

    /** How many documents were compared with part of their candidates only, for these were too many. */
    public int cut() {
        return cut;
    }

    /** Adds a document to those that later ones are compared with. */
    public void add(int line, Sketch sketch) throws IOException {
        index.add(sketch.keys);
        store.add(sketch.shingles);
        lines.add(line);
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
