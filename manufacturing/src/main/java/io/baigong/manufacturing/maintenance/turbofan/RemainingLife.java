package io.baigong.manufacturing.maintenance.turbofan;

import io.baigong.manufacturing.maintenance.training.BesideModel;
import io.baigong.manufacturing.maintenance.training.ConformalBands;
import io.baigong.spi.Evidence;
import io.baigong.spi.Models;
import io.baigong.spi.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Remaining useful life of engines in cycles, with intervals.
 *
 * <p>Life is capped at {@link #CAP} cycles: before that an engine shows no wear (Heimes, Recurrent neural networks for remaining
 * useful life estimation, PHM 2008).
 */
public final class RemainingLife {
    /** The role of the trees. */
    public static final String ROLE = "manufacturing.remaining-life";

    /** Longest life told, in cycles. */
    public static final double CAP = 125;

    static final BesideModel<Beside> BESIDE = new BesideModel<>("engines.json", Beside.class);

    private final Models models;
    private final Beside beside;

    /**
     * What lies beside the trees.
     *
     * @param steady intervals of the uncapped prediction for engines that fly in one condition alone
     * @param varying intervals for all others, which are noisier
     */
    record Beside(OperatingPoints operatingPoints, ConformalBands steady, ConformalBands varying) {
        void write(Path folder) throws IOException {
            BESIDE.write(folder, this);
        }
    }

    /** Of the model in {@link #ROLE}. */
    public RemainingLife(Models models) {
        this.models = models;
        beside = BESIDE.read(models, ROLE);
    }

    /**
     * A prediction in cycles, each in {@code [0, CAP]}.
     *
     * @param low lower end of the interval
     * @param high upper end
     */
    public record Life(double cycles, double low, double high) {}

    /** Share of cases that an interval is to hold. */
    public double coverage() {
        return beside.steady().coverage();
    }

    /** Lives left after the last cycle of each engine. */
    public List<Life> of(List<Engine> engines) {
        float[][] rows = engines.stream().map(this::lastRow).toArray(float[][]::new);
        Tensor answers =
                models.predict(ROLE, Tensor.ofRows(rows, EngineFeatures.names().size()));
        return java.util.stream.IntStream.range(0, rows.length)
                .mapToObj(i -> life(answers.at(i, 0), OperatingPoints.isSteady(engines.get(i))))
                .toList();
    }

    /** What each feature adds to the prediction for the engine, in cycles, most first; the sum starts at the mean life. */
    public List<Evidence.Attribution> why(Engine engine, int most) {
        float[] row = lastRow(engine);
        List<String> names = EngineFeatures.names();
        Tensor added = models.contributions(ROLE, Tensor.ofRows(new float[][] {row}, names.size()));
        return java.util.stream.IntStream.range(0, names.size())
                .mapToObj(i -> new Evidence.Attribution(names.get(i), row[i], added.values()[i]))
                .sorted(java.util.Comparator.comparingDouble(each -> -Math.abs(each.contribution())))
                .limit(most)
                .toList();
    }

    private float[] lastRow(Engine engine) {
        float[][] rows = EngineFeatures.of(engine, beside.operatingPoints());
        return rows[rows.length - 1];
    }

    private Life life(double predicted, boolean steady) {
        double[] interval = (steady ? beside.steady() : beside.varying()).interval(predicted);
        return new Life(capped(predicted), capped(interval[0]), capped(interval[1]));
    }

    static double capped(double cycles) {
        return Math.clamp(cycles, 0, CAP);
    }
}
