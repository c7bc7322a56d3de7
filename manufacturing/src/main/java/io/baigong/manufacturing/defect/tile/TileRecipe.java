package io.baigong.manufacturing.defect.tile;

import io.baigong.manufacturing.defect.anomaly.MemoryTraining;
import io.baigong.manufacturing.defect.image.CellFeatures;
import io.baigong.manufacturing.defect.image.Picture;
import io.baigong.spi.Models;
import io.baigong.spi.NetSpec;
import io.baigong.spi.NetSpec.Layer;
import io.baigong.spi.TensorExamples;
import io.baigong.spi.TrainingContext;
import io.baigong.spi.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A memory of sound magnetic tiles, a net that tells whole pictures of them, and one that marks defects, learned from masks: windows of pictures, laid down in each of eight ways, brighter
 * or darker, with more or less contrast.
 */
public final class TileRecipe implements TrainingRecipe {
    private static final int WINDOW = 192;
    private static final int SIDE = WINDOW / TileNet.CELL;

    /** A cell of which this share is defective is to be marked; one with less, but some, is not asked. */
    private static final double MARKED = 0.15;

    @Override
    public String benchmark() {
        return TileBenchmark.NAME;
    }

    @Override
    public void train(Path data, Path out, TrainingContext context) throws IOException {
        List<TileSurface> surfaces = TileSurface.read(data);
        TilePictures.train(surfaces, out, context, context.progress().part(0, 0.2));
        MemoryTraining.train(
                surfaces.stream()
                        .filter(surface -> surface.kind() < 0)
                        .map(surface -> new MemoryTraining.Sound(surface.name(), surface.picture()))
                        .toList(),
                surfaces.stream()
                        .filter(surface -> surface.kind() >= 0)
                        .map(TileSurface::picture)
                        .toList(),
                out,
                context,
                context.progress().part(0.2, 0.3));
        int kinds = TileNet.KINDS.size();
        var spec = new NetSpec(
                "tile-defects",
                "1",
                List.of(CellFeatures.CHANNELS, SIDE, SIDE),
                List.of(
                        new Layer.Standardise(),
                        new Layer.Convolution(64, 1),
                        new Layer.Relu(),
                        new Layer.Convolution(48, 3),
                        new Layer.Relu(),
                        new Layer.Convolution(48, 3),
                        new Layer.Relu(),
                        new Layer.Dropout(0.1),
                        new Layer.Convolution(kinds, 1)),
                new NetSpec.Objective.Marks(3),
                50,
                16,
                2e-3,
                1e-3,
                context.seed());
        context.trainNet(
                spec,
                Windows.of(surfaces, context.models()),
                out.resolve(TileNet.ROLE),
                context.progress().part(0.3, 1));
    }

    /** Windows of surfaces: every second sound one gives way to a defective one, and three in four of these hold a pixel of the defect. */
    private record Windows(List<TileSurface> surfaces, List<TileSurface> defective, Models models)
            implements TensorExamples {
        static Windows of(List<TileSurface> surfaces, Models models) {
            return new Windows(
                    surfaces,
                    surfaces.stream().filter(surface -> surface.kind() >= 0).toList(),
                    models);
        }

        @Override
        public int size() {
            return surfaces.size();
        }

        @Override
        public Example example(int index, RandomGenerator random) {
            TileSurface surface = surfaces.get(index);
            if (surface.kind() < 0 && !defective.isEmpty() && random.nextDouble() < 0.5) {
                surface = defective.get(random.nextInt(defective.size()));
            }
            Picture padded = CellFeatures.padded(surface.picture(), WINDOW);
            int aim = surface.kind() >= 0 && random.nextInt(4) > 0 ? marked(surface, random) : -1;
            int width = surface.picture().width();
            int x = offset(aim < 0 ? -1 : aim % width, padded.width(), random);
            int y = offset(aim < 0 ? -1 : aim / width, padded.height(), random);
            int turn = random.nextInt(8);
            float gain = (float) (0.8 + 0.4 * random.nextDouble());
            float lift = (float) (0.1 * (random.nextDouble() - 0.5));
            Picture window = padded.part(x, y, WINDOW, WINDOW).turned(turn);
            float[] values = new float[window.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.clamp((window.values()[i] - 0.5f) * gain + 0.5f + lift, 0f, 1f);
            }
            CellFeatures cells = CellFeatures.of(models, new Picture(WINDOW, WINDOW, 1, values), TileNet.CELL);
            return new Example(cells.values(), target(surface, x, y, turn));
        }

        /** A pixel of the defect; -1 if the mask is empty. */
        private static int marked(TileSurface surface, RandomGenerator random) {
            int[] marked = IntStream.range(0, surface.mask().length)
                    .filter(pixel -> surface.mask()[pixel])
                    .toArray();
            return marked.length == 0 ? -1 : marked[random.nextInt(marked.length)];
        }

        /** Where a window begins: so that it holds that place, or anywhere for -1. */
        private static int offset(int place, int length, RandomGenerator random) {
            int most = length - WINDOW;
            return place < 0 ? random.nextInt(most + 1) : Math.clamp(place - random.nextInt(WINDOW), 0, most);
        }

        private static float[] target(TileSurface surface, int x, int y, int turn) {
            float[] share = new float[SIDE * SIDE];
            int width = surface.picture().width();
            int height = surface.picture().height();
            for (int v = 0; v < Math.min(WINDOW, height - y); v++) {
                for (int u = 0; u < Math.min(WINDOW, width - x); u++) {
                    if (surface.mask()[(y + v) * width + x + u]) {
                        share[v / TileNet.CELL * SIDE + u / TileNet.CELL] += 1f / (TileNet.CELL * TileNet.CELL);
                    }
                }
            }
            float[] turned = new Picture(SIDE, SIDE, 1, share).turned(turn).values();
            float[] target = new float[TileNet.KINDS.size() * SIDE * SIDE];
            for (int kind = 0; kind < TileNet.KINDS.size(); kind++) {
                for (int cell = 0; cell < turned.length; cell++) {
                    target[kind * turned.length + cell] =
                            turned[cell] == 0 ? 0 : turned[cell] < MARKED ? Float.NaN : kind == surface.kind() ? 1 : 0;
                }
            }
            return target;
        }
    }
}
