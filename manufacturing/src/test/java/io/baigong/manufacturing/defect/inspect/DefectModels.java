package io.baigong.manufacturing.defect.inspect;

import io.baigong.manufacturing.defect.anomaly.SoundMemory;
import io.baigong.manufacturing.defect.board.BoardInspector;
import io.baigong.manufacturing.defect.image.PictureFeatures;
import io.baigong.manufacturing.defect.strip.StripInspector;
import io.baigong.manufacturing.defect.tile.TileInspector;
import io.baigong.spi.Tensor;
import io.baigong.testkit.FakeModels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Scripted models of the task: simple, but of the right shapes. */
public final class DefectModels {
    private static final int[] CHANNELS = {48, 96, 192, 384};

    private static final String LINE =
            "{\"classes\": [\"a\", \"b\", \"c\", \"d\", \"e\", \"slag_inclusion\", \"surface_scratch\"], \"temperature\": 1}";

    private DefectModels() {}

    /** Adds the task's roles to a script. */
    public static FakeModels.Script script(FakeModels.Script script) {
        return roles(script.beside(StripInspector.ROLE, "line.json", LINE.getBytes(StandardCharsets.UTF_8)));
    }

    /** The same, with a line of strip that the script has already. */
    public static FakeModels withLine(FakeModels.Script script) {
        return roles(script).build();
    }

    private static FakeModels.Script roles(FakeModels.Script script) {
        return script.imageFeatures(PictureFeatures.ROLE, DefectModels::maps)
                .predict(
                        StripInspector.ROLE,
                        rows -> same(rows.shape()[0], 0.01f, 0.01f, 0.01f, 0.01f, 0.01f, 0.05f, 0.9f))
                .predict(
                        BoardInspector.ROLE,
                        rows -> same(rows.shape()[0], 0.05f, 0.01f, 0.9f, 0.01f, 0.01f, 0.01f, 0.01f))
                .predict(
                        TileInspector.PICTURE_ROLE,
                        rows -> same(rows.shape()[0], 0.01f, 0.01f, 0.9f, 0.01f, 0.01f, 0.06f))
                .predict(TileInspector.ROLE, DefectModels::marks)
                .beside(
                        SoundMemory.ROLE,
                        "line.json",
                        "{\"mean\": 0.2, \"deviation\": 0.1}".getBytes(StandardCharsets.UTF_8))
                .predict(SoundMemory.ROLE, DefectModels::brightness);
    }

    private static Tensor same(int rows, float... answer) {
        float[][] all = new float[rows][];
        java.util.Arrays.fill(all, answer);
        return Tensor.ofRows(all, answer.length);
    }

    /** The brightness of each cell in the first channel of each map. */
    private static List<Tensor> maps(Tensor image) {
        int height = image.shape()[2];
        int width = image.shape()[3];
        return IntStream.range(0, CHANNELS.length)
                .mapToObj(i -> {
                    int scale = 4 << i;
                    int rows = height / scale;
                    int columns = width / scale;
                    float[] values = new float[CHANNELS[i] * rows * columns];
                    for (int y = 0; y < rows; y++) {
                        for (int x = 0; x < columns; x++) {
                            values[y * columns + x] = image.values()[y * scale * width + x * scale];
                        }
                    }
                    return new Tensor(new int[] {1, CHANNELS[i], rows, columns}, values);
                })
                .toList();
    }

    /** How bright the cell and those around it are, by the first channel of the finer map. */
    private static Tensor brightness(Tensor rows) {
        float[] values = new float[rows.shape()[0]];
        for (int row = 0; row < values.length; row++) {
            values[row] = rows.at(row, 0);
        }
        return new Tensor(new int[] {values.length, 1}, values);
    }

    /** A crack wherever a cell is bright. */
    private static Tensor marks(Tensor cells) {
        int size = cells.shape()[2] * cells.shape()[3];
        float[] values = new float[5 * size];
        for (int cell = 0; cell < size; cell++) {
            values[2 * size + cell] = cells.values()[cell] > 0.6f ? 0.9f : 0.02f;
        }
        return new Tensor(new int[] {1, 5, cells.shape()[2], cells.shape()[3]}, values);
    }
}
