package io.baigong.manufacturing.defect.image;

import java.util.Arrays;

/** Connected parts of a mask; neighbours are the eight around a pixel. */
public final class Regions {
    private Regions() {}

    /** The part that each pixel belongs to, from 0 on in the order of their first pixels; -1 where the mask is false. */
    public static int[] labels(boolean[] mask, int width, int height) {
        int[] labels = new int[mask.length];
        Arrays.fill(labels, -1);
        int[] stack = new int[mask.length];
        int parts = 0;
        for (int start = 0; start < mask.length; start++) {
            if (!mask[start] || labels[start] >= 0) {
                continue;
            }
            int depth = 0;
            stack[depth++] = start;
            labels[start] = parts;
            while (depth > 0) {
                int pixel = stack[--depth];
                int x = pixel % width;
                int y = pixel / width;
                for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
                    for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
                        int next = ny * width + nx;
                        if (mask[next] && labels[next] < 0) {
                            labels[next] = parts;
                            stack[depth++] = next;
                        }
                    }
                }
            }
            parts++;
        }
        return labels;
    }
}
