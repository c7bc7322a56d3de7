package io.baigong.tuning.data;

import java.util.Arrays;

/**
 * Documents by the keys of their bands. For each document and band it holds a key, a link to the document before it in the same
 * slot, and from one to two slots: 12 to 16 bytes. Not thread-safe.
 */
final class BandIndex {
    private final int bands;
    private final Ints keys = new Ints(); // [document * bands + band]
    private final Ints links = new Ints(); // the same; a document + 1, or 0 at the end
    private int[][] slots; // [band][slot], a document + 1, or 0
    private int size;
    private boolean cut;

    BandIndex(int bands) {
        this.bands = bands;
        this.slots = new int[bands][1 << 10];
    }

    int size() {
        return size;
    }

    /** Whether the last search left candidates out. */
    boolean cut() {
        return cut;
    }

    /** Adds a document; its number is {@link #size()} before. */
    void add(int[] bandKeys) {
        if (size == slots[0].length) {
            grow();
        }
        for (int band = 0; band < bands; band++) {
            int slot = bandKeys[band] & (slots[band].length - 1);
            keys.add(bandKeys[band]);
            links.add(slots[band][slot]);
            slots[band][slot] = size + 1;
        }
        size++;
    }

    private void grow() {
        int length = Math.multiplyExact(2, slots[0].length);
        for (int band = 0; band < bands; band++) {
            int[] wider = new int[length];
            for (int document = 0; document < size; document++) {
                long at = (long) document * bands + band;
                int slot = keys.get(at) & (length - 1);
                links.set(at, wider[slot]);
                wider[slot] = document + 1;
            }
            slots[band] = wider;
        }
    }

    /**
     * The documents that share a band with these keys, ascending, each once; if there are more than {@code most} hits, only so many
     * of the latest in each band.
     */
    int[] candidates(int[] bandKeys, int most) {
        int[] found = new int[16];
        int count = 0;
        cut = false;
        for (int band = 0; band < bands; band++) {
            int left = most;
            int key = bandKeys[band];
            for (int link = slots[band][key & (slots[band].length - 1)]; link != 0; ) {
                long at = (long) (link - 1) * bands + band;
                if (keys.get(at) == key) {
                    if (left == 0) {
                        cut = true;
                        break;
                    }
                    if (count == found.length) {
                        found = Arrays.copyOf(found, 2 * count);
                    }
                    found[count++] = link - 1;
                    left--;
                }
                link = links.get(at);
            }
        }
        Arrays.sort(found, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept == 0 || found[i] != found[kept - 1]) {
                found[kept++] = found[i];
            }
        }
        return Arrays.copyOf(found, kept);
    }
}
