package io.baigong.manufacturing.defect.board;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What tells the kinds of defect apart: shape, and how many pieces of copper and of bare board a difference touches. */
final class DifferenceFeatures {
    /** Names, in the order of the values. */
    static final List<String> NAMES = List.of(
            "extra",
            "area",
            "width",
            "height",
            "slenderness",
            "fill",
            "thickness",
            "outline-copper-template",
            "outline-copper-test",
            "touches-copper-template",
            "touches-bare-template",
            "touches-copper-test",
            "touches-bare-test",
            "copper-pieces-template",
            "copper-pieces-test",
            "bare-pieces-template",
            "bare-pieces-test",
            "copper-share-template",
            "copper-share-test",
            "noise-around",
            "distance-to-border",
            "others-near");

    private static final int PAD = 8;
    private static final int NEAR = 40;

    private DifferenceFeatures() {}

    static float[] of(Difference difference, List<Difference> all, Bitmap registered, Bitmap test) {
        int width = test.width();
        int height = test.height();
        int x0 = Math.max(0, difference.x0() - PAD);
        int y0 = Math.max(0, difference.y0() - PAD);
        int x1 = Math.min(width, difference.x1() + PAD);
        int y1 = Math.min(height, difference.y1() + PAD);
        Bitmap template = registered.part(x0, y0, x1, y1);
        Bitmap tested = test.part(x0, y0, x1, y1);
        boolean[] own = new boolean[template.pixels().length];
        for (int pixel : difference.pixels()) {
            own[(pixel / width - y0) * (x1 - x0) + pixel % width - x0] = true;
        }
        Bitmap region = new Bitmap(x1 - x0, y1 - y0, own);
        Bitmap outline = region.dilated(2).without(region);
        int w = difference.x1() - difference.x0();
        int h = difference.y1() - difference.y0();
        int area = difference.pixels().length;
        int differing = 0;
        for (int i = 0; i < own.length; i++) {
            differing += !own[i] && template.pixels()[i] != tested.pixels()[i] ? 1 : 0;
        }
        long near = all.stream()
                        .filter(other -> other.x0() < difference.x1() + NEAR
                                && other.x1() > difference.x0() - NEAR
                                && other.y0() < difference.y1() + NEAR
                                && other.y1() > difference.y0() - NEAR)
                        .count()
                - 1;
        float outlined = Math.max(1, outline.count());
        return new float[] {
            difference.extra() ? 1 : 0,
            area,
            w,
            h,
            (float) Math.max(w, h) / Math.min(w, h),
            (float) area / (w * h),
            thickness(region),
            shared(outline, template) / outlined,
            shared(outline, tested) / outlined,
            touched(outline, template, own),
            touched(outline, template.inverted(), own),
            touched(outline, tested, own),
            touched(outline, tested.inverted(), own),
            Components.of(template).parts().size(),
            Components.of(tested).parts().size(),
            Components.of(template.inverted()).parts().size(),
            Components.of(tested.inverted()).parts().size(),
            (float) template.count() / own.length,
            (float) tested.count() / own.length,
            (float) differing / own.length,
            Math.min(
                    Math.min(difference.x0(), difference.y0()),
                    Math.min(width - difference.x1(), height - difference.y1())),
            near
        };
    }

    /** How many steps of erosion it takes to make it vanish. */
    private static int thickness(Bitmap region) {
        Bitmap rest = region;
        int steps = 0;
        while (rest.count() > 0 && steps < 64) {
            rest = rest.inverted().dilated(1).inverted();
            steps++;
        }
        return steps;
    }

    private static int shared(Bitmap a, Bitmap b) {
        int count = 0;
        for (int i = 0; i < a.pixels().length; i++) {
            count += a.pixels()[i] && b.pixels()[i] ? 1 : 0;
        }
        return count;
    }

    /** How many pieces the outline touches, the difference itself taken out of them; specks of an edge don't count. */
    private static int touched(Bitmap outline, Bitmap pieces, boolean[] own) {
        boolean[] rest = pieces.pixels().clone();
        for (int i = 0; i < rest.length; i++) {
            rest[i] &= !own[i];
        }
        Components parts = Components.of(new Bitmap(pieces.width(), pieces.height(), rest));
        Set<Integer> touched = new HashSet<>();
        for (int i = 0; i < rest.length; i++) {
            int label = parts.labels()[i];
            if (outline.pixels()[i] && label >= 0 && parts.parts().get(label).length >= 12) {
                touched.add(label);
            }
        }
        return touched.size();
    }
}
