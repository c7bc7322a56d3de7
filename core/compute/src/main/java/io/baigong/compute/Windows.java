package io.baigong.compute;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts long sequences of tokens into windows of nearly equal length that overlap, and says which window knows a token best.
 *
 * @param size most tokens of a window
 * @param overlap least tokens that neighbours share
 */
record Windows(int size, int overlap) {
    /** Tokens {@code [start, end)}, of which it answers for {@code [from, to)}. */
    record Window(int start, int end, int from, int to) {}

    Windows {
        if (overlap < 0 || size <= overlap) {
            throw new IllegalArgumentException(
                    "windows of " + size + " tokens can't share " + overlap + " with their neighbours");
        }
    }

    /** The windows over {@code length} tokens; none over nothing. Each token is answered for once. */
    List<Window> over(int length) {
        var windows = new ArrayList<Window>();
        if (length == 0) {
            return windows;
        }
        int count = Math.max(1, Math.ceilDiv(length - overlap, size - overlap));
        int from = 0;
        for (int i = 0; i < count; i++) {
            int start = start(i, count, length);
            int end = count == 1 ? length : start + span(count, length);
            int to = i == count - 1 ? length : (end + start(i + 1, count, length)) / 2;
            windows.add(new Window(start, Math.min(end, length), from, to));
            from = to;
        }
        return windows;
    }

    private int span(int count, int length) {
        return Math.min(size, Math.ceilDiv(length + (count - 1) * overlap, count));
    }

    private int start(int i, int count, int length) {
        return count == 1 ? 0 : (int) ((long) i * (length - span(count, length)) / (count - 1));
    }
}
