package io.baigong.manufacturing.defect.board;

import java.util.ArrayList;
import java.util.List;

/**
 * Connected parts of a bitmap; neighbours are the eight around a pixel.
 *
 * @param labels the part of each pixel from 0 on, -1 where the bitmap is false
 * @param parts the pixels of each, as indices into the bitmap
 */
@SuppressWarnings("ArrayRecordComponent")
record Components(int[] labels, List<int[]> parts) {
    static Components of(Bitmap bitmap) {
        int width = bitmap.width();
        int height = bitmap.height();
        int[] labels = new int[width * height];
        java.util.Arrays.fill(labels, -1);
        int[] stack = new int[labels.length];
        var parts = new ArrayList<int[]>();
        for (int start = 0; start < labels.length; start++) {
            if (!bitmap.pixels()[start] || labels[start] >= 0) {
                continue;
            }
            int label = parts.size();
            int seen = 0;
            int end = 0;
            stack[end++] = start;
            labels[start] = label;
            while (seen < end) {
                int pixel = stack[seen++];
                int x = pixel % width;
                int y = pixel / width;
                for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
                    for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
                        int next = ny * width + nx;
                        if (bitmap.pixels()[next] && labels[next] < 0) {
                            labels[next] = label;
                            stack[end++] = next;
                        }
                    }
                }
            }
            parts.add(java.util.Arrays.copyOf(stack, end));
        }
        return new Components(labels, parts);
    }
}
