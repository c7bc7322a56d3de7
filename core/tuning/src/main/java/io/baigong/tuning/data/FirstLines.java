package io.baigong.tuning.data;

/** The first line of each key of 128 bits, in an open table: 20 bytes a slot, from 1.4 to 2.9 slots a key. Not thread-safe. */
final class FirstLines {
    private static final int FULL_PERCENT = 70;

    private long[] high = new long[1 << 10];
    private long[] low = new long[1 << 10];
    private int[] lines = new int[1 << 10]; // a line + 1, or 0
    private int size;

    /** The first line with this key, or -1 if it is this one. */
    int firstOr(Digests.Key key, int line) {
        if (100L * size >= (long) FULL_PERCENT * lines.length) {
            grow();
        }
        int slot = slot(key.high(), key.low());
        if (lines[slot] != 0) {
            return lines[slot] - 1;
        }
        put(slot, key.high(), key.low(), line + 1);
        size++;
        return -1;
    }

    private void put(int slot, long first, long second, int line) {
        high[slot] = first;
        low[slot] = second;
        lines[slot] = line;
    }

    private int slot(long first, long second) {
        int slot = (int) first & (lines.length - 1);
        while (lines[slot] != 0 && (high[slot] != first || low[slot] != second)) {
            slot = (slot + 1) & (lines.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        int[] oldLines = lines;
        int length = Math.multiplyExact(2, oldLines.length);
        high = new long[length];
        low = new long[length];
        lines = new int[length];
        for (int i = 0; i < oldLines.length; i++) {
            if (oldLines[i] != 0) {
                put(slot(oldHigh[i], oldLow[i]), oldHigh[i], oldLow[i], oldLines[i]);
            }
        }
    }
}
