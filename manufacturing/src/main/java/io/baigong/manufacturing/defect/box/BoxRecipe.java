package io.baigong.manufacturing.defect.box;

import io.baigong.manufacturing.defect.image.CellFeatures;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.measures.Box;
import io.baigong.measures.BoxMatches.Truth;
import io.baigong.spi.Models;
import io.baigong.spi.NetSpec;
import io.baigong.spi.NetSpec.Layer;
import io.baigong.spi.TensorExamples;
import io.baigong.spi.TrainingContext;
import io.baigong.spi.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** A net that finds boxes, learned from NEU-DET: pictures mirrored each way, cut to a part, brighter or darker. */
public final class BoxRecipe implements TrainingRecipe {
    private static final int SIDE = BoxNet.SIDE / BoxNet.CELL;

    /** A box is answered for by the cells in its middle half, each way; by the one in its middle if there is none. */
    private static final double MIDDLE = 0.25;

    /** Least share of a picture's sides that is cut out of it. */
    private static final double LEAST_PART = 0.7;

    @Override
    public String benchmark() {
        return BoxBenchmark.NAME;
    }

    @Override
    public void train(Path data, Path out, TrainingContext context) throws IOException {
        List<NeuDet> pictures = NeuDet.read(data);
        int classes = BoxNet.CLASSES.size();
        var spec = new NetSpec(
                "strip-boxes",
                "1",
                List.of(CellFeatures.CHANNELS, SIDE, SIDE),
                List.of(
                        new Layer.Standardise(),
                        new Layer.Convolution(192, 1),
                        new Layer.Relu(),
                        new Layer.Convolution(192, 3),
                        new Layer.Relu(),
                        new Layer.Dropout(0.1),
                        new Layer.Convolution(192, 3),
                        new Layer.Relu(),
                        new Layer.Convolution(classes + 4, 1)),
                new NetSpec.Objective.Boxes(classes),
                40,
                16,
                2e-3,
                1e-2,
                context.seed());
        context.trainNet(spec, new Views(pictures, context.models()), out.resolve(BoxNet.ROLE), context.progress());
    }

    private record Views(List<NeuDet> pictures, Models models) implements TensorExamples {
        @Override
        public int size() {
            return pictures.size();
        }

        @Override
        public Example example(int index, RandomGenerator random) {
            NeuDet each = pictures.get(index);
            Picture picture = each.picture();
            double share = random.nextInt(3) == 0 ? 1 : LEAST_PART + (1 - LEAST_PART) * random.nextDouble();
            int width = (int) (share * picture.width());
            int height = (int) (share * picture.height());
            int x = random.nextInt(picture.width() - width + 1);
            int y = random.nextInt(picture.height() - height + 1);
            int turn = random.nextInt(8);
            Picture view = picture.part(x, y, width, height)
                    .resized(BoxNet.SIDE, BoxNet.SIDE)
                    .turned(turn);
            float gain = (float) (0.8 + 0.4 * random.nextDouble());
            float lift = (float) (0.15 * (random.nextDouble() - 0.5));
            float[] values = new float[view.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.clamp((view.values()[i] - 0.5f) * gain + 0.5f + lift, 0f, 1f);
            }
            var truths = each.truths().stream()
                    .map(truth -> new Truth(truth.kind(), seen(truth.box(), x, y, width, height, turn)))
                    .filter(truth -> truth.box().area() >= 4)
                    .toList();
            CellFeatures cells = CellFeatures.of(models, new Picture(BoxNet.SIDE, BoxNet.SIDE, 1, values), BoxNet.CELL);
            return new Example(cells.values(), target(truths));
        }

        /** A box as it lies in the view, in pixels of it. */
        private static Box seen(Box box, int x, int y, int width, int height, int turn) {
            double across = (double) BoxNet.SIDE / width;
            double down = (double) BoxNet.SIDE / height;
            double left = Math.clamp((box.left() - x) * across, 0, BoxNet.SIDE);
            double right = Math.clamp((box.right() - x) * across, 0, BoxNet.SIDE);
            double top = Math.clamp((box.top() - y) * down, 0, BoxNet.SIDE);
            double bottom = Math.clamp((box.bottom() - y) * down, 0, BoxNet.SIDE);
            if ((turn & 1) != 0) {
                double mirrored = BoxNet.SIDE - right;
                right = BoxNet.SIDE - left;
                left = mirrored;
            }
            if ((turn & 2) != 0) {
                double mirrored = BoxNet.SIDE - bottom;
                bottom = BoxNet.SIDE - top;
                top = mirrored;
            }
            return (turn & 4) != 0 ? new Box(top, left, bottom, right) : new Box(left, top, right, bottom);
        }
    }

    /** What the net should answer: larger boxes first, so that smaller ones go over them. */
    static float[] target(List<Truth> truths) {
        int classes = BoxNet.CLASSES.size();
        int cells = SIDE * SIDE;
        float[] target = new float[(classes + 4) * cells];
        Arrays.fill(target, classes * cells, target.length, Float.NaN);
        for (Truth truth : truths.stream()
                .sorted(Comparator.comparingDouble((Truth each) -> each.box().area())
                        .reversed())
                .toList()) {
            Box box = truth.box();
            double middleX = (box.left() + box.right()) / 2;
            double middleY = (box.top() + box.bottom()) / 2;
            double reachX = Math.max(BoxNet.CELL / 2.0, MIDDLE * (box.right() - box.left()));
            double reachY = Math.max(BoxNet.CELL / 2.0, MIDDLE * (box.bottom() - box.top()));
            for (int cell = 0; cell < cells; cell++) {
                int row = cell / SIDE;
                double x = (cell - row * SIDE + 0.5) * BoxNet.CELL;
                double y = (row + 0.5) * BoxNet.CELL;
                boolean inside = x > box.left() && x < box.right() && y > box.top() && y < box.bottom();
                boolean middle = Math.abs(x - middleX) <= reachX && Math.abs(y - middleY) <= reachY;
                int heat = truth.kind() * cells + cell;
                if (middle) {
                    for (int kind = 0; kind < classes; kind++) {
                        target[kind * cells + cell] = kind == truth.kind() ? 1 : 0;
                    }
                    double[] edges = {x - box.left(), y - box.top(), box.right() - x, box.bottom() - y};
                    for (int side = 0; side < 4; side++) {
                        target[(classes + side) * cells + cell] = (float) Math.max(0.1, edges[side] / BoxNet.CELL);
                    }
                } else if (inside && target[heat] == 0) {
                    target[heat] = Float.NaN;
                }
            }
        }
        return target;
    }
}
